#include "cli/static_option.h"

#include <fmt/format.h>

#include "cli/paths.h"

namespace forkloom::cli {

config::Checked<StaticFiles> read_static_option(std::string_view text,
                                                const std::filesystem::path& folder,
                                                std::string_view mount) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return config::refuse(fmt::format("'{}' is not a URL path and a path", text),
                          "write /URL=PATH, like /static=build/static");
  }
  StaticFiles files{.url = std::string(text.substr(0, equals)),
                    .path = absolute_from(folder, text.substr(equals + 1))};
  while (files.url.size() > 1 && files.url.ends_with('/')) files.url.pop_back();
  // Of aliases the first that fits counts, and these come first.
  const bool hides_application =
      files.url == "/" || mount == files.url || mount.starts_with(files.url + '/');
  if (hides_application) {
    return config::refuse(
        fmt::format("files at {} would leave the application at {} no request", files.url, mount),
        "write a longer URL path, like /static");
  }
  return files;
}

}  // namespace forkloom::cli
