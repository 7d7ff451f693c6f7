#pragma once

// What is still to be sent on one connection. The thread that answers sends directly; what the
// socket does not take is queued, and from then on the network thread sends until the queue is
// empty. So a slow client costs the answering thread nothing once its output exists.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "os/descriptor.h"

namespace forkloom::connection {

class Outbox {
 public:
  // With Wait::kForRoom the caller waits while more than kHighMark bytes are queued, until they
  // are fewer than kLowMark.
  static constexpr std::size_t kHighMark = 256U << 10;
  static constexpr std::size_t kLowMark = 64U << 10;
  enum class Wait : std::uint8_t { kNever, kForRoom };

  enum class Outcome : std::uint8_t {
    kDone,       // nothing is queued
    kQueued,     // the network thread has it; it was already sending
    kMustDrain,  // the network thread has it and must be told to begin
    kGone,       // the connection is lost
  };

  explicit Outbox(int socket) : socket_(socket) {}

  // Answering thread, one at a time. has_more: another call follows at once.
  Outcome send(std::span<const std::string_view> pieces, bool has_more);
  // Takes the file over for as long as it is needed.
  Outcome send_file(os::UniqueFd file, std::uint64_t offset, std::uint64_t length);
  // Waits for room; false where the connection is lost.
  bool wait_for_room();

  // The answer is complete. True where all of it was sent (or the connection is lost): the caller
  // goes on. False where the network thread still sends: drain() will return kEnded later.
  bool end();

  // Network thread. Sends what the socket takes. kEmpty: the answering thread may send directly
  // again; kEnded: the answer that end() spoke of is sent, or the connection lost.
  enum class Drained : std::uint8_t { kEmpty, kBlocked, kEnded, kGone };
  Drained drain();

  // Network thread: bytes sent so far, while it owns the sending.
  std::optional<std::uint64_t> draining_progress();

  // Any thread: nothing more will be sent; wakes whoever waits.
  void mark_gone();
  bool is_gone();
  // Bytes taken by the kernel since the connection began.
  std::uint64_t sent() const { return sent_; }

 private:
  struct FileRange {
    os::UniqueFd file;
    std::uint64_t offset;
    std::uint64_t length;
  };
  struct Bytes {
    std::string text;
    std::size_t offset;
  };
  using Segment = std::variant<Bytes, FileRange>;

  Outcome queue(Segment segment, std::size_t bytes);
  // Sends from the segment's start and shortens it; errno of the send, 0 where it is done.
  int send_segment(Segment& segment);

  const int socket_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Segment> queue_;
  std::size_t queued_bytes_ = 0;
  bool is_draining_ = false;  // the network thread owns the sending
  bool is_gone_ = false;
  bool is_ended_ = false;
  // Written by whoever owns the sending; the hand-over goes through mutex_.
  std::uint64_t sent_ = 0;
};

}  // namespace forkloom::connection
