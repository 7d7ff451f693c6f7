#pragma once

// The answer to the request that a request thread is serving, as far as it has come: between
// nothing said, a head given but still changeable, and a head sent. The application's
// start_response and write() act on it, and so does the thread that sends what it returned.
// One per request thread, reused for each request.

#include <optional>
#include <span>
#include <string_view>

#include "app/exchange.h"
#include "python/interpreter.h"
#include "wsgi/head.h"

namespace forkloom::wsgi {

class Answer {
 public:
  // Not attached. The response lives until its end. overrides_errors: the server answers in place
  // of a head whose status is an error.
  void begin(app::Response& response, bool overrides_errors);

  Head& head() { return head_; }
  // The head can no longer change: it was sent, or is being sent right now.
  bool is_committed() const { return is_committed_; }
  // The head is one that the server answers for; nothing of the application's was sent.
  bool is_overridden() const {
    return overrides_errors_ && !is_sent_ && head_.status() >= kFirstError;
  }
  // The client left: more output is pointless.
  bool is_gone() const { return last_ == app::Sent::kGone; }
  // All that the declared Content-Length allows was sent.
  bool is_over_length() const { return last_ == app::Sent::kOverLength; }
  bool takes_more() const { return last_ == app::Sent::kTaken; }

  // Commits the head, for a send() to follow without Python.
  void commit(python::Attached& /*py*/) { is_committed_ = true; }
  // Blocks, with the head before the first ones. Detached, after commit().
  app::Sent send(std::span<const std::string_view> blocks, app::Flow flow,
                 std::optional<std::uint64_t> body_length, bool is_whole);
  app::Sent send_file(int fd, std::uint64_t offset, std::uint64_t length);

  app::Response& response() { return *response_; }

 private:
  static constexpr int kFirstError = 400;

  app::Response* response_ = nullptr;
  Head head_;
  bool overrides_errors_ = false;
  bool is_committed_ = false;
  bool is_sent_ = false;
  app::Sent last_ = app::Sent::kTaken;
};

}  // namespace forkloom::wsgi
