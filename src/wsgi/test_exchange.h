#pragma once

// The worker's side of the seam as the tests play it: a request with its body, and a response that
// records what it is told. Every call of a response checks that its thread is detached.

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/exchange.h"
#include "base/log.h"
#include "http/text.h"
#include "python/api.h"

namespace forkloom::wsgi {

class RecordingLog : public Log {
 public:
  RecordingLog() : Log(Level::kDebug) {}

  struct Line {
    Level level;
    std::string request_id;
    std::string text;
  };
  std::vector<Line> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  std::string text() {
    std::string all;
    for (const Line& line : lines()) all += line.text + "\n";
    return all;
  }

 protected:
  void emit(Level level, std::string_view request_id, std::string_view text) noexcept override {
    EXPECT_EQ(PyGILState_Check(), 0) << "logged while attached";
    const std::lock_guard lock(mutex_);
    lines_.push_back({level, std::string(request_id), std::string(text)});
  }

 private:
  std::mutex mutex_;
  std::vector<Line> lines_;
};

class PlayedBody : public app::Body {
 public:
  PlayedBody(std::string bytes, bool is_spooled)
      : bytes_(std::move(bytes)), is_spooled_(is_spooled) {}

  std::uint64_t size() const override { return bytes_.size(); }
  std::optional<std::string_view> in_memory() const override {
    if (is_spooled_) return std::nullopt;
    return bytes_;
  }
  std::int64_t read_at(std::uint64_t offset, std::span<char> into) const override {
    EXPECT_EQ(PyGILState_Check(), 0) << "read from the disk while attached";
    if (is_broken) return -1;
    // Never more than a little, as a read may.
    return static_cast<std::int64_t>(
        bytes_.copy(into.data(), std::min<std::size_t>(into.size(), 1000), offset));
  }

  bool is_broken = false;

 private:
  std::string bytes_;
  bool is_spooled_;
};

class RecordingResponse : public app::Response {
 public:
  app::Sent start(const app::ResponseHead& head, std::span<const std::string_view> blocks,
                  app::Flow flow, bool whole) override {
    check();
    EXPECT_EQ(starts++, 0) << "started twice";
    status = head.status;
    reason = head.reason;
    for (const http::Field& field : head.fields) {
      fields.emplace_back(std::string(field.name), std::string(field.value));
    }
    body_length = head.body_length;
    is_whole = whole;
    return take(blocks, flow);
  }
  app::Sent write(std::span<const std::string_view> blocks, app::Flow flow) override {
    check();
    EXPECT_EQ(starts, 1) << "written before the head";
    EXPECT_FALSE(is_whole) << "written after all was said";
    return take(blocks, flow);
  }
  app::Sent write_file(int fd, std::uint64_t offset, std::uint64_t length) override {
    check();
    EXPECT_EQ(starts, 1);
    ++files;
    std::ifstream file(link(fd), std::ios::binary);
    std::string part(length, '\0');
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(part.data(), static_cast<std::streamsize>(length));
    body += part;
    return app::Sent::kTaken;
  }
  void finish() override {
    check();
    ++finishes;
  }
  void abort() override {
    check();
    ++aborts;
  }
  using app::Response::refuse;
  void refuse(int with, std::span<const http::Field> /*fields*/) override {
    check();
    EXPECT_EQ(starts, 0) << "refused after the start";
    ++refusals;
    status = with;
  }
  bool is_started() const override { return starts > 0; }
  std::optional<std::uint64_t> regular_file_size(int fd) const override {
    check();
    std::error_code error;
    if (!std::filesystem::is_regular_file(link(fd), error)) return std::nullopt;
    return std::filesystem::file_size(link(fd), error);
  }

  std::string field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (http::equals_ignoring_case(key, name)) return value;
    }
    return "<none>";
  }

  int status = 0;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<std::uint64_t> body_length;
  bool is_whole = false;
  std::string body;
  std::vector<std::size_t> calls;  // bytes of each start() or write()
  std::vector<app::Flow> flows;
  int starts = 0, files = 0, finishes = 0, aborts = 0, refusals = 0;
  // After so many calls that brought bytes, the client is gone or the length is used up.
  std::optional<std::size_t> stops_after;
  app::Sent stops_with = app::Sent::kGone;

 private:
  static std::string link(int fd) { return "/proc/self/fd/" + std::to_string(fd); }
  void check() const {
    EXPECT_EQ(PyGILState_Check(), 0) << "called while attached";
    EXPECT_EQ(finishes + aborts + refusals, 0) << "called after the end";
  }
  app::Sent take(std::span<const std::string_view> blocks, app::Flow flow) {
    std::size_t size = 0;
    for (const std::string_view block : blocks) {
      body += block;
      size += block.size();
    }
    calls.push_back(size);
    flows.push_back(flow);
    return stops_after && calls.size() >= *stops_after ? stops_with : app::Sent::kTaken;
  }
};

// What is asked, and where: what a test serves. Places as the tests mostly want them.
struct Site {
  Site() {
    target.kind = app::Target::Kind::kModule;
    target.callable = "application";
    place.sends_files = true;
  }
  app::Target target;
  app::Place place;
};

// What a test asks for; the exchange of it views into this.
struct Asked {
  std::string method = "GET";
  std::string target = "/";
  std::string path_info = "/";
  std::string query = {};
  std::string script_name = {};
  app::Appearance appearance = {.method = {},  // "": the method
                                .server_name = "example.org",
                                .server_port = "8000",
                                .remote_address = "192.0.2.7",
                                .remote_port = "40000",
                                .scheme = "http"};
  std::vector<std::pair<std::string, std::string>> fields = {};
  std::vector<app::Variable> variables = {};
  std::string body = {};
  bool is_spooled = false;
  bool is_chunked = false;
  bool is_broken = false;
  bool is_http_1_0 = false;
  app::Peer peer = {.remote_address = "192.0.2.7",
                    .remote_port = 40000,
                    .local_address = "192.0.2.1",
                    .local_port = 8000,
                    .connection_number = 12};
  std::string request_id = "00000000000000a1";
  std::optional<std::size_t> stops_after = {};
  app::Sent stops_with = app::Sent::kGone;
};

class PlayedExchange {
 public:
  // The site outlives it.
  PlayedExchange(const Site& site, const Asked& asked)
      : site_(site), asked_(asked), body_(asked.body, asked.is_spooled) {
    if (asked_.appearance.method.empty()) asked_.appearance.method = asked_.method;
    request_.method = asked_.method;
    request_.target = asked_.target;
    request_.path = asked_.target;
    request_.query = asked_.query;
    request_.minor_version = asked_.is_http_1_0 ? 0 : 1;
    request_.framing = asked_.is_chunked     ? http::Framing::kChunked
                       : asked_.body.empty() ? http::Framing::kNone
                                             : http::Framing::kLength;
    request_.content_length = asked_.is_chunked ? 0 : asked_.body.size();
    for (const auto& [name, value] : asked_.fields) {
      request_.fields.push_back({.name = name, .value = value, .known = known(name)});
    }
    body_.is_broken = asked_.is_broken;
    response.stops_after = asked_.stops_after;
    response.stops_with = asked_.stops_with;
  }

  app::Exchange exchange() {
    return {.request = request_,
            .peer = asked_.peer,
            .body = body_,
            .response = response,
            .target = site_.target,
            .place = site_.place,
            .appearance = asked_.appearance,
            .variables = asked_.variables,
            .request_id = asked_.request_id,
            .request_start = WallTime(std::chrono::seconds(1000)),
            .queue_start = WallTime(std::chrono::milliseconds(1000500)),
            .script_name = asked_.script_name,
            .path_info = asked_.path_info};
  }

  RecordingResponse response;

 private:
  // Some names have a number in any letter case, as Beast's have; which one does not matter.
  static std::uint16_t known(std::string_view name) {
    static constexpr std::array<std::string_view, 8> kNames = {
        "accept", "authorization", "content-length", "content-type",
        "cookie", "host",          "proxy",          "transfer-encoding"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (http::equals_ignoring_case(kNames[i], name)) return static_cast<std::uint16_t>(i + 1);
    }
    return 0;
  }

  const Site& site_;
  Asked asked_;
  http::Request request_;
  PlayedBody body_;
};

}  // namespace forkloom::wsgi
