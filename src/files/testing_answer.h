#pragma once

// For tests: a folder with two files, and what is answered with them.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "files/answer_file.h"
#include "files/media_types.h"
#include "files/testing_folder.h"
#include "files/testing_response.h"

namespace forkloom::files {

inline constexpr WallTime kModified{seconds(784111777)};  // Sun, 06 Nov 1994 08:49:37 GMT
inline constexpr WallTime kNow{seconds(1795515302)};      // Tue, 24 Nov 2026 10:15:02 GMT
inline constexpr std::string_view kModifiedText = "Sun, 06 Nov 1994 08:49:37 GMT";

class AnswerFile : public testing::Test {
 protected:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  AnswerFile() {
    policy_.media_types = &types_;
    folder_.add("a.txt", "0123456789", kModified);
    big_.resize(100'000);
    for (std::size_t i = 0; i < big_.size(); ++i) big_[i] = static_cast<char>('a' + i % 23);
    folder_.add("big.bin", big_, kModified);
  }

  TestingResponse ask(std::string_view method, std::string_view path, Fields fields = {},
                      int status = 200, WallTime now = kNow) const {
    TestingResponse response;
    answer(response, method, path, fields, status, now);
    return response;
  }
  TestingResponse get(std::string_view path, Fields fields = {}) const {
    return ask("GET", path, fields);
  }
  void answer(TestingResponse& response, std::string_view method, std::string_view path,
              Fields fields, int status = 200, WallTime now = kNow) const {
    http::Request request;
    request.method = method;
    for (const auto& [name, value] : fields)
      request.fields.push_back({.name = name, .value = value});
    Found found = find(folder_.root(), path, policy_.links, policy_.serves_hidden);
    ASSERT_EQ(found.kind, Found::Kind::kFile) << path;
    answer_file(request, std::move(found), folder_.root(), path, policy_, now, status, response);
    EXPECT_TRUE(response.is_over());
    const bool has_body = method != "HEAD" && response.status != 304 && !response.is_refused;
    if (has_body && !response.is_gone) {
      EXPECT_EQ(response.body_length, response.body.size());
    }
  }
  std::string tag(std::string_view path) const { return get(path).field("ETag"); }

  TestingFolder folder_;
  std::string big_;
  const MediaTypes types_ = MediaTypes::builtin();
  Policy policy_;
};

}  // namespace forkloom::files
