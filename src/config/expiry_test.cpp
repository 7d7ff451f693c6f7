#include "config/expiry.h"

#include <gtest/gtest.h>

#include "config/read_for_test.h"

namespace forkloom::config {
namespace {

struct Written {
  std::string_view text;
  Expiry expiry;
};

TEST(Expiry, IsReadInBothOfApachesForms) {
  for (const auto& [text, expiry] : std::initializer_list<Written>{
           {"A3600", {false, 3600}},
           {"M0", {true, 0}},
           {"access", {false, 0}},
           {"now plus 1 day", {false, 86'400}},
           {"access 2 hours", {false, 7'200}},
           {"Access Plus 1 Month 3 Days", {false, 2'592'000 + 3 * 86'400}},
           {"modification plus 1 year 1 week 1 minute 1 second", {true, 31'536'000 + 604'800 + 61}},
           {"access plus 2147483647 seconds", {false, 2'147'483'647}}}) {
    const auto read = read_expiry(text);
    ASSERT_TRUE(read.has_value()) << text << ": " << read.error().problem;
    EXPECT_EQ(*read, expiry) << text;
  }
}

TEST(Expiry, MayBeSeveralArguments) {
  const Settings settings =
      settings_of("ExpiresDefault access plus 1 hour\nExpiresByType Image/* \"M60\"");
  EXPECT_EQ(settings.main.paths.expires_default, (Expiry{false, 3'600}));
  EXPECT_EQ(settings.main.paths.expires_by_type.at("image/*"), (Expiry{true, 60}));
}

TEST(Expiry, SaysWhatIsWrong) {
  expect_sayings({
      {R"(ExpiresDefault "access plus 1 moon")",
       R"(ExpiresDefault: 'moon' is no unit of time: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {R"(ExpiresDefault "access plus month")",
       R"(ExpiresDefault: 'month' is not a number: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {R"(ExpiresDefault "access plus 1")",
       R"(ExpiresDefault: '1' has no unit: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {R"(ExpiresDefault "tomorrow")",
       R"(ExpiresDefault: 'tomorrow' is no point in time: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {R"(ExpiresDefault "")",
       R"(ExpiresDefault: it is empty: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {"ExpiresDefault A99999999999",
       R"(ExpiresDefault: '99999999999' is out of range: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {R"(ExpiresDefault "access plus 69 years")",
       R"(ExpiresDefault: it is longer than 68 years: write "access plus 1 month", "modification plus 2 days" or A3600)"},
      {"ExpiresByType css A1",
       "ExpiresByType: 'css' is not a media type: write one like text/html"},
      {"ExpiresByType text/css",
       R"(ExpiresByType: it takes at least 2 arguments, not 1: write ExpiresByType TYPE|GROUP/* "access|modification plus NUMBER UNIT...")"},
  });
}

TEST(ETagParts, AreReplacedOrChanged) {
  const auto parts_of = [](std::string_view text) {
    const ETagParts parts = *settings_of(text).main.paths.etag;
    std::string letters;
    if (parts.has_inode) letters += 'i';
    if (parts.has_mtime) letters += 'm';
    if (parts.has_size) letters += 's';
    if (parts.has_digest) letters += 'd';
    return letters;
  };
  EXPECT_EQ(parts_of(""), "ms");
  EXPECT_EQ(parts_of("FileETag INode"), "i");
  EXPECT_EQ(parts_of("FileETag all"), "ims");
  EXPECT_EQ(parts_of("FileETag None"), "");
  EXPECT_EQ(parts_of("FileETag Digest Size"), "sd");
  EXPECT_EQ(parts_of("FileETag -Size"), "m");
  EXPECT_EQ(parts_of("FileETag +INode -MTime"), "is");
}

TEST(ETagParts, SayWhatIsWrong) {
  expect_sayings({
      {"FileETag Inod",
       "FileETag: 'Inod' is not known: write INode, MTime, Size, Digest, All or None"},
      {"FileETag +All",
       "FileETag: '+All' is not known: write INode, MTime, Size, Digest, All or None"},
      {R"(FileETag "")",
       "FileETag: '' is not known: write INode, MTime, Size, Digest, All or None"},
  });
}

}  // namespace
}  // namespace forkloom::config
