#include "cli/target.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "cli/paths.h"
#include "config/directives.h"

namespace forkloom::cli {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error) && !fs::is_directory(path, error);
}

// The text before and after the last colon; all of it is the name where what follows the colon
// belongs to a path ("/srv/a:b/app.wsgi").
struct Parts {
  std::string_view name;
  std::string_view callable;
  bool has_callable = false;
};
Parts split(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.find('/', colon) != std::string_view::npos) {
    return {text, {}, false};
  }
  return {text.substr(0, colon), text.substr(colon + 1), true};
}

bool looks_like_script(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".wsgi") ||
         name.ends_with(".py");
}

// mysite.wsgi as the file mysite/wsgi.py.
bool is_module_file(std::string_view name, const fs::path& folder) {
  std::string path(name);
  std::replace(path.begin(), path.end(), '.', '/');
  return is_file(folder / (path + ".py"));
}

Target script(const fs::path& folder, const Parts& parts) {
  return {config::Mapping::Kind::kScript, absolute_from(folder, parts.name),
          std::string(parts.callable)};
}

Target module(const Parts& parts) {
  return {config::Mapping::Kind::kModule, std::string(parts.name), std::string(parts.callable)};
}

}  // namespace

config::Checked<Target> read_target(std::string_view text, const fs::path& folder) {
  if (text.empty()) return config::refuse("it is empty", "name a script file or a module");
  if (is_file(folder / text)) return script(folder, {text, {}, false});

  const Parts parts = split(text);
  if (parts.has_callable && parts.callable.empty()) {
    return config::refuse(fmt::format("'{}' ends with a colon", text),
                          "name a callable after it, or leave the colon out");
  }
  if (!parts.name.empty() && is_file(folder / parts.name)) return script(folder, parts);
  if (!looks_like_script(parts.name)) return module(parts);

  const bool may_be_module =
      parts.name.find('/') == std::string_view::npos && parts.name.ends_with(".wsgi");
  if (may_be_module && (parts.has_callable || is_module_file(parts.name, folder))) {
    return module(parts);
  }
  const std::string path = absolute_from(folder, parts.name);
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return config::refuse(fmt::format("{} is a folder", path), "name the script file in it");
  }
  std::string problem = fmt::format("there is no file {}", path);
  if (may_be_module) {
    return config::refuse(std::move(problem),
                          fmt::format("if a module is meant, write {}:{}", parts.name,
                                      config::find_directive("WSGICallableObject")->default_text));
  }
  return config::refuse(std::move(problem),
                        "name a script file, or a module with dots between its packages");
}

}  // namespace forkloom::cli
