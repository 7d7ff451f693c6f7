#include "os/executable.h"

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

namespace forkloom::os {
namespace {

class FindOnPath : public testing::Test {
 protected:
  void SetUp() override { path_ = std::getenv("PATH"); }
  void TearDown() override { ::setenv("PATH", path_.c_str(), 1); }

 private:
  std::string path_;
};

TEST_F(FindOnPath, TakesTheFirstFolderThatHasIt) {
  ::setenv("PATH", "/no/such/folder:/dev:/bin:/usr/bin", 1);
  EXPECT_EQ(find_on_path("sh"), "/bin/sh");
  EXPECT_FALSE(find_on_path("no-such-program").has_value());
}

TEST_F(FindOnPath, IgnoresWhatCannotBeExecuted) {
  ::setenv("PATH", "/:/etc", 1);
  EXPECT_FALSE(find_on_path("passwd").has_value()) << "a file without the permission";
  EXPECT_FALSE(find_on_path("bin").has_value()) << "a folder";
}

}  // namespace
}  // namespace forkloom::os
