#pragma once

// For tests: a folder of its own, removed with all that is in it.

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace forkloom::cli {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(testing::TempDir()) /
            fmt::format("forkloom_{}_{}_{}", test->test_suite_name(), test->name(),
                        std::random_device{}());
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string path_of(const std::string& name) const { return (path_ / name).string(); }
  void add_file(const std::string& name,
                const std::string& content = "application = None\n") const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << content;
  }
  void add_folder(const std::string& name) const {
    std::filesystem::create_directories(path_ / name);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace forkloom::cli
