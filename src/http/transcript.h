#pragma once

// What a reader makes of a stream of requests, as text, so that tests and the fuzzer can compare
// how one stream reads in different portions. For tests only.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request_reader.h"

namespace forkloom::http {

// Size of the next portion, from 1 to the given number of bytes left.
using PortionSize = std::function<std::size_t(std::size_t)>;

class Transcript {
 public:
  explicit Transcript(const RequestLimits& limits = {}, std::uint64_t body_limit = 0)
      : reader_(limits), body_limit_(body_limit) {}

  // Feeds the stream to its end or to a refusal. Each portion lies in memory of its own size, so
  // that a sanitizer sees a read beyond it.
  std::string write(std::string_view stream, const PortionSize& portion_size) {
    while (!stream.empty()) {
      const std::size_t size = portion_size(stream.size());
      const std::vector<char> portion(stream.begin(), stream.begin() + size);
      stream.remove_prefix(size);
      if (!feed({portion.data(), portion.size()})) return text_;
    }
    if (is_in_body_) end_body("body incomplete");
    if (reader_.has_begun()) text_ += "head incomplete\n";
    return text_;
  }

 private:
  using State = RequestReader::State;

  bool feed(std::string_view bytes) {
    for (;;) {
      const RequestReader::Step step =
          is_in_body_ ? reader_.read_body(bytes) : reader_.read_head(bytes, request_);
      if (is_in_body_) {
        for (const std::string_view piece : reader_.pieces()) body_ += piece;
      }
      if (step.state == State::kRefused) {
        if (is_in_body_) end_body("body refused");
        text_ += std::to_string(reader_.refusal().status) + " ";
        text_ += reader_.refusal().reason;
        text_ += "\n";
        return false;
      }
      if (step.state == State::kNeedMore) {
        if (step.consumed != bytes.size()) text_ += "BYTES LEFT BEHIND\n";
        return true;
      }
      bytes.remove_prefix(step.consumed);
      if (is_in_body_) {
        end_body("body");
      } else {
        write_head();
        reader_.limit_body(body_limit_);
      }
      is_in_body_ = !is_in_body_;
      if (bytes.empty() && !is_in_body_) return true;
    }
  }

  void end_body(std::string_view title) {
    text_ += title;
    text_ += "=" + body_ + "\n";
    body_.clear();
  }

  void write_head() {
    line("method", request_.method);
    line("target", request_.target);
    line("path", request_.path);
    line("query", request_.query);
    line("authority", request_.authority);
    for (const Field& field : request_.fields) {
      line("field", std::string(field.name) + ": " + std::string(field.value));
    }
    line("head", {request_.head.data(), request_.head.size()});
    text_ += "HTTP/1." + std::to_string(request_.minor_version);
    text_ += request_.is_keep_alive ? " keep-alive" : " close";
    if (request_.expects_continue) text_ += " 100-continue";
    if (request_.framing == Framing::kChunked) text_ += " chunked";
    if (request_.framing == Framing::kLength) {
      text_ += " length " + std::to_string(request_.content_length);
    }
    text_ += "\n";
  }

  void line(std::string_view title, std::string_view value) {
    text_ += title;
    text_ += "=";
    text_ += value;
    text_ += "\n";
  }

  RequestReader reader_;
  const std::uint64_t body_limit_;
  Request request_;
  bool is_in_body_ = false;
  std::string body_;
  std::string text_;
};

inline std::string read_whole(std::string_view stream, const RequestLimits& limits = {},
                              std::uint64_t body_limit = 0) {
  return Transcript(limits, body_limit).write(stream, [](std::size_t left) { return left; });
}

inline std::string read_by_bytes(std::string_view stream, const RequestLimits& limits = {},
                                 std::uint64_t body_limit = 0) {
  return Transcript(limits, body_limit).write(stream, [](std::size_t) { return std::size_t{1}; });
}

// `random` gives any number; portions are mostly small, as boundaries are where things go wrong.
inline std::string read_split(std::string_view stream, const std::function<unsigned()>& random,
                              const RequestLimits& limits = {}, std::uint64_t body_limit = 0) {
  return Transcript(limits, body_limit).write(stream, [&random](std::size_t left) {
    const std::size_t largest = random() % 4 == 0 ? 200 : 12;
    return std::min<std::size_t>(left, 1 + random() % largest);
  });
}

}  // namespace forkloom::http
