#include "supervisor/pid_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "supervisor/testing_folder.h"

namespace forkloom::supervisor {
namespace {

using testing::HasSubstr;

class PidFileTest : public FolderTest {};

TEST_F(PidFileTest, LivesAsLongAsItsOwner) {
  const std::string path = folder_ / "server.pid";
  {
    const auto file = PidFile::write(path, 4711);
    ASSERT_TRUE(file.has_value());
    std::string content;
    std::getline(std::ifstream(path), content);
    EXPECT_EQ(content, "4711");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PidFileTest, ASuccessorsFileIsLeftAlone) {
  const std::string path = folder_ / "server.pid";
  {
    const auto file = PidFile::write(path, 4711);
    ASSERT_TRUE(file.has_value());
    write("server.pid", "4712\n");
  }
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(PidFileTest, AFolderThatIsMissingIsNamed) {
  const auto file = PidFile::write("/no/such/folder/pid", 1);
  ASSERT_FALSE(file.has_value());
  EXPECT_THAT(file.error().message(), HasSubstr("/no/such/folder/pid: No such file"));
  EXPECT_TRUE(PidFile::write("", 1).has_value()) << "no file was asked for";
}

}  // namespace
}  // namespace forkloom::supervisor
