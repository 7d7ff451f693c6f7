#include "files/answer_listing.h"

#include <filesystem>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "files/listing_page.h"
#include "files/testing_folder.h"
#include "files/testing_response.h"

namespace forkloom::files {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr WallTime kModified{seconds(784111777)};

class AnswerListing : public testing::Test {
 protected:
  TestingResponse list(std::string_view method = "GET", std::string_view url_path = "/files/") {
    http::Request request;
    request.method = method;
    TestingResponse response;
    answer_listing(request, find(folder_.root(), "", Links::kNever, false), url_path, policy_,
                   response);
    EXPECT_TRUE(response.is_over());
    return response;
  }

  TestingFolder folder_;
  Policy policy_;
};

TEST_F(AnswerListing, FoldersComeFirstThenNames) {
  folder_.add("b.txt", "12345", kModified);
  folder_.add("a.txt", std::string(1536, 'x'), kModified);
  folder_.add("z/inner", "", kModified);
  const TestingResponse response = list();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(response.field("Cache-Control"), "");
  const std::string& page = response.body;
  EXPECT_THAT(page, HasSubstr("<title>Index of /files/</title>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"a.txt\">a.txt</a></td><td>1.5 KiB</td>"
                              "<td>1994-11-06 08:49</td>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"z/\">z/</a></td><td></td>"));
  EXPECT_LT(page.find("\"../\""), page.find("\"z/\""));
  EXPECT_LT(page.find("\"z/\""), page.find("\"a.txt\""));
  EXPECT_LT(page.find("\"a.txt\""), page.find("\"b.txt\""));
}

TEST_F(AnswerListing, TheTopHasNoParent) {
  EXPECT_THAT(list("GET", "/").body, Not(HasSubstr("../")));
}

TEST_F(AnswerListing, WhatIsNotServedIsNotListed) {
  folder_.add(".hidden", "", kModified);
  folder_.add("file", "", kModified);
  std::filesystem::create_symlink("file", folder_ / "link");
  EXPECT_THAT(list().body, Not(HasSubstr("hidden")));
  EXPECT_THAT(list().body, Not(HasSubstr("link")));
  policy_.serves_hidden = true;
  policy_.links = Links::kAlways;
  EXPECT_THAT(list().body, HasSubstr("\".hidden\""));
  EXPECT_THAT(list().body, HasSubstr("\"link\""));
}

TEST_F(AnswerListing, NamesAreEscaped) {
  folder_.add("<b>&\"'", "", kModified);
  folder_.add("java:x?y#z%41", "", kModified);
  folder_.add("\xff\xc3\xa9", "", kModified);
  const std::string page = list("GET", "/<script>/").body;
  EXPECT_THAT(page, HasSubstr("<a href=\"%3Cb%3E%26%22%27\">&lt;b&gt;&amp;&quot;&#39;</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"java%3Ax%3Fy%23z%2541\">java:x?y#z%41</a>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"%FF%C3%A9\">\xef\xbf\xbd\xc3\xa9</a>"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
}

TEST_F(AnswerListing, OtherMethodsAreRefused) {
  EXPECT_EQ(list("POST").status, 405);
  EXPECT_EQ(list("OPTIONS").field("Allow"), "GET,HEAD,OPTIONS");
  EXPECT_EQ(list("HEAD").status, 200);
}

TEST(ListingPage, TextThatIsNoUtf8IsReplaced) {
  const std::string bad = "\xef\xbf\xbd";
  EXPECT_EQ(html_text("\xe2\x82\xac"), "\xe2\x82\xac");
  EXPECT_EQ(html_text("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80");
  EXPECT_EQ(html_text("\xc0\xaf"), bad + bad);            // overlong
  EXPECT_EQ(html_text("\xed\xa0\x80"), bad + bad + bad);  // surrogate
  EXPECT_EQ(html_text("\xf4\x90\x80\x80"), bad + bad + bad + bad);
  EXPECT_EQ(html_text("a\xe2\x82"), "a" + bad + bad);
  EXPECT_EQ(html_text("a\nb\x7f\xc2\x85"), "a" + bad + "b" + bad + bad);
}

TEST(ListingPage, SizesAreShort) {
  EXPECT_EQ(readable_size(0), "0");
  EXPECT_EQ(readable_size(1023), "1023");
  EXPECT_EQ(readable_size(1024), "1.0 KiB");
  EXPECT_EQ(readable_size(10 * 1024), "10 KiB");
  EXPECT_EQ(readable_size(1024 * 1024 - 1), "1.0 MiB");
  EXPECT_EQ(readable_size(~std::uint64_t{0}), "16 EiB");
}

TEST(ListingPage, SaysWhereThereIsMore) {
  EXPECT_THAT(listing_page("/", {.entries = {}, .has_more = true}), HasSubstr("There are more"));
}

}  // namespace
}  // namespace forkloom::files
