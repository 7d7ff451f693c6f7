#include <algorithm>
#include <cstring>

#include "scoreboard/scoreboard.h"

namespace forkloom::scoreboard {
namespace {

// A reader that never finds the row at rest (its writer was killed while writing) stops here.
constexpr int kMostTries = 1000;

// The row is written by another program, which an application may have corrupted: what goes into
// the log is printable.
std::string printable(const char* text, std::size_t length) {
  std::string result(text, length);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return result;
}

template <std::size_t N>
void store_words(std::array<std::atomic<std::uint64_t>, N>& words, const char* text,
                 std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, text + i * sizeof word, sizeof word);
    words[i].store(word, std::memory_order_release);
  }
}

template <std::size_t N>
void load_words(const std::array<std::atomic<std::uint64_t>, N>& words, char* text) {
  for (std::size_t i = 0; i < N; ++i) {
    const std::uint64_t word = words[i].load(std::memory_order_acquire);
    std::memcpy(text + i * sizeof word, &word, sizeof word);
  }
}

std::size_t append(std::array<char, kLineSize>& line, std::size_t used, std::string_view text) {
  return used + text.copy(line.data() + used, line.size() - used);
}

}  // namespace

void ThreadRow::set_idle() { state_.store(ThreadState::kIdle, std::memory_order_release); }

// Every store between the two of sequence_ is a release and every load of a reader an acquire:
// whoever sees one of the new values also sees that the sequence was odd. On x86 this costs
// nothing.
void ThreadRow::begin(std::string_view request_id, std::string_view method, std::string_view target,
                      std::int64_t start_us) {
  std::array<char, kIdSize> id{};
  request_id.copy(id.data(), id.size());
  std::array<char, kLineSize> line;
  std::size_t length = append(line, 0, method);
  length = append(line, length, " ");
  length = append(line, length, target);
  const std::size_t words = (length + 7) / 8;
  std::memset(line.data() + length, 0, words * 8 - length);

  const std::uint32_t sequence = sequence_.load(std::memory_order_relaxed);
  sequence_.store(sequence + 1, std::memory_order_relaxed);
  store_words(id_, id.data(), id_.size());
  store_words(line_, line.data(), words);
  line_length_.store(static_cast<std::uint32_t>(length), std::memory_order_release);
  start_us_.store(start_us, std::memory_order_release);
  state_.store(ThreadState::kRunning, std::memory_order_release);
  sequence_.store(sequence + 2, std::memory_order_release);
}

void ThreadRow::end() {
  // One writer: no atomic addition is needed.
  requests_.store(requests_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  set_idle();
}

ThreadView ThreadRow::view() const {
  ThreadView view;
  for (int tries = 0; tries < kMostTries; ++tries) {
    const std::uint32_t before = sequence_.load(std::memory_order_acquire);
    std::array<char, kIdSize> id;
    std::array<char, kLineSize> line;
    load_words(id_, id.data());
    load_words(line_, line.data());
    const std::size_t length = line_length_.load(std::memory_order_acquire);
    const std::int64_t start_us = start_us_.load(std::memory_order_acquire);
    view.state = state_.load(std::memory_order_acquire);
    view.requests = requests_.load(std::memory_order_acquire);
    if (before % 2 != 0 || sequence_.load(std::memory_order_relaxed) != before) continue;
    if (view.state == ThreadState::kRunning) {
      const auto* const id_end = std::find(id.begin(), id.end(), '\0');
      view.running =
          RunningRequest{printable(id.data(), static_cast<std::size_t>(id_end - id.begin())),
                         printable(line.data(), std::min(length, kLineSize)), start_us};
    }
    return view;
  }
  return view;
}

void ThreadRow::clear() {
  state_ = ThreadState::kUnused;
  requests_ = 0;
  start_us_ = 0;
  line_length_ = 0;
  for (auto& word : id_) word = 0;
  for (auto& word : line_) word = 0;
  sequence_ = 0;
}

}  // namespace forkloom::scoreboard
