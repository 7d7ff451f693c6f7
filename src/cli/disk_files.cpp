#include "cli/disk_files.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "os/file_facts.h"
#include "os/glob.h"
#include "os/text_file.h"

namespace forkloom::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{16} << 20;  // bytes
// Of folders, as in httpd: deeper, a link leads back to where it stands.
constexpr std::size_t kMostDepth = 20;

bool is_missing(const Error& error) {
  return error.number() == ENOENT || error.number() == ENOTDIR;
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.')) names.push_back(std::move(name));
  }
  if (error) return fail(fmt::format("{}: {}", folder, error.message()));
  std::sort(names.begin(), names.end());
  return names;
}

// Sockets, FIFOs and devices are no configuration.
Result<void> add_files(const std::string& path, std::size_t depth, std::vector<std::string>& into) {
  const auto facts = os::facts_of_path(path);
  if (!facts && !is_missing(facts.error())) return fail(facts.error());
  if (!facts || facts->is_regular()) {
    into.push_back(path);
    return {};
  }
  if (!facts->is_folder()) return {};
  if (depth == kMostDepth) return fail(fmt::format("{}: folders are {} deep", path, depth));
  auto names = names_in(path);
  if (!names) return fail(std::move(names.error()));
  for (const std::string& name : *names) {
    const std::string below = fmt::format("{}{}{}", path, path.ends_with('/') ? "" : "/", name);
    if (auto added = add_files(below, depth + 1, into); !added) return added;
  }
  return {};
}

}  // namespace

Result<std::string> DiskFiles::read(const std::string& path) const {
  return os::read_text_file(path, kLargestFile);
}

Result<std::vector<std::string>> DiskFiles::find(const std::string& path) const {
  std::vector<std::string> found;
  const auto facts = os::facts_of_path(path);
  if (facts) {
    // A device that is named is for read() to refuse.
    if (!facts->is_folder()) return std::vector{path};
    if (auto added = add_files(path, 0, found); !added) return fail(std::move(added.error()));
    return found;
  }
  if (!is_missing(facts.error())) return fail(facts.error());
  if (path.find_first_of("*?[") == std::string::npos) return found;
  const auto matches = os::matching_paths(path);
  if (!matches) return fail(matches.error());
  for (const std::string& match : *matches) {
    if (auto added = add_files(match, 0, found); !added) return fail(std::move(added.error()));
  }
  return found;
}

}  // namespace forkloom::cli
