#include "connection/response.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "connection/http_date.h"
#include "http/text.h"
#include "os/socket.h"

namespace forkloom::connection {
namespace {

constexpr int kFirstError = 400;
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kLastChunk = "0\r\n\r\n";
constexpr std::string_view kChunkEndAndLastChunk = "\r\n0\r\n\r\n";

bool has_field(std::span<const http::Field> fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [name](const http::Field& field) {
    return http::equals_ignoring_case(field.name, name);
  });
}

}  // namespace

void Response::begin(const http::Request* request, std::string_view request_id,
                     bool may_keep_alive) {
  request_ = request;
  request_id_ = request_id;
  may_keep_alive_.store(may_keep_alive, std::memory_order_relaxed);
  log_ = &own_log_;
  editor_ = nullptr;
  plan_ = {};
  head_.clear();
  pieces_.clear();
  remaining_ = 0;
  body_bytes_ = 0;
  sent_before_ = outbox_.sent();
  status_ = 0;
  is_started_ = false;
  offered_error_ = 0;
  is_complete_ = false;
  has_end_mark_ = false;
  is_over_length_ = false;
  refusal_fields_.clear();
}

app::Sent Response::start(const app::ResponseHead& head, std::span<const std::string_view> blocks,
                          app::Flow flow, bool is_whole) {
  return start(head, blocks, flow, is_whole, false);
}

app::Sent Response::start(app::ResponseHead head, std::span<const std::string_view> blocks,
                          app::Flow flow, bool is_whole, bool is_own) {
  std::vector<http::Field> with_refusal;
  if (!refusal_fields_.empty()) {
    with_refusal.assign(head.fields.begin(), head.fields.end());
    // A document that answers instead says of itself what it is (ETag, Last-Modified).
    for (const auto& [name, value] : refusal_fields_) {
      if (!has_field(head.fields, name)) with_refusal.push_back({.name = name, .value = value});
    }
    head.fields = with_refusal;
  }
  if (editor_ != nullptr) head.fields = editor_->edit(head.status, head.fields, is_own);
  const http::ResponseStart start{.status = head.status,
                                  .reason = head.reason,
                                  .fields = head.fields,
                                  .body_length = head.body_length};
  plan_ = http::plan_response(request_, start, may_keep_alive_.load(std::memory_order_relaxed));
  remaining_ = plan_.length;
  status_ = head.status;
  is_started_ = true;
  http::append_head(request_, start, plan_, http_date_now(), server_field_, head_);
  pieces_.assign(1, head_);
  const bool has_body = add_body(blocks);
  if (is_whole && plan_.framing == http::BodyFraming::kChunked) {
    if (has_body) {
      pieces_.back() = kChunkEndAndLastChunk;
    } else {
      pieces_.push_back(kLastChunk);
    }
    has_end_mark_ = true;
  }
  return send_pieces(flow, !is_whole && blocks.empty());
}

app::Sent Response::write(std::span<const std::string_view> blocks, app::Flow flow) {
  pieces_.clear();
  add_body(blocks);
  return send_pieces(flow, false);
}

bool Response::add_body(std::span<const std::string_view> blocks) {
  using http::BodyFraming;
  if (plan_.framing == BodyFraming::kNone) return false;
  if (plan_.framing == BodyFraming::kChunked) {
    std::uint64_t total = 0;
    for (const std::string_view block : blocks) total += block.size();
    if (total == 0) return false;
    chunk_size_.clear();
    http::append_chunk_size(total, chunk_size_);
    pieces_.push_back(chunk_size_);
    pieces_.insert(pieces_.end(), blocks.begin(), blocks.end());
    pieces_.push_back(kLineEnd);
    body_bytes_ += total;
    return true;
  }
  for (const std::string_view block : blocks) {
    const std::uint64_t size = clip(block.size());
    if (size > 0) pieces_.push_back(block.substr(0, size));
    body_bytes_ += size;
  }
  return true;
}

// How much of `size` more bytes the declared length allows.
std::uint64_t Response::clip(std::uint64_t size) {
  if (plan_.framing != http::BodyFraming::kLength) return size;
  if (size > remaining_) {
    if (!std::exchange(is_over_length_, true)) {
      log_->write_for(request_id_, Level::kWarning,
                      "the application sent more than its Content-Length of {} bytes: the excess "
                      "was cut",
                      plan_.length);
    }
    size = remaining_;
  }
  remaining_ -= size;
  return size;
}

app::Sent Response::send_pieces(app::Flow flow, bool has_more) {
  // Waiting comes before the sending: whoever has handed over its last block waits for nobody.
  if (flow == app::Flow::kWait && !outbox_.wait_for_room()) return app::Sent::kGone;
  const Outbox::Outcome outcome = outbox_.send(pieces_, has_more);
  pieces_.clear();
  if (outcome == Outbox::Outcome::kGone) return app::Sent::kGone;
  if (outcome == Outbox::Outcome::kMustDrain) owner_.start_draining();
  return is_over_length_ ? app::Sent::kOverLength : app::Sent::kTaken;
}

app::Sent Response::write_file(int fd, std::uint64_t offset, std::uint64_t length) {
  using http::BodyFraming;
  length = clip(length);
  if (plan_.framing == BodyFraming::kNone || length == 0) {
    return is_over_length_ ? app::Sent::kOverLength : app::Sent::kTaken;
  }
  auto file = os::duplicate(fd);
  if (!file) {
    log_->write_for(request_id_, Level::kError, "sending a file: {}", file.error().message());
    outbox_.mark_gone();
    return app::Sent::kGone;
  }
  if (plan_.framing == BodyFraming::kChunked) {
    chunk_size_.clear();
    http::append_chunk_size(length, chunk_size_);
    pieces_.assign(1, chunk_size_);
    if (send_pieces(app::Flow::kHandOver, true) == app::Sent::kGone) return app::Sent::kGone;
  }
  const Outbox::Outcome outcome = outbox_.send_file(std::move(*file), offset, length);
  if (outcome == Outbox::Outcome::kGone) return app::Sent::kGone;
  if (outcome == Outbox::Outcome::kMustDrain) owner_.start_draining();
  body_bytes_ += length;
  if (plan_.framing == BodyFraming::kChunked) {
    pieces_.assign(1, kLineEnd);
    return send_pieces(app::Flow::kHandOver, true);
  }
  return is_over_length_ ? app::Sent::kOverLength : app::Sent::kTaken;
}

void Response::finish() {
  if (!is_started_) return abort();
  if (plan_.framing == http::BodyFraming::kLength && remaining_ > 0) {
    if (!outbox_.is_gone()) {
      log_->write_for(request_id_, Level::kWarning,
                      "the application sent {} bytes less than its Content-Length of {}: the "
                      "connection is closed",
                      remaining_, plan_.length);
    }
    return abort();
  }
  if (plan_.framing == http::BodyFraming::kChunked && !has_end_mark_) {
    pieces_.assign(1, kLastChunk);
    send_pieces(app::Flow::kHandOver, false);
  }
  is_complete_ = true;
  end();
}

void Response::abort() {
  if (!is_started_) return answer(500);
  plan_.is_keep_alive = false;
  end();
}

void Response::refuse(int status, std::span<const http::Field> fields) {
  for (const http::Field& field : fields) refusal_fields_.emplace_back(field.name, field.value);
  answer(status);
}

void Response::answer(int status) {
  if (status < kFirstError) return answer_plainly(status);
  // Where the document of an error fails itself, the client is told of the first error.
  if (offered_error_ != 0) return answer_plainly(offered_error_);
  offered_error_ = status;
  if (!owner_.answers_error(status)) answer_plainly(status);
}

void Response::answer_plainly(int status) {
  const std::string text = fmt::format("{} {}\n", status, http::reason_phrase(status));
  answer(status, {}, text, "text/plain; charset=utf-8");
}

void Response::answer(int status, std::span<const http::Field> fields, std::string_view text,
                      std::string_view content_type) {
  std::vector<http::Field> all(fields.begin(), fields.end());
  if (!content_type.empty()) all.push_back({.name = "Content-Type", .value = content_type});
  const std::array<std::string_view, 1> blocks = {text};
  start({.status = status, .reason = "", .fields = all, .body_length = text.size()}, blocks,
        app::Flow::kHandOver, true, true);
  finish();
}

void Response::end() {
  // Where the network thread still sends, it calls response_done() after the last byte.
  if (outbox_.end()) owner_.response_done();
}

std::optional<std::uint64_t> Response::regular_file_size(int fd) const {
  const auto size = os::regular_file_size(fd);
  if (!size) return std::nullopt;
  return *size;
}

}  // namespace forkloom::connection
