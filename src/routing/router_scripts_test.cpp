#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "routing/test_site.h"

namespace forkloom::routing {
namespace {

class FolderOfScripts : public testing::Test {
 protected:
  FolderOfScripts()
      : folder_(std::filesystem::path(testing::TempDir()) /
                fmt::format("forkloom_scripts_{}", std::random_device{}())) {
    for (const char* name : {"a.wsgi", "deep/b.wsgi", "deep/er/c.wsgi"}) {
      std::filesystem::create_directories((folder_ / name).parent_path());
      std::ofstream(folder_ / name) << "application = None\n";
    }
  }
  ~FolderOfScripts() override { std::filesystem::remove_all(folder_); }

  std::string path_of(const std::string& name) const { return (folder_ / name).string(); }

  // "<script below the folder> <SCRIPT_NAME>|<PATH_INFO>", or the status.
  std::string describe(Router& router, const std::string& path) const {
    const Route found = route(router, path);
    if (found.kind != Route::Kind::kScript) return fmt::format("{}", found.status);
    EXPECT_TRUE(found.script_path.starts_with(folder_.string()));
    return fmt::format("{} {}|{}", found.script_path.substr(folder_.string().size()),
                       path.substr(0, found.script_name_size), path.substr(found.script_name_size));
  }

  const std::filesystem::path folder_;
};

TEST_F(FolderOfScripts, TheSegmentsUpToAFileNameTheScript) {
  config::Settings settings;
  settings.main.mappings = {script("/run/", path_of(""))};
  Router router(settings);
  EXPECT_EQ(describe(router, "/run/a.wsgi"), "/a.wsgi /run/a.wsgi|");
  EXPECT_EQ(describe(router, "/run/a.wsgi/"), "/a.wsgi /run/a.wsgi|/");
  EXPECT_EQ(describe(router, "/run/a.wsgi/x/y"), "/a.wsgi /run/a.wsgi|/x/y");
  EXPECT_EQ(describe(router, "/run/deep/b.wsgi/x"), "/deep/b.wsgi /run/deep/b.wsgi|/x");
  EXPECT_EQ(describe(router, "/run/deep/er/c.wsgi"), "/deep/er/c.wsgi /run/deep/er/c.wsgi|");
}

TEST_F(FolderOfScripts, WithoutAFileThereIsNothing) {
  config::Settings settings;
  settings.main.mappings = {script("/run/", path_of(""))};
  Router router(settings);
  for (const char* path : {"/run/", "/run/none.wsgi", "/run/deep", "/run/deep/", "/run/a.wsg"}) {
    EXPECT_EQ(describe(router, path), "404") << path;
  }
}

TEST_F(FolderOfScripts, TheRootCanBeOne) {
  config::Settings settings;
  settings.main.mappings = {script("/", path_of(""))};
  Router router(settings);
  EXPECT_EQ(describe(router, "/a.wsgi/x"), "/a.wsgi /a.wsgi|/x");
  EXPECT_EQ(describe(router, "/"), "404");
}

TEST_F(FolderOfScripts, ATargetThatIsAFolderNeedsNoSlash) {
  config::Settings settings;
  settings.main.mappings = {script("/run", path_of("deep")), script("/none", path_of("none"))};
  Router router(settings);
  EXPECT_EQ(describe(router, "/run/b.wsgi/x"), "/deep/b.wsgi /run/b.wsgi|/x");
  EXPECT_EQ(describe(router, "/run"), "404");
  EXPECT_EQ(describe(router, "/none/b.wsgi"), "/none /none|/b.wsgi");
}

TEST_F(FolderOfScripts, APatternNamesTheScriptAndLeavesTheRest) {
  config::Settings settings;
  settings.main.mappings = {match(script("^/([a-z])/", path_of("$1.wsgi/"))),
                            match(script("^/short/([a-z]+)", path_of("deep/$1.wsgi"))),
                            match(script("^/whole(/.*)$", path_of("a.wsgi$1"))),
                            match(script("^/swap/([a-z]+)/(.*)", path_of("a.wsgi/$2/$1"))),
                            match(script("^/tail/[a-z]+/(.*)", path_of("a.wsgi/q/$1"))),
                            match(script("^/up/(.)(.)", path_of("deep/$1$2/a.wsgi"))),
                            match(script("x*", path_of("a.wsgi")))};
  Router router(settings);
  EXPECT_EQ(describe(router, "/short/b"), "/deep/b.wsgi /short/b|");
  EXPECT_EQ(describe(router, "/short/b/x/y"), "/deep/b.wsgi /short/b|/x/y");
  EXPECT_EQ(describe(router, "/short/none"), "404");
  EXPECT_EQ(describe(router, "/whole/x/y"), "/a.wsgi /whole|/x/y");
  EXPECT_EQ(describe(router, "/a/x"), "/a.wsgi /a|/x");
  EXPECT_EQ(describe(router, "/tail/x/y"), "/a.wsgi /tail/x|/y");
  EXPECT_EQ(describe(router, "/swap/x/x"), "/a.wsgi /swap|/x/x");
  EXPECT_EQ(describe(router, "/swap/x/y"), "/a.wsgi /swap/x/y|");
  EXPECT_EQ(describe(router, "/up/..x"), "404");
  // A match of nothing.
  EXPECT_EQ(describe(router, "/other"), "404");
}

TEST_F(FolderOfScripts, APatternOfTheRootAlonePassesTheWholePath) {
  config::Settings settings;
  settings.main.mappings = {match(script("^/", path_of("a.wsgi")))};
  Router router(settings);
  EXPECT_EQ(describe(router, "/"), "/a.wsgi |/");
  EXPECT_EQ(describe(router, "/x/y"), "/a.wsgi |/x/y");
}

TEST_F(FolderOfScripts, SectionsOfTheScriptsFolderCount) {
  config::Settings settings;
  settings.main.mappings = {script("/run/", path_of(""))};
  settings.main.sections = {section(config::Section::Kind::kDirectory, path_of("deep"), "deep"),
                            section(config::Section::Kind::kFiles, "b.wsgi", "b")};
  Router router(settings);
  EXPECT_EQ(marks(route(router, "/run/deep/b.wsgi/x").place->settings), "deep b");
  EXPECT_EQ(marks(route(router, "/run/a.wsgi/x").place->settings), "");
}

TEST_F(FolderOfScripts, AFolderAskedForWithoutItsSlashIsInItself) {
  config::Settings settings;
  settings.main.document_root = folder_.string();
  settings.main.sections = {section(config::Section::Kind::kDirectory, path_of("deep"), "deep"),
                            section(config::Section::Kind::kDirectory, path_of("*"), "any"),
                            section(config::Section::Kind::kDirectory, path_of("a.wsgi"), "file")};
  Router router(settings);
  EXPECT_EQ(marks(route(router, "/deep").place->settings), "deep any");
  EXPECT_EQ(marks(route(router, "/deep/").place->settings), "deep any");
  EXPECT_EQ(marks(route(router, "/a.wsgi").place->settings), "");
}

}  // namespace
}  // namespace forkloom::routing
