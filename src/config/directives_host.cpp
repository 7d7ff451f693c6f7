// Of the main server or a virtual host: what it is called, its logs, what its connections may.

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "config/directives.h"
#include "config/environment.h"
#include "config/read_timeout.h"
#include "config/server_name.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

constexpr std::uint64_t kYear = 31'536'000;  // seconds
constexpr std::uint64_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();

constexpr auto encoded_slash_words() {
  return std::to_array<std::pair<std::string_view, EncodedSlashes>>(
      {{"Off", EncodedSlashes::kRefuse},
       {"On", EncodedSlashes::kDecode},
       {"NoDecode", EncodedSlashes::kKeep}});
}

Checked<void> store_server_name(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_server_name(arguments[0], scope.host);
}

Checked<void> store_server_alias(const Directive&, const Arguments& arguments, const Scope& scope) {
  for (const std::string& argument : arguments) {
    auto alias = read_server_alias(argument);
    if (!alias) return refuse(std::move(alias.error()));
    scope.host.aliases.push_back(std::move(*alias));
  }
  return {};
}

Checked<std::string> read_log(const std::string& argument, const Scope& scope) {
  return read_log_path(argument).map(
      [&](std::string&& path) { return path == "-" ? std::move(path) : scope.absolute(path); });
}

Checked<void> store_error_log(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_log(arguments[0], scope).map([&](std::string&& path) {
    scope.host.error_log = std::move(path);
  });
}

Checked<void> store_log_level(const Directive&, const Arguments& arguments, const Scope& scope) {
  bool has_level = false;
  for (const std::string& argument : arguments) {
    const std::size_t colon = argument.find(':');
    const auto level = read_level(std::string_view(argument).substr(colon + 1));
    if (!level) return refuse(level.error());
    if (colon != std::string::npos) continue;  // of one module of httpd
    scope.host.log_level = *level;
    has_level = true;
  }
  if (has_level) return {};
  return refuse("it has levels of modules alone", "write the level of all others too, like warn");
}

Checked<void> store_log_format(const Directive&, const Arguments& arguments, const Scope& scope) {
  if (arguments[0].empty() || (arguments.size() == 2 && arguments[1].empty())) {
    return refuse("the format or its name is empty", "write LogFormat \"%h %r\" NAME");
  }
  if (arguments.size() == 1) {
    return refuse("a format without a name is for TransferLog, which is not supported",
                  "write LogFormat \"FORMAT\" NAME, and CustomLog with that name");
  }
  scope.formats.insert_or_assign(arguments[1], arguments[0]);
  return {};
}

Checked<void> store_custom_log(const Directive&, const Arguments& arguments, const Scope& scope) {
  if (arguments[1].empty()) {
    return refuse("the format is empty", "write common, combined, json or a LogFormat string");
  }
  auto file = read_log(arguments[0], scope);
  if (!file) return refuse(std::move(file.error()));
  CustomLog log{.path = std::move(*file),
                .format = arguments[1],
                .variable = {},
                .wants_variable = true,
                .origin = scope.statement.origin};
  if (arguments.size() == 3) {
    if (!lower(arguments[2]).starts_with("env=")) {
      return refuse(fmt::format("'{}' is not a supported condition", arguments[2]),
                    "write env=NAME or env=!NAME");
    }
    auto test = read_variable_test(arguments[2]);
    if (!test) return refuse(std::move(test.error()));
    log.variable = std::move(test->name);
    log.wants_variable = test->wants_variable;
  }
  scope.host.custom_logs.push_back(std::move(log));
  return {};
}

Checked<void> store_read_timeout(const Directive&, const Arguments& arguments, const Scope& scope) {
  for (const std::string& argument : arguments) {
    if (auto read = read_request_timeout(argument, scope.host); !read) return read;
  }
  return {};
}

constexpr Directive kRows[] = {
    {.name = "ServerName",
     .contexts = kHosts,
     .arguments_usage = "[SCHEME://]NAME[:PORT]",
     .help = "What the host is called: for choosing a virtual host, and for SERVER_NAME where a "
             "request names no host.",
     .storage = {.type = ValueType::kWord, .store = store_server_name}},
    {.name = "ServerAlias",
     .contexts = kVirtualHost,
     .arity = {1, kAnyCount},
     .arguments_usage = "NAME...",
     .help = "Further names of a virtual host; * and ? stand for letters.",
     .is_repeatable = true,
     .storage = {.type = ValueType::kWord, .store = store_server_alias}},
    {.name = "ServerAdmin",
     .contexts = kHosts,
     .arguments_usage = "ADDRESS",
     .help = "Whom to write to about the host; applications see it as SERVER_ADMIN.",
     .storage = checked_text<&Host::admin, read_any_text>(ValueType::kWord)},
    {.name = "UseCanonicalName",
     .contexts = kHosts,
     .default_text = "Off",
     .help = "Whether SERVER_NAME and SERVER_PORT are always those of ServerName; otherwise they "
             "are what the request's Host says.",
     .storage = on_off<&Host::uses_canonical_name>()},
    {.name = "AllowEncodedSlashes",
     .contexts = kHosts,
     .default_text = "Off",
     .arguments_usage = "Off|On|NoDecode",
     .help = "Off answers a path with %2F by 404, On decodes it, NoDecode leaves it as it is.",
     .storage = word<&Host::encoded_slashes, encoded_slash_words>()},
    {.name = "ErrorLog",
     .contexts = kHosts,
     .default_text = "-",
     .arguments_usage = "PATH|-",
     .help = "The error log's file, or - for standard error.",
     .storage = {.type = ValueType::kPath, .store = store_error_log}},
    {.name = "LogLevel",
     .contexts = kHosts,
     .arity = {1, kAnyCount},
     .default_text = "warn",
     .arguments_usage = "emerg|alert|crit|error|warn|notice|info|debug|trace1...trace8",
     .help = "The least urgent lines that the error log keeps. MODULE:LEVEL is accepted.",
     .storage = {.type = ValueType::kWord, .store = store_log_level}},
    {.name = "LogFormat",
     .contexts = kHosts,
     .arity = {1, 2},
     .arguments_usage = "FORMAT NAME",
     .help = "Gives a format of CustomLog a name.",
     .is_repeatable = true,
     .storage = {.type = ValueType::kCompound, .store = store_log_format}},
    {.name = "CustomLog",
     .contexts = kHosts,
     .arity = {2, 3},
     .arguments_usage = "PATH|- common|combined|json|NAME|FORMAT [env=[!]VARIABLE]",
     .help = "An access log: its file, or - for standard output, and the format of its lines; "
             "repeatable. A virtual host that has none writes to the main server's.",
     .is_repeatable = true,
     .storage = {.type = ValueType::kCompound, .store = store_custom_log}},
    {.name = "Timeout",
     .contexts = kHosts,
     .default_text = "60",
     .range = {1, kYear},
     .unit = "seconds",
     .help = "How long a connection may stand still while something is sent or received. This and "
             "the following are, of a virtual host, those of the first one of the address.",
     .storage = number<&Host::timeout>()},
    {.name = "KeepAlive",
     .contexts = kHosts,
     .default_text = "On",
     .help = "Whether a connection may carry more than one request.",
     .storage = on_off<&Host::keep_alive>()},
    {.name = "KeepAliveTimeout",
     .contexts = kHosts,
     .default_text = "5",
     .range = {1, kYear},
     .unit = "seconds",
     .help = "How long an idle connection is kept for the next request.",
     .storage = number<&Host::keep_alive_timeout>()},
    {.name = "MaxKeepAliveRequests",
     .contexts = kHosts,
     .default_text = "100",
     .range = {0, kMaxInt32},
     .unit = "requests",
     .help = "Most requests of one connection; 0 for no limit.",
     .storage = number<&Host::max_keep_alive_requests>()},
    {.name = "LimitRequestLine",
     .contexts = kHosts,
     .default_text = "8190",
     .range = {1, 1'048'576},
     .unit = "bytes",
     .help = "Longest request line, without its line end.",
     .storage = number<&Host::limit_request_line>()},
    {.name = "LimitRequestFields",
     .contexts = kHosts,
     .default_text = "100",
     .range = {0, 32767},
     .unit = "fields",
     .help = "Most header fields of a request; 0 for no limit.",
     .storage = number<&Host::limit_request_fields>()},
    {.name = "LimitRequestFieldSize",
     .contexts = kHosts,
     .default_text = "8190",
     .range = {1, 1'048'576},
     .unit = "bytes",
     .help = "Longest header field line.",
     .storage = number<&Host::limit_request_field_size>()},
    {.name = "RequestReadTimeout",
     .contexts = kHosts,
     .arity = {1, 2},
     .default_text = "header=20-40,MinRate=500 body=20,MinRate=500",
     .arguments_usage = "[header=SECONDS[-MAXIMUM][,MinRate=BYTES]] "
                        "[body=SECONDS[-MAXIMUM][,MinRate=BYTES]]",
     .help =
         "Time in which a request's head and body have to arrive, and by how much a client "
         "that keeps sending extends it; 0 for no limit. A stage that is not named stays as it is.",
     .is_repeatable = true,
     .storage = {.type = ValueType::kCompound, .store = store_read_timeout}},
};

}  // namespace

std::span<const Directive> host_directives() { return kRows; }

}  // namespace forkloom::config
