#pragma once

// The answer to one request: framing over an Outbox. Used by one thread at a time; reused for
// each request of a connection.

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exchange.h"
#include "base/log.h"
#include "connection/outbox.h"
#include "http/request.h"
#include "http/response_head.h"

namespace forkloom::connection {

// What a Response asks of the connection that it belongs to. Called from the answering thread.
class ResponseOwner {
 public:
  virtual ~ResponseOwner() = default;
  // Has the network thread call Outbox::drain.
  virtual void start_draining() noexcept = 0;
  // An answer of the server's own with this status, an error, is about to be made. true: somebody
  // else answers instead, now or later; the caller does not use the response again.
  virtual bool answers_error(int status) noexcept = 0;
  // All output is with the kernel, or lost. The exchange may be reused when this returns.
  virtual void response_done() noexcept = 0;
};

// Changes the fields of an answer before they are sent (Apache's Header directive).
class HeadEditor {
 public:
  virtual ~HeadEditor() = default;
  // The fields to send: `fields`, or others that live until the next call. From the answering
  // thread. is_own: the answer is the server's own refusal, not an application's or a file.
  virtual std::span<const http::Field> edit(int status, std::span<const http::Field> fields,
                                            bool is_own) noexcept = 0;
};

class Response final : public app::Response {
 public:
  Response(ResponseOwner& owner, Outbox& outbox, std::string_view server_field, Log& log)
      : owner_(owner), outbox_(outbox), server_field_(server_field), own_log_(log), log_(&log) {}

  // Makes it the answer to `request`; nullptr where no head could be read. request_id outlives
  // the answer. Without an editor, and with the log given to the constructor.
  void begin(const http::Request* request, std::string_view request_id, bool may_keep_alive);
  // The server stops: an answer that has not started yet is the connection's last. Any thread.
  void end_connection() { may_keep_alive_.store(false, std::memory_order_relaxed); }

  // For this answer only; nullptr for none. The editor outlives the answer's start.
  void set_editor(HeadEditor* editor) { editor_ = editor; }
  // Takes the answer's log lines; outlives the answer. Before it starts.
  void set_log(Log& log) { log_ = &log; }
  Log& log() const { return *log_; }

  app::Sent start(const app::ResponseHead& head, std::span<const std::string_view> blocks,
                  app::Flow flow, bool is_whole) override;
  app::Sent write(std::span<const std::string_view> blocks, app::Flow flow) override;
  app::Sent write_file(int fd, std::uint64_t offset, std::uint64_t length) override;
  void finish() override;
  void abort() override;
  void refuse(int status, std::span<const http::Field> fields) override;
  using app::Response::refuse;
  bool is_started() const override { return is_started_; }
  std::optional<std::uint64_t> regular_file_size(int fd) const override;

  // A whole answer of the server's own: a status and a line of text. An error is first offered to
  // the owner, once for each request.
  void answer(int status);
  // The same without asking the owner.
  void answer_plainly(int status);
  // With fields (Location, Allow) and a text of the caller's; no Content-Type field where
  // content_type is "".
  void answer(int status, std::span<const http::Field> fields, std::string_view text,
              std::string_view content_type);

  // For the owner, after the last call.
  bool is_keep_alive() const { return plan_.is_keep_alive; }
  bool is_complete() const { return is_complete_; }
  bool ends_with_connection() const { return plan_.framing == http::BodyFraming::kUntilClose; }
  int status() const { return status_; }
  std::string_view head() const { return head_; }
  std::uint64_t body_bytes() const { return body_bytes_; }
  std::uint64_t bytes_sent() const { return outbox_.sent() - sent_before_; }

 private:
  app::Sent start(app::ResponseHead head, std::span<const std::string_view> blocks, app::Flow flow,
                  bool is_whole, bool is_own);
  // Adds the blocks that the framing lets through to pieces_.
  bool add_body(std::span<const std::string_view> blocks);
  app::Sent send_pieces(app::Flow flow, bool has_more);
  std::uint64_t clip(std::uint64_t size);
  void end();

  ResponseOwner& owner_;
  Outbox& outbox_;
  const std::string_view server_field_;
  Log& own_log_;
  Log* log_;
  HeadEditor* editor_ = nullptr;

  const http::Request* request_ = nullptr;
  std::string_view request_id_;
  // Of a refusal, for whoever answers it: name and value.
  std::vector<std::pair<std::string, std::string>> refusal_fields_;
  http::ResponsePlan plan_;
  std::string head_;
  std::string chunk_size_;
  std::vector<std::string_view> pieces_;
  std::uint64_t remaining_ = 0;  // of a declared length
  std::uint64_t body_bytes_ = 0;
  std::uint64_t sent_before_ = 0;
  int status_ = 0;
  std::atomic<bool> may_keep_alive_ = false;
  bool is_started_ = false;
  int offered_error_ = 0;  // the status that the owner was asked to answer, 0 for none
  bool is_complete_ = false;
  bool has_end_mark_ = false;  // the last chunk is sent
  bool is_over_length_ = false;
};

}  // namespace forkloom::connection
