#include "supervisor/interpreter_choice.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "os/executable.h"
#include "os/process.h"

namespace forkloom::supervisor {
namespace {

namespace fs = std::filesystem;

bool is_link(const fs::path& path) {
  std::error_code ignored;
  return fs::is_symlink(fs::symlink_status(path, ignored));
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// Where a chain of links ends that leads nowhere.
fs::path missing_target(fs::path path) {
  constexpr int kMostLinks = 40;
  for (int links = 0; links < kMostLinks && is_link(path); ++links) {
    std::error_code error;
    const fs::path target = fs::read_symlink(path, error);
    if (error) break;
    path = (path.parent_path() / target).lexically_normal();
  }
  return path;
}

Error broken_environment(const fs::path& folder, const fs::path& link) {
  return Error(fmt::format(
      "the virtual environment {0} is broken: {1} points to {2}, which does not exist; make it "
      "again with python3 -m venv --clear {0}",
      folder.string(), link.lexically_relative(folder).string(), missing_target(link).string()));
}

Result<std::string> in_folder(const fs::path& folder) {
  for (const char* name : {"python", "python3"}) {
    const fs::path interpreter = folder / "bin" / name;
    if (os::is_executable(interpreter)) return interpreter.string();
    if (is_there(interpreter)) {
      return fail(
          fmt::format("{} is no program that this user may execute: correct its "
                      "permissions, or make the virtual environment again",
                      interpreter.string()));
    }
    if (is_link(interpreter)) return fail(broken_environment(folder, interpreter));
  }
  return fail(
      fmt::format("{} is a folder but no virtual environment, since it has no bin/python: name "
                  "a virtual environment or an interpreter with --python",
                  folder.string()));
}

Result<std::string> at_path(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return in_folder(path);
  if (os::is_executable(path)) return path.string();
  if (is_there(path)) {
    return fail(
        fmt::format("{} is no program that this user may execute: name an interpreter or a "
                    "virtual environment with --python",
                    path.string()));
  }
  const fs::path folder = path.parent_path().parent_path();
  if (is_link(path) && is_there(folder / "pyvenv.cfg")) {
    return fail(broken_environment(folder, path));
  }
  if (is_link(path)) {
    return fail(
        fmt::format("{} points to {}, which does not exist: name another interpreter with "
                    "--python",
                    path.string(), missing_target(path).string()));
  }
  return fail(
      fmt::format("{} does not exist: name an interpreter or a virtual environment with "
                  "--python",
                  path.string()));
}

// As a path is written on a command line: absolute, without "." and a slash at the end, but with
// its links.
fs::path absolute(const std::string& text) {
  std::error_code error;
  fs::path path = fs::absolute(text, error).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

}  // namespace

Result<std::string> choose_interpreter(const std::string& setting) {
  // A name without a slash that is no file here is a program's name, as for a shell.
  if (!setting.empty()) {
    if (setting.find('/') == std::string::npos && !is_there(setting)) {
      if (auto found = os::find_on_path(setting)) return absolute(*found).string();
    }
    auto found = at_path(absolute(setting));
    const auto activated = os::environment_variable("VIRTUAL_ENV");
    if (!found && activated && absolute(*activated) == absolute(setting)) {
      return fail(std::move(found).error().within("from VIRTUAL_ENV"));
    }
    return found;
  }
  if (const auto folder = os::environment_variable("VIRTUAL_ENV")) {
    auto found = at_path(absolute(*folder));
    if (!found) return fail(std::move(found).error().within("from VIRTUAL_ENV"));
    return found;
  }
  if (auto found = os::find_on_path("python3")) return absolute(*found).string();
  return fail(
      "no python3 is on PATH: install one, or name an interpreter or a virtual environment "
      "with --python");
}

}  // namespace forkloom::supervisor
