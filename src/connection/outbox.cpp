#include "connection/outbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "os/socket.h"

namespace forkloom::connection {
namespace {

// The bytes of `pieces` past the first `skipped`, as one string.
std::string rest_of(std::span<const std::string_view> pieces, std::size_t skipped) {
  std::size_t total = 0;
  for (const std::string_view piece : pieces) total += piece.size();
  std::string rest;
  rest.reserve(total - skipped);
  for (const std::string_view piece : pieces) {
    const std::size_t skip = std::min(skipped, piece.size());
    rest.append(piece.substr(skip));
    skipped -= skip;
  }
  return rest;
}

}  // namespace

Outbox::Outcome Outbox::send(std::span<const std::string_view> pieces, bool has_more) {
  bool sends_directly = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_gone_) return Outcome::kGone;
    sends_directly = !is_draining_;
  }
  while (!pieces.empty()) {
    const auto part = pieces.first(std::min(pieces.size(), os::kMostPieces));
    std::size_t taken = 0;
    if (sends_directly) {
      const bool part_has_more = has_more || part.size() < pieces.size();
      const os::Progress progress = os::send_pieces(socket_, part, part_has_more);
      taken = progress.bytes;
      sent_ += taken;
      if (progress.error == 0) {
        pieces = pieces.subspan(part.size());
        continue;
      }
      if (progress.error != EAGAIN) {
        mark_gone();
        return Outcome::kGone;
      }
    }
    std::string rest = rest_of(pieces, taken);
    const std::size_t size = rest.size();
    return queue(Bytes{std::move(rest), 0}, size);
  }
  return Outcome::kDone;
}

Outbox::Outcome Outbox::send_file(os::UniqueFd file, std::uint64_t offset, std::uint64_t length) {
  FileRange range{std::move(file), offset, length};
  bool sends_directly = false;
  {
    const std::lock_guard lock(mutex_);
    if (is_gone_) return Outcome::kGone;
    sends_directly = !is_draining_;
  }
  if (sends_directly) {
    Segment segment = std::move(range);
    const int error = send_segment(segment);
    if (error == 0) return Outcome::kDone;
    if (error != EAGAIN) {
      mark_gone();
      return Outcome::kGone;
    }
    return queue(std::move(segment), 0);
  }
  return queue(std::move(range), 0);
}

Outbox::Outcome Outbox::queue(Segment segment, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  if (is_gone_) return Outcome::kGone;
  queue_.push_back(std::move(segment));
  queued_bytes_ += bytes;
  return std::exchange(is_draining_, true) ? Outcome::kQueued : Outcome::kMustDrain;
}

bool Outbox::wait_for_room() {
  std::unique_lock lock(mutex_);
  if (queued_bytes_ > kHighMark) {
    room_.wait(lock, [this] { return queued_bytes_ < kLowMark || is_gone_; });
  }
  return !is_gone_;
}

bool Outbox::end() {
  const std::lock_guard lock(mutex_);
  is_ended_ = is_draining_;
  return !is_draining_;
}

int Outbox::send_segment(Segment& segment) {
  if (auto* bytes = std::get_if<Bytes>(&segment)) {
    const std::array pieces = {std::string_view(bytes->text).substr(bytes->offset)};
    const os::Progress progress = os::send_pieces(socket_, pieces, false);
    bytes->offset += progress.bytes;
    sent_ += progress.bytes;
    return progress.error;
  }
  auto& range = std::get<FileRange>(segment);
  while (range.length > 0) {
    const os::Progress progress =
        os::send_file(socket_, range.file.get(), range.offset, range.length);
    if (progress.error != 0) return progress.error;
    range.offset += progress.bytes;
    range.length -= progress.bytes;
    sent_ += progress.bytes;
  }
  return 0;
}

Outbox::Drained Outbox::drain() {
  std::unique_lock lock(mutex_);
  while (!is_gone_ && !queue_.empty()) {
    // The front stays where it is while unlocked: only this thread removes, and a deque's push
    // moves no element.
    Segment& front = queue_.front();
    const std::uint64_t before = sent_;
    const bool is_bytes = std::holds_alternative<Bytes>(front);
    lock.unlock();
    const int error = send_segment(front);
    lock.lock();
    if (is_bytes) queued_bytes_ -= static_cast<std::size_t>(sent_ - before);
    if (queued_bytes_ < kLowMark) room_.notify_all();
    if (error == EAGAIN) return Drained::kBlocked;
    if (error != 0) {
      is_gone_ = true;
      room_.notify_all();
      break;
    }
    queue_.pop_front();
  }
  if (is_gone_) {
    queue_.clear();
    queued_bytes_ = 0;
  }
  is_draining_ = false;
  if (std::exchange(is_ended_, false)) return Drained::kEnded;
  return is_gone_ ? Drained::kGone : Drained::kEmpty;
}

std::optional<std::uint64_t> Outbox::draining_progress() {
  const std::lock_guard lock(mutex_);
  if (!is_draining_) return std::nullopt;
  return sent_;
}

void Outbox::mark_gone() {
  const std::lock_guard lock(mutex_);
  is_gone_ = true;
  room_.notify_all();
}

bool Outbox::is_gone() {
  const std::lock_guard lock(mutex_);
  return is_gone_;
}

}  // namespace forkloom::connection
