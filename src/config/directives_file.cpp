// How files are served, and who may have them.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "config/access.h"
#include "config/directives.h"
#include "config/expiry.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

// New requirements replace those of the sections around this one, and add to those of this one.
Checked<void> store_require(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_requirement(arguments).map([&](Requirement&& requirement) {
    auto& rules = scope.paths.require;
    if (!rules) rules.emplace();
    rules->push_back(std::move(requirement));
  });
}

Checked<void> store_options(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_folder_options(arguments).map([&](FolderOptions options) {
    auto& current = scope.paths.options;
    if (!options.is_absolute && current) {
      current->added =
          static_cast<std::uint8_t>((current->added | options.added) & ~options.removed);
      current->removed =
          static_cast<std::uint8_t>((current->removed & ~options.added) | options.removed);
    } else {
      current = options;
    }
  });
}

Checked<void> store_index(const Directive&, const Arguments& arguments, const Scope& scope) {
  auto& names = scope.paths.directory_index.emplace();
  if (arguments.size() == 1 && lower(arguments[0]) == "disabled") return {};
  names = arguments;
  return {};
}

// Extensions are compared in lower case and without the dot.
std::string extension_of(std::string_view text) {
  if (text.starts_with('.')) text.remove_prefix(1);
  return lower(text);
}

// Of a coding or a character set: it goes into a field of answers.
Checked<void> check_name(std::string_view text) {
  const bool is_plain = !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return is_control(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  if (is_plain) return {};
  return refuse(fmt::format("'{}' is not such a name", text), "write one of plain ASCII letters");
}

template <auto Member>
Checked<void> store_extensions(const Directive&, const Arguments& arguments, const Scope& scope) {
  const std::string& value = arguments[0];
  if (auto checked = check_name(value); !checked) return checked;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    (scope.paths.*Member).insert_or_assign(extension_of(arguments[i]), value);
  }
  return {};
}

Checked<void> check_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  const bool is_plain = std::none_of(text.begin(), text.end(), is_control);
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size() || !is_plain) {
    return refuse(fmt::format("'{}' is not a media type", text), "write one like text/html");
  }
  return {};
}

Checked<void> store_type(const Directive& row, const Arguments& arguments, const Scope& scope) {
  if (auto checked = check_type(arguments[0]); !checked) return checked;
  return store_extensions<&PathSettings::types>(row, arguments, scope);
}

Checked<void> store_no_type(const Directive&, const Arguments& arguments, const Scope& scope) {
  for (const std::string& argument : arguments) scope.paths.types.erase(extension_of(argument));
  return {};
}

Checked<void> store_forced_type(const Directive&, const Arguments& arguments, const Scope& scope) {
  if (lower(arguments[0]) == "none") {
    scope.paths.forced_type = "";
    return {};
  }
  return check_type(arguments[0]).map([&] { scope.paths.forced_type = arguments[0]; });
}

Checked<void> store_default_charset(const Directive&, const Arguments& arguments,
                                    const Scope& scope) {
  if (auto checked = check_name(arguments[0]); !checked) return checked;
  const std::string word = lower(arguments[0]);
  scope.paths.default_charset = word == "off" ? "" : word == "on" ? "iso-8859-1" : arguments[0];
  return {};
}

Checked<void> store_etag(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_etag_parts(arguments).map([&](ETagParts parts) { scope.paths.etag = parts; });
}

Checked<void> store_expires_default(const Directive&, const Arguments& arguments,
                                    const Scope& scope) {
  return read_expiry(fmt::format("{}", fmt::join(arguments, " "))).map([&](Expiry expiry) {
    scope.paths.expires_default = expiry;
  });
}

Checked<void> store_expires_by_type(const Directive&, const Arguments& arguments,
                                    const Scope& scope) {
  if (auto checked = check_type(arguments[0]); !checked) return checked;
  const Arguments rest(arguments.begin() + 1, arguments.end());
  return read_expiry(fmt::format("{}", fmt::join(rest, " "))).map([&](Expiry expiry) {
    scope.paths.expires_by_type.insert_or_assign(lower(arguments[0]), expiry);
  });
}

constexpr Directive kRows[] = {
    {.name = "Require",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "all granted|all denied|ip NETWORK...|local",
     .help = "Who may have what is there; of several in one section any grants. Everybody, where "
             "nothing is said.",
     .is_repeatable = true,
     .storage = {.store = store_require}},
    {.name = "Options",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .default_text = "FollowSymLinks",
     .arguments_usage = "[+|-]Indexes|FollowSymLinks|SymLinksIfOwnerMatch|None|All...",
     .help = "Indexes: a folder without an index page is listed. FollowSymLinks, "
             "SymLinksIfOwnerMatch: whether symbolic links below the folder of an alias are "
             "followed. ExecCGI, Includes and MultiViews are accepted and mean nothing here.",
     .is_repeatable = true,
     .storage = {.store = store_options}},
    {.name = "DirectoryIndex",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .default_text = "index.html",
     .arguments_usage = "disabled|NAME...",
     .help = "The page of a folder: the first of these that is there.",
     .storage = {.store = store_index}},
    {.name = "DirectorySlash",
     .contexts = kAnywhere,
     .default_text = "On",
     .help =
         "Whether a folder's URL without the slash at its end is redirected to the one with it.",
     .storage = on_off<&PathSettings::directory_slash>()},
    {.name = "AddType",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "TYPE EXTENSION...",
     .help = "The media type of files with such an extension.",
     .is_repeatable = true,
     .storage = {.store = store_type}},
    {.name = "RemoveType",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "EXTENSION...",
     .help = "Takes back what AddType, before it in the same section, has said of the extension.",
     .is_repeatable = true,
     .storage = {.store = store_no_type}},
    {.name = "AddEncoding",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "CODING EXTENSION...",
     .help = "The content coding of files with such an extension.",
     .is_repeatable = true,
     .storage = {.store = store_extensions<&PathSettings::encodings>}},
    {.name = "AddCharset",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "CHARSET EXTENSION...",
     .help = "The character set of files with such an extension.",
     .is_repeatable = true,
     .storage = {.store = store_extensions<&PathSettings::charsets>}},
    {.name = "AddDefaultCharset",
     .contexts = kAnywhere,
     .default_text = "Off",
     .arguments_usage = "Off|On|CHARSET",
     .help = "The character set that text/plain and text/html are said to have.",
     .storage = {.type = ValueType::kWord, .store = store_default_charset}},
    {.name = "ForceType",
     .contexts = kPath,
     .arguments_usage = "TYPE|None",
     .help = "The media type of all files there, whatever their extension.",
     .storage = {.type = ValueType::kWord, .store = store_forced_type}},
    {.name = "FileETag",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .default_text = "MTime Size",
     .arguments_usage = "[+|-]INode|MTime|Size|Digest|All|None...",
     .help = "What the entity tag of a file is made of.",
     .storage = {.store = store_etag}},
    {.name = "EnableSendfile",
     .contexts = kAnywhere,
     .default_text = "On",
     .help = "Whether the kernel sends files by itself; Off for file systems where that is unsafe.",
     .storage = on_off<&PathSettings::enable_sendfile>()},
    {.name = "ExpiresActive",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether Expires and Cache-Control are sent.",
     .storage = on_off<&PathSettings::expires_active>()},
    {.name = "ExpiresDefault",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "\"access|modification plus NUMBER UNIT...\"",
     .help = "How long answers keep.",
     .storage = {.store = store_expires_default}},
    {.name = "ExpiresByType",
     .contexts = kAnywhere,
     .arity = {2, kAnyCount},
     .arguments_usage = "TYPE|GROUP/* \"access|modification plus NUMBER UNIT...\"",
     .help = "How long answers of that media type keep.",
     .is_repeatable = true,
     .storage = {.store = store_expires_by_type}},
    {.name = "ForkloomPrecompressed",
     .contexts = kAnywhere,
     .default_text = "On",
     .help = "Whether NAME.br, NAME.zst or NAME.gz is sent for NAME to clients that accept it, "
             "where it is not older.",
     .storage = on_off<&PathSettings::serves_precompressed>()},
    {.name = "ForkloomHiddenFiles",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether files and folders whose names begin with a dot are served; .well-known is in "
             "any case.",
     .storage = on_off<&PathSettings::serves_hidden>()},
};

}  // namespace

std::span<const Directive> file_directives() { return kRows; }

}  // namespace forkloom::config
