#pragma once

// What `forkloom serve` was asked for, as the user wrote it. Values are checked where the
// configuration that is made of them is read; std::nullopt and an empty list stand for an option
// that was not given.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace forkloom::cli {

struct ServeOptions {
  std::string target;
  std::optional<std::string> mount;
  std::vector<std::string> static_files;  // --static
  std::optional<std::string> document_root;
  std::vector<std::string> config;
  std::optional<std::string> chdir;
  std::optional<std::string> python;
  std::vector<std::string> python_path;
  std::vector<std::string> bind;
  std::optional<std::string> threads;
  std::optional<std::string> graceful_timeout;
  std::optional<std::string> limit_request_body;
  std::optional<std::string> access_log;
  std::optional<std::string> access_log_format;
  std::optional<std::string> error_log;
  std::optional<std::string> log_level;
  bool is_print_only = false;  // --print-config
};

inline constexpr const char* kDefaultAccessLogFormat = "combined";

// What the command finds around itself.
struct Surroundings {
  std::filesystem::path working_directory;  // absolute
  std::string virtual_env;                  // $VIRTUAL_ENV, or ""
};

}  // namespace forkloom::cli
