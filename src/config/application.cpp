#include "config/application.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr std::string_view kCallableOption = "callable-object=";

// Mount points are compared with decoded URL paths.
Checked<std::string> read_mount_point(std::string_view text) {
  if (text == "/") return std::string();
  if (!text.starts_with('/')) {
    return refuse(fmt::format("the mount point '{}' does not begin with /", text),
                  "write / for the whole site, or a prefix like /app");
  }
  if (text.ends_with('/')) {
    return refuse(fmt::format("the mount point '{}' ends with /", text),
                  "write the prefix without the slash at its end");
  }
  const std::string segments = std::string(text) + "/";
  if (segments.find("//") != std::string::npos || segments.find("/./") != std::string::npos ||
      segments.find("/../") != std::string::npos) {
    return refuse(fmt::format("the mount point '{}' has empty, . or .. segments", text),
                  "write the path that remains when a browser resolves them");
  }
  const bool has_reserved = std::any_of(text.begin(), text.end(), [](char c) {
    return c == '?' || c == '#' || c == '%' || is_control(c);
  });
  if (has_reserved) {
    return refuse(fmt::format("the mount point '{}' has a character that no path has", text),
                  "write it decoded, without ? # % and control characters");
  }
  return std::string(text);
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

Checked<void> read_callable(std::string_view text, Application& application) {
  std::string_view name = text;
  application.is_factory = name.ends_with("()");
  if (application.is_factory) name.remove_suffix(2);
  if (!is_identifier(name, false)) {
    return refuse(fmt::format("'{}' is not the name of a callable", text),
                  "write a Python name like application, or create_app() for a factory");
  }
  application.callable = name;
  return {};
}

// A module may have a hyphen in its name: no import statement can name it, an import by name can.
bool is_module_name(std::string_view text) {
  for (;;) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    if (!is_identifier(text.substr(0, dot), true)) return false;
    if (dot == text.size()) return true;
    text.remove_prefix(dot + 1);
  }
}

Checked<void> read_script_option(std::string_view option, Application& application) {
  if (lower(option.substr(0, kCallableOption.size())) != kCallableOption) {
    return refuse(fmt::format("'{}' is not a supported option", option),
                  "write callable-object=NAME or leave it out");
  }
  return read_callable(option.substr(kCallableOption.size()), application);
}

Application mounted(std::string mount_point, Application::Kind kind) {
  Application application;
  application.kind = kind;
  application.mount_point = std::move(mount_point);
  application.callable = kDefaultCallable;
  return application;
}

}  // namespace

Checked<Application> read_script_application(std::span<const std::string> arguments) {
  auto mount_point = read_mount_point(arguments[0]);
  if (!mount_point) return refuse(std::move(mount_point.error()));
  Application application = mounted(std::move(*mount_point), Application::Kind::kScript);
  const std::string& path = arguments[1];
  if (!path.starts_with('/')) {
    return refuse(fmt::format("the script's path '{}' is not absolute", path),
                  fmt::format("write the whole path, like /srv/site/{}", path));
  }
  if (path.ends_with('/')) {
    return refuse(fmt::format("'{}' is a folder", path), "write the path of one script file");
  }
  application.script_path = path;
  for (const std::string& option : arguments.subspan(2)) {
    if (auto read = read_script_option(option, application); !read) {
      return refuse(std::move(read.error()));
    }
  }
  return application;
}

Checked<Application> read_module_application(std::span<const std::string> arguments) {
  auto mount_point = read_mount_point(arguments[0]);
  if (!mount_point) return refuse(std::move(mount_point.error()));
  Application application = mounted(std::move(*mount_point), Application::Kind::kModule);
  const std::string_view target = arguments[1];
  const std::size_t colon = std::min(target.find(':'), target.size());
  application.module = target.substr(0, colon);
  if (!is_module_name(application.module)) {
    return refuse(fmt::format("'{}' is not a module's name", application.module),
                  "write MODULE, MODULE:CALLABLE or MODULE:FACTORY(), with dots between packages");
  }
  if (colon < target.size()) {
    if (auto read = read_callable(target.substr(colon + 1), application); !read) {
      return refuse(std::move(read.error()));
    }
  }
  return application;
}

std::vector<std::string> arguments_of(const Application& application) {
  std::vector<std::string> arguments = {application.mount_point.empty() ? "/"
                                                                        : application.mount_point};
  if (application.kind == Application::Kind::kModule) {
    arguments.push_back(application.text());
    return arguments;
  }
  arguments.push_back(application.script_path);
  if (application.callable != kDefaultCallable || application.is_factory) {
    arguments.push_back(std::string(kCallableOption) + application.callable +
                        (application.is_factory ? "()" : ""));
  }
  return arguments;
}

}  // namespace forkloom::config
