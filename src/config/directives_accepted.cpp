// Directives of httpd that real configurations have and that need nothing here.

#include <algorithm>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

Checked<void> check_override(const Directive& row, const Arguments& arguments, const Scope& scope) {
  if (arguments.size() == 1 && lower(arguments[0]) == "none") return {};
  scope.warn({fmt::format("files named .htaccess are not read, whatever {} says", row.name),
              fmt::format("write {} None, and their directives into a <Directory>", row.name)});
  return {};
}

// What httpd takes besides On and Off: the last word of "Off|On|Double".
std::string third_word(const Directive& row) {
  return lower(row.arguments_usage.substr(row.arguments_usage.rfind('|') + 1));
}

// A switch of which only one position is what Forkloom does.
template <bool kOwn>
Checked<void> check_position(const Directive& row, const Arguments& arguments, const Scope& scope) {
  const auto is_on = read_switch(arguments[0]);
  const bool is_third = lower(arguments[0]) == third_word(row);
  if (!is_on && !is_third) return refuse(is_on.error());
  if (!is_on || *is_on != kOwn) {
    scope.warn({fmt::format("it is always {} here", kOwn ? "On" : "Off"),
                fmt::format("write {} {}", row.name, kOwn ? "On" : "Off")});
  }
  return {};
}

// Handlers without which a site still answers as it should, but for the pages that they would make.
Checked<void> check_handler(const Directive&, const Arguments& arguments, const Scope& scope) {
  constexpr std::string_view kHarmless[] = {"none", "default-handler", "type-map", "server-status",
                                            "server-info"};
  const std::string name = lower(arguments[0]);
  if (std::find(std::begin(kHarmless), std::end(kHarmless), name) == std::end(kHarmless)) {
    // A script must not be sent as a file.
    return refuse(fmt::format("there is no handler '{}'", arguments[0]),
                  "write WSGIScriptAlias for a WSGI application");
  }
  if (name.starts_with("server-")) {
    scope.warn({fmt::format("the page of {} is not there", arguments[0]), "remove the line"});
  }
  return {};
}

constexpr Directive kRows[] = {
    {.name = "AllowOverride",
     .kind = Kind::kAccepted,
     .contexts = kPath,
     .arity = {1, kAnyCount},
     .arguments_usage = "None",
     .help = "Files named .htaccess are never read.",
     .storage = {.store = check_override}},
    {.name = "AllowOverrideList",
     .kind = Kind::kAccepted,
     .contexts = kPath,
     .arity = {1, kAnyCount},
     .arguments_usage = "None",
     .help = "Files named .htaccess are never read.",
     .storage = {.store = check_override}},
    {.name = "AccessFileName",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .arity = {1, kAnyCount},
     .help = "Files named .htaccess are never read."},
    {.name = "HostnameLookups",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arguments_usage = "Off|On|Double",
     .help = "Off alone: addresses are never looked up.",
     .storage = {.type = ValueType::kSwitch, .store = check_position<false>}},
    {.name = "TraceEnable",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .arguments_usage = "Off|On|Extended",
     .help = "Off alone: the server never answers TRACE itself.",
     .storage = {.type = ValueType::kSwitch, .store = check_position<false>}},
    {.name = "MergeSlashes",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .help = "On alone: repeated slashes are one.",
     .storage = {.type = ValueType::kSwitch, .store = check_position<true>}},
    {.name = "ContentDigest",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "Off alone.",
     .storage = {.type = ValueType::kSwitch, .store = check_position<false>}},
    {.name = "ExtendedStatus",
     .kind = Kind::kAccepted,
     .help = "The state of every request is always kept.",
     .storage = checked_switch()},
    {.name = "ServerSignature",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arguments_usage = "Off|On|EMail",
     .help = "Pages of the server's own have no such line."},
    {.name = "NameVirtualHost",
     .kind = Kind::kAccepted,
     .help = "Hosts of one address are always told apart by name.",
     .is_repeatable = true},
    {.name = "UseCanonicalPhysicalPort",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "The port is the one that UseCanonicalName says.",
     .storage = checked_switch()},
    {.name = "EnableMMAP",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "Files are never mapped into memory.",
     .storage = checked_switch()},
    {.name = "AcceptFilter",
     .kind = Kind::kAccepted,
     .arity = {2, 2},
     .help = "A client that has said nothing yet costs no thread.",
     .is_repeatable = true},
    {.name = "Mutex",
     .kind = Kind::kAccepted,
     .arity = {1, 3},
     .help = "There are no such locks.",
     .is_repeatable = true},
    {.name = "AsyncRequestWorkerFactor",
     .kind = Kind::kAccepted,
     .help = "Idle connections hold no thread in any model."},
    {.name = "MaxMemFree",
     .kind = Kind::kAccepted,
     .range = {0, 4'294'967'295},
     .unit = "KiB",
     .help = "There are no pools of memory.",
     .storage = checked_number()},
    {.name = "ScoreBoardFile", .kind = Kind::kAccepted, .help = "The scoreboard is in memory."},
    {.name = "LimitInternalRecursion",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .arity = {1, 2},
     .help = "An error document is never answered by another one."},
    {.name = "LimitXMLRequestBody",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .range = {0, 4'294'967'295},
     .unit = "bytes",
     .help = "The server reads no XML.",
     .storage = checked_number()},
    {.name = "HttpProtocolOptions",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .arity = {1, 3},
     .arguments_usage = "Strict",
     .help = "Requests are always read strictly."},
    {.name = "Protocols",
     .kind = Kind::kAccepted,
     .contexts = kHosts,
     .arity = {1, kAnyCount},
     .arguments_usage = "http/1.1",
     .help = "HTTP/1.1 and 1.0 are spoken."},
    {.name = "IndexOptions",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .help = "Listings of folders have one look.",
     .is_repeatable = true},
    {.name = "AddIcon",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .help = "Listings of folders have no icons.",
     .is_repeatable = true},
    {.name = "AddIconByType",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .help = "Listings of folders have no icons.",
     .is_repeatable = true},
    {.name = "AddIconByEncoding",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .help = "Listings of folders have no icons.",
     .is_repeatable = true},
    {.name = "ReadmeName",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "Listings of folders hold no other file."},
    {.name = "HeaderName",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "Listings of folders hold no other file."},
    {.name = "IndexIgnore",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .help = "Listings of folders leave out names that begin with a dot, and no others.",
     .is_repeatable = true},
    {.name = "AddLanguage",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .help = "Files have no languages.",
     .is_repeatable = true},
    {.name = "LanguagePriority",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .help = "Files have no languages."},
    {.name = "ForceLanguagePriority",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {1, 2},
     .help = "Files have no languages."},
    {.name = "SetHandler",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arguments_usage = "server-status|server-info|None",
     .help = "There are no handlers; these are accepted, their pages are not there.",
     .storage = {.store = check_handler}},
    {.name = "AddHandler",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "type-map EXTENSION...",
     .help = "There are no handlers; this one is accepted.",
     .is_repeatable = true,
     .storage = {.store = check_handler}},
    {.name = "DefaultIcon",
     .kind = Kind::kAccepted,
     .contexts = kAnywhere,
     .help = "Listings of folders have no icons."},
};

}  // namespace

std::span<const Directive> accepted_directives() { return kRows; }

}  // namespace forkloom::config
