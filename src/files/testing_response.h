#pragma once

// For tests: keeps what was answered, as a client would see it after the framing.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/exchange.h"
#include "http/text.h"
#include "os/file_read.h"

namespace forkloom::files {

class TestingResponse : public app::Response {
 public:
  app::Sent start(const app::ResponseHead& head, std::span<const std::string_view> blocks,
                  app::Flow flow, bool is_whole) override {
    EXPECT_FALSE(is_started_ || is_over_);
    status = head.status;
    body_length = head.body_length;
    for (const http::Field& field : head.fields) fields.emplace_back(field.name, field.value);
    is_started_ = true;
    is_whole_ = is_whole;
    return take(blocks, flow);
  }
  app::Sent write(std::span<const std::string_view> blocks, app::Flow flow) override {
    EXPECT_FALSE(is_whole_);
    ++writes;
    return take(blocks, flow);
  }
  app::Sent write_file(int fd, std::uint64_t offset, std::uint64_t length) override {
    EXPECT_TRUE(is_started_ && !is_whole_ && !is_over_);
    ++files;
    std::string bytes(length, '\0');
    EXPECT_EQ(os::read_file_at(fd, offset, bytes), length);
    body += bytes;
    return is_gone ? app::Sent::kGone : app::Sent::kTaken;
  }
  void finish() override { end(); }
  void abort() override {
    is_aborted = true;
    end();
  }
  void refuse(int refused, std::span<const http::Field> with) override {
    EXPECT_FALSE(is_started_);
    for (const http::Field& field : with) fields.emplace_back(field.name, field.value);
    status = refused;
    is_refused = true;
    end();
  }
  using app::Response::refuse;
  bool is_started() const override { return is_started_; }
  std::optional<std::uint64_t> regular_file_size(int /*fd*/) const override { return std::nullopt; }

  // "" where there is none; two of one name are a failure.
  std::string field(std::string_view name) const {
    std::string value;
    int count = 0;
    for (const auto& [field_name, field_value] : fields) {
      if (!http::equals_ignoring_case(field_name, name)) continue;
      value = field_value;
      ++count;
    }
    EXPECT_LE(count, 1) << name;
    return value;
  }
  bool is_over() const { return is_over_; }

  int status = 0;
  std::optional<std::uint64_t> body_length;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
  int writes = 0;
  int files = 0;
  bool is_refused = false;
  bool is_aborted = false;
  bool is_gone = false;  // set by a test: the client has left

 private:
  app::Sent take(std::span<const std::string_view> blocks, app::Flow flow) {
    EXPECT_FALSE(is_over_);
    EXPECT_EQ(flow, app::Flow::kHandOver);
    for (const std::string_view block : blocks) body += block;
    return is_gone ? app::Sent::kGone : app::Sent::kTaken;
  }
  void end() {
    EXPECT_FALSE(is_over_);
    is_over_ = true;
  }

  bool is_started_ = false;
  bool is_whole_ = false;
  bool is_over_ = false;
};

}  // namespace forkloom::files
