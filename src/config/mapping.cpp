#include "config/mapping.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/patterns.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr std::string_view kGlobal = "%{GLOBAL}";

// Prefixes are compared with decoded URL paths.
Checked<std::string> read_url_prefix(std::string_view text) {
  if (!text.starts_with('/')) {
    return refuse(fmt::format("the URL path '{}' does not begin with /", text),
                  "write / for the whole site, or a prefix like /app");
  }
  const std::string segments = std::string(text) + "/";
  const bool has_dots = segments.find("/./") != std::string::npos ||
                        segments.find("/../") != std::string::npos ||
                        text.find("//") != std::string_view::npos;
  if (has_dots) {
    return refuse(fmt::format("the URL path '{}' has empty, . or .. segments", text),
                  "write the path that remains when a browser resolves them");
  }
  const bool has_reserved = std::any_of(text.begin(), text.end(), [](char c) {
    return c == '?' || c == '#' || c == '%' || is_control(c);
  });
  if (has_reserved) {
    return refuse(fmt::format("the URL path '{}' has a character that no path has", text),
                  "write it decoded, without ? # % and control characters");
  }
  return std::string(text);
}

Checked<void> read_url(std::string_view text, UrlForm form, Mapping& mapping) {
  if (form == UrlForm::kPattern) {
    return read_pattern(text).map([&](Pattern&& pattern) { mapping.pattern = std::move(pattern); });
  }
  return read_url_prefix(text).map([&](std::string&& url) { mapping.url = std::move(url); });
}

// Bytes of 0x80 and above are letters: Python's identifiers may be written in any script.
bool is_identifier(std::string_view text, bool can_have_hyphens) {
  const auto is_first = [](char c) {
    return is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && is_first(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_first(c) || is_digit(c) || (can_have_hyphens && c == '-');
         });
}

// Names with dots between them. A module may have a hyphen in its name: no import statement can
// name it, an import by name can.
bool is_dotted_name(std::string_view text, bool can_have_hyphens) {
  for (;;) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    if (!is_identifier(text.substr(0, dot), can_have_hyphens)) return false;
    if (dot == text.size()) return true;
    text.remove_prefix(dot + 1);
  }
}

void store_callable(Callable callable, Mapping& mapping) {
  mapping.callable = std::move(callable.name);
  mapping.is_factory = callable.is_factory;
}

Checked<void> read_option(std::string_view option, Mapping& mapping) {
  constexpr const char* kRemedy =
      "write process-group=, application-group=, callable-object= or pass-authorization=";
  const std::size_t equals = std::min(option.find('='), option.size());
  const std::string name = lower(option.substr(0, equals));
  const std::string_view value = option.substr(std::min(equals + 1, option.size()));
  if (equals == option.size() || value.empty()) {
    return refuse(fmt::format("'{}' is not an option with a value", option), kRemedy);
  }
  if (name == "process-group") {
    mapping.process_group = value == kGlobal ? std::string() : std::string(value);
    return {};
  }
  if (name == "application-group") {
    mapping.application_group = value == kGlobal ? std::string() : std::string(value);
    return {};
  }
  if (name == "pass-authorization") {
    return read_switch(value).map([&](bool is_on) { mapping.pass_authorization = is_on; });
  }
  if (name == "callable-object") {
    return read_callable(value).map(
        [&](Callable&& callable) { store_callable(std::move(callable), mapping); });
  }
  return refuse(fmt::format("'{}' is not an option", option), kRemedy);
}

bool is_url(std::string_view text) {
  const std::size_t end = text.find("://");
  return end != std::string_view::npos && end > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), is_letter);
}

std::optional<int> read_redirect_status(std::string_view text) {
  const std::string word = lower(text);
  if (word == "permanent") return 301;
  if (word == "temp") return 302;
  if (word == "seeother") return 303;
  if (word == "gone") return 410;
  if (word.size() != 3 || !std::all_of(word.begin(), word.end(), is_digit)) return std::nullopt;
  const int status = (word[0] - '0') * 100 + (word[1] - '0') * 10 + (word[2] - '0');
  return status >= 300 && status < 600 ? std::optional<int>(status) : std::nullopt;
}

}  // namespace

Checked<Mapping> read_alias(std::span<const std::string> arguments, UrlForm form,
                            const Scope& scope) {
  Mapping mapping;
  mapping.kind = Mapping::Kind::kFolder;
  if (auto url = read_url(arguments[0], form, mapping); !url) return refuse(url.error());
  if (arguments[1].empty()) return refuse("the path is empty", "write a folder's path");
  mapping.target = scope.absolute(arguments[1]);
  if (mapping.url.ends_with('/') && mapping.url != "/" && !mapping.target.ends_with('/')) {
    scope.warn({fmt::format("'{}' ends with / and '{}' does not", mapping.url, arguments[1]),
                "write both with a slash at the end, or both without"});
  }
  return mapping;
}

Checked<Mapping> read_script_alias(std::span<const std::string> arguments, UrlForm form,
                                   const Scope& scope) {
  Mapping mapping;
  mapping.kind = Mapping::Kind::kScript;
  if (auto url = read_url(arguments[0], form, mapping); !url) return refuse(url.error());
  if (arguments[1].empty()) return refuse("the script's path is empty", "write a file's path");
  mapping.target = scope.absolute(arguments[1]);
  for (const std::string& option : arguments.subspan(2)) {
    if (auto read = read_option(option, mapping); !read) return refuse(std::move(read.error()));
  }
  return mapping;
}

Checked<Mapping> read_module_alias(std::span<const std::string> arguments) {
  Mapping mapping;
  mapping.kind = Mapping::Kind::kModule;
  if (auto url = read_url(arguments[0], UrlForm::kPrefix, mapping); !url) {
    return refuse(url.error());
  }
  const std::string_view target = arguments[1];
  const std::size_t colon = std::min(target.find(':'), target.size());
  mapping.target = target.substr(0, colon);
  if (!is_dotted_name(mapping.target, true)) {
    return refuse(fmt::format("'{}' is not a module's name", mapping.target),
                  "write MODULE, MODULE:CALLABLE or MODULE:FACTORY(), with dots between packages");
  }
  if (colon < target.size()) {
    auto callable = read_callable(target.substr(colon + 1));
    if (!callable) return refuse(std::move(callable.error()));
    store_callable(std::move(*callable), mapping);
  }
  return mapping;
}

Checked<Callable> read_callable(std::string_view text) {
  Callable callable;
  std::string_view name = text;
  callable.is_factory = name.ends_with("()");
  if (callable.is_factory) name.remove_suffix(2);
  if (!is_dotted_name(name, false)) {
    return refuse(fmt::format("'{}' is not the name of a callable", text),
                  "write a Python name like application, or create_app() for a factory");
  }
  callable.name = name;
  return callable;
}

Checked<Redirect> read_redirect(std::span<const std::string> arguments, UrlForm form,
                                std::optional<int> fixed, const Section* section) {
  Redirect redirect;
  redirect.status = fixed.value_or(302);
  const bool has_place = section != nullptr && !section->pattern && form == UrlForm::kPrefix;
  if (!fixed && (arguments.size() > 1 || has_place)) {
    if (const auto given = read_redirect_status(arguments[0])) {
      redirect.status = *given;
      arguments = arguments.subspan(1);
    } else if (arguments.size() == 3) {
      return refuse(fmt::format("'{}' is not the status of a redirection", arguments[0]),
                    "write permanent, temp, seeother, gone or a number from 300 to 599");
    }
  }
  const bool has_target = redirect.status < 400;
  const std::size_t wanted = has_target ? 2 : 1;
  if (has_place && arguments.size() + 1 == wanted) {
    redirect.path = section->kind == Section::Kind::kLocation ? section->path : "/";
  } else if (arguments.size() != wanted) {
    const char* what = form == UrlForm::kPattern ? "pattern" : "URL path";
    return refuse(has_target ? fmt::format("it takes a {} and a URL", what)
                             : fmt::format("status {} takes a {} alone", redirect.status, what),
                  form == UrlForm::kPattern ? "write a pattern like ^/old/(.*)$ and where it leads"
                                            : "write a URL path like /old and where it leads");
  } else if (form == UrlForm::kPattern) {
    auto pattern = read_pattern(arguments[0]);
    if (!pattern) return refuse(std::move(pattern.error()));
    redirect.pattern = std::move(*pattern);
    arguments = arguments.subspan(1);
  } else {
    auto prefix = read_url_prefix(arguments[0]);
    if (!prefix) return refuse(std::move(prefix.error()));
    redirect.path = std::move(*prefix);
    arguments = arguments.subspan(1);
  }
  if (!has_target) return redirect;
  if (!arguments[0].starts_with('/') && !is_url(arguments[0])) {
    return refuse(
        fmt::format("'{}' is not a URL", arguments[0]),
        "write one with its scheme, like https://example.com/, or a path beginning with /");
  }
  redirect.target = arguments[0];
  return redirect;
}

Checked<StatusDocument> read_error_document(std::span<const std::string> arguments) {
  StatusDocument read;
  const auto status = read_number(arguments[0], {.minimum = 400, .maximum = 599}, "status");
  if (!status) {
    return refuse(fmt::format("'{}' is not the status of an error", arguments[0]),
                  "write one from 400 to 599");
  }
  read.status = static_cast<int>(*status);
  const std::string& value = arguments[1];
  using Kind = ErrorDocument::Kind;
  if (lower(value) == "default") {
    read.document.kind = Kind::kDefault;
    return read;
  }
  read.document.kind = value.starts_with('/') ? Kind::kLocal
                       : is_url(value)        ? Kind::kExternal
                                              : Kind::kText;
  if (read.document.kind == Kind::kExternal && read.status == 401) {
    return refuse("401 cannot be answered by a redirection", "write a text or a path of this host");
  }
  read.document.value = value;
  return read;
}

}  // namespace forkloom::config
