#pragma once

// For tests: a folder of its own with what a test puts into it, removed at the end.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/time.h"

namespace forkloom::files {

class TestingFolder {
 public:
  TestingFolder() {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~TestingFolder() { std::filesystem::remove_all(path_); }
  TestingFolder(const TestingFolder&) = delete;
  TestingFolder& operator=(const TestingFolder&) = delete;

  std::string root() const { return path_.string(); }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  void add(std::string_view name, std::string_view content, WallTime modified) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
    set_modified(name, modified);
  }
  void set_modified(std::string_view name, WallTime modified) const {
    std::filesystem::last_write_time(path_ / name,
                                     std::filesystem::file_time_type::clock::from_sys(modified));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace forkloom::files
