#pragma once

// For tests: an empty folder that is gone afterwards, with links resolved in its path.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace forkloom::supervisor {

class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "/forkloom-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = std::filesystem::canonical(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Makes the file with its folders; returns its path.
  std::string write(const std::string& name, const std::string& content,
                    bool is_executable = false) const {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << content;
    if (is_executable) {
      std::filesystem::permissions(path, std::filesystem::perms::owner_exec,
                                   std::filesystem::perm_options::add);
    }
    return path.string();
  }

  std::filesystem::path folder_;
};

}  // namespace forkloom::supervisor
