#include "config/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

using testing::ElementsAre;

std::string shape_of(const Tree& tree) {
  std::string shape;
  for (const Statement& statement : tree) {
    shape += statement.name;
    for (const std::string& argument : statement.arguments) shape += " " + argument;
    if (statement.is_section) shape += " {" + shape_of(statement.children) + "}";
    shape += ";";
  }
  return shape;
}

std::string shape_of(std::string_view text, const MemoryFiles& files = {},
                     const ReadOptions& options = {}) {
  const Reading reading = read_tree(text, "x", files, options);
  EXPECT_TRUE(reading.errors.empty());
  return shape_of(reading.tree);
}

TEST(Reader, MakesATreeOfSectionsInSections) {
  EXPECT_EQ(shape_of("A 1\n<B \"2 3\">\nC\n<D>\nE\n</D>\n</b>\nF"), "A 1;B 2 3 {C;D {E;};};F;");
}

TEST(Reader, KeepsWhereEachStatementStandsAndItsText) {
  const Reading reading = read_tree("\n  A \\\n  1\n<B>\n</B>", "x", MemoryFiles(), {});
  ASSERT_EQ(reading.tree.size(), 2U);
  EXPECT_EQ(reading.tree[0].origin, (Origin{"x", 2}));
  EXPECT_EQ(reading.tree[0].source, "A   1");
  EXPECT_EQ(reading.tree[1].origin, (Origin{"x", 4}));
}

TEST(Reader, OfSectionsThatAreNotClosedNamesEach) {
  EXPECT_EQ(said_of("<VirtualHost *>\n<Location /a>\nTimeout x"),
            R"(x:1: VirtualHost: the section is never closed: write </VirtualHost> where it ends
    <VirtualHost *>
x:2: Location: the section is never closed: write </Location> where it ends
    <Location /a>
x:3: Timeout: it may not stand here: write it outside of all sections, or in <VirtualHost>
    Timeout x
)");
}

TEST(Reader, GoesOnBehindTheEndOfAnOuterSection) {
  EXPECT_EQ(
      said_of("<VirtualHost *>\n<Location /a>\n</VirtualHost>\nListen 80\nTimeout x"),
      R"(x:3: VirtualHost: the section that is open here is <Location> of line 2: write </Location> first
    </VirtualHost>
x:5: Timeout: 'x' is not a whole number: write a whole number of seconds from 1 to 31536000
    Timeout x
)");
}

TEST(Reader, LeavesASectionOpenAtTheEndOfAnother) {
  EXPECT_EQ(said_of("</Files>\n<Location /a>\n</Files>\nWSGICallableObject a\n</Location>"),
            R"(x:1: Files: it ends a section that has not begun: remove the line
    </Files>
x:3: Files: the section that is open here is <Location> of line 2: write </Location>, or remove the line
    </Files>
)");
}

TEST(Reader, FollowsTheSectionsOfWhatIsLeftOut) {
  EXPECT_EQ(said_of("<IfDefine A>\n<IfDefine B>\n</IfDefine>\nNonsense\n</IfDefine>\nTimeout 7"),
            "");
  EXPECT_EQ(said_of("<IfDefine A>\n<Location /a>\n</IfDefine>\nTimeout 7"),
            "x:3: IfDefine: the section that is open here is <Location> of line 2: write "
            "</Location> first\n    </IfDefine>\n");
}

TEST(Reader, TakesASectionWhoseLineIsBrokenForASection) {
  EXPECT_EQ(said_of("<Location \"/a>\nNonsense\n</Location>\nTimeout 7"),
            "x:1: Location: the quote before /a is never closed: close it with \"\n"
            "    <Location \"/a>\n");
  EXPECT_EQ(said_of("<Location /a\nNonsense\n</Location\nTimeout 7"),
            R"(x:1: Location: the section's line has no >: write <Location /a>
    <Location /a
x:3: Location: the section's line has no >: write </Location>
    </Location
)");
  EXPECT_EQ(said_of("<>\nTimeout 7"),
            "x:1: the section has no name: write a name like <VirtualHost *:80>\n    <>\n");
}

TEST(Reader, RefusesSectionsThatStandTooDeep) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<IfDefine !A>\n";
  for (int i = 0; i < 100'000; ++i) text += "</IfDefine>\n";
  EXPECT_EQ(
      said_of(text + "Timeout x"),
      R"(x:51: IfDefine: sections stand 50 deep in each other: take out those around it that are not needed
    <IfDefine !A>
x:200001: Timeout: 'x' is not a whole number: write a whole number of seconds from 1 to 31536000
    Timeout x
)");
}

TEST(Include, ReadsAFileAFolderOrWhatMatchesAsIfItStoodThere) {
  const MemoryFiles files{{"/c/a.conf", "A"}, {"/c/b.conf", "B"}, {"/c/d", "D"}, {"/e", "E"}};
  EXPECT_EQ(shape_of("X\nInclude /e\nY", files), "X;E;Y;");
  EXPECT_EQ(shape_of("Include /c", files), "A;B;D;");
  EXPECT_EQ(shape_of("<X>\nIncludeOptional /c/*.conf\n</X>", files), "X {A;B;D;};");
  EXPECT_EQ(shape_of("IncludeOptional /absent\nInclude \"/e\"", files), "E;");
}

TEST(Include, SeesRelativePathsFromServerRoot) {
  const MemoryFiles files{{"/etc/a", "A"}, {"/srv/a", "B"}, {"/a", "C"}};
  EXPECT_EQ(shape_of("Include a", files, {.defined = {}, .server_root = "/etc"}), "A;");
  EXPECT_EQ(shape_of("ServerRoot /srv/\nInclude a", files), "ServerRoot /srv/;B;");
  EXPECT_EQ(shape_of("Include a", files), "C;");
}

TEST(Include, NamesTheFilesItRead) {
  const MemoryFiles files{{"/a", "Include /b"}, {"/b", "B"}};
  EXPECT_THAT(read_tree("Include /a", "x", files, {}).files, ElementsAre("x", "/a", "/b"));
}

TEST(Include, OfItselfIsRefusedOnce) {
  const MemoryFiles files{{"/a", "Include /a\nInclude /a\n"}};
  EXPECT_EQ(said_of("Include /a", files),
            "/a:1: Include: files are included 20 deep: take out the file that includes itself\n"
            "    Include /a\n");
}

class Unreadable final : public SourceFiles {
 public:
  Result<std::string> read(const std::string& path) const override {
    return fail(Error::from_errno(13, path));
  }
  Result<std::vector<std::string>> find(const std::string& path) const override {
    if (path == "/locked") return fail(Error::from_errno(13, path));
    return std::vector<std::string>{path};
  }
};

TEST(Include, SaysWhatIsWrong) {
  expect_sayings({
      {"Include", "Include: it takes one file, folder or pattern: write Include /PATH"},
      {"Include a b", "Include: it takes one file, folder or pattern: write Include /PATH"},
      {"Include absent.conf",
       "Include: there is no file /absent.conf: name one that exists, or write IncludeOptional"},
      {"Include /absent/*.conf",
       "Include: there is no file /absent/*.conf: name one that exists, or write IncludeOptional"},
      {"IncludeOptional absent.conf", ""},
      {"IncludeOptional",
       "IncludeOptional: it takes one file, folder or pattern: write Include /PATH"},
  });
  const auto read = read_configuration("Include /a\nInclude /locked", "x", Unreadable(), {});
  ASSERT_FALSE(read.has_value());
  ASSERT_EQ(read.error().size(), 2U);
  EXPECT_EQ(read.error()[0].text(),
            "x:1: Include: /a: Permission denied: name files that can be read\n    Include /a");
  EXPECT_EQ(read.error()[1].text(),
            "x:2: Include: /locked: Permission denied: name files that can be read\n"
            "    Include /locked");
}

TEST(ErrorDirective, IsAnErrorWithItsText) {
  expect_sayings({
      {"Error out of order", "Error: out of order: the configuration itself asks to stop here"},
      {R"(Error "two  blanks")", "Error: two  blanks: the configuration itself asks to stop here"},
      {"Error", "Error: it has no text: the configuration itself asks to stop here"},
  });
}

}  // namespace
}  // namespace forkloom::config
