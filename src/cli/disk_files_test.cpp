#include "cli/disk_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/temporary_folder.h"

namespace forkloom::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DiskFilesTest : public testing::Test {
 protected:
  std::vector<std::string> found(const std::string& name) const {
    const auto paths = files_.find(folder_.path_of(name));
    if (!paths) ADD_FAILURE() << paths.error().message();
    return paths.value_or(std::vector<std::string>{});
  }
  std::string error_of_find(const std::string& name) const {
    const auto paths = files_.find(folder_.path_of(name));
    return paths ? "" : paths.error().message();
  }
  std::string at(const std::string& name) const { return folder_.path_of(name); }

  TemporaryFolder folder_;
  DiskFiles files_;
};

TEST_F(DiskFilesTest, ReadsAFileWhole) {
  folder_.add_file("site.conf", "Timeout 5\n");
  EXPECT_EQ(files_.read(at("site.conf")).value(), "Timeout 5\n");
}

TEST_F(DiskFilesTest, SaysWhyAFileCannotBeRead) {
  EXPECT_THAT(files_.read(at("gone")).error().message(), HasSubstr("gone: No such file"));
  EXPECT_THAT(files_.read(at("")).error().message(), HasSubstr("is a folder"));
}

TEST_F(DiskFilesTest, RefusesAFileOfMoreThan16MiB) {
  folder_.add_file("large", "");
  std::filesystem::resize_file(at("large"), (16U << 20) + 1);
  EXPECT_THAT(files_.read(at("large")).error().message(), HasSubstr("more than 16777216 bytes"));
}

TEST_F(DiskFilesTest, AFileIsFoundAsItselfAndAMissingOneIsNone) {
  folder_.add_file("site.conf");
  EXPECT_THAT(found("site.conf"), ElementsAre(at("site.conf")));
  EXPECT_THAT(found("gone.conf"), IsEmpty());
  EXPECT_THAT(found("site.conf/below"), IsEmpty());
}

TEST_F(DiskFilesTest, AFolderMeansAllFilesBelowItButHiddenOnes) {
  folder_.add_file("conf/b.conf");
  folder_.add_file("conf/a/z.conf");
  folder_.add_file("conf/a/.hidden");
  folder_.add_file("conf/.git/config");
  folder_.add_file("conf/README~");
  EXPECT_THAT(found("conf"),
              ElementsAre(at("conf/README~"), at("conf/a/z.conf"), at("conf/b.conf")));
}

TEST_F(DiskFilesTest, APatternMatchesInAnySegmentAndFoldersStandForTheirFiles) {
  folder_.add_file("sites/one/app.conf");
  folder_.add_file("sites/two/app.conf");
  folder_.add_file("sites/two/other.txt");
  EXPECT_THAT(found("sites/*/*.conf"),
              ElementsAre(at("sites/one/app.conf"), at("sites/two/app.conf")));
  EXPECT_THAT(found("sites/t[w]o"),
              ElementsAre(at("sites/two/app.conf"), at("sites/two/other.txt")));
  EXPECT_THAT(found("sites/*.conf"), IsEmpty());
}

TEST_F(DiskFilesTest, AFileWhosePathHasBracketsIsFoundByIt) {
  folder_.add_file("[a]/site.conf");
  EXPECT_THAT(found("[a]/site.conf"), ElementsAre(at("[a]/site.conf")));
}

TEST_F(DiskFilesTest, LinksAreFollowedAndOneThatLeadsNowhereIsFound) {
  folder_.add_file("available/site.conf");
  folder_.add_folder("enabled");
  std::filesystem::create_symlink(at("available/site.conf"), at("enabled/b.conf"));
  std::filesystem::create_symlink("/nowhere", at("enabled/a.conf"));
  EXPECT_THAT(found("enabled"), ElementsAre(at("enabled/a.conf"), at("enabled/b.conf")));
  EXPECT_THAT(found("enabled/*.conf"), ElementsAre(at("enabled/a.conf"), at("enabled/b.conf")));
}

TEST_F(DiskFilesTest, AFolderThatHoldsItselfIsAnError) {
  folder_.add_folder("loop");
  std::filesystem::create_directory_symlink(at("loop"), at("loop/again"));
  EXPECT_THAT(error_of_find("loop"), HasSubstr("deep"));
}

}  // namespace
}  // namespace forkloom::cli
