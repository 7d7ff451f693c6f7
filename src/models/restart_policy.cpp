#include "models/restart_policy.h"

#include <algorithm>

namespace forkloom::models {
namespace {

// The pause after that many quick ends in a row, the first of them 1.
milliseconds pause_after(std::uint32_t quick_ends) {
  constexpr std::uint32_t kMostDoublings = 16;  // far beyond kLongestPause, far below overflow
  const std::uint32_t doublings = std::min(quick_ends - 1, kMostDoublings);
  return std::min<milliseconds>(RestartPolicy::kFirstPause * (1U << doublings),
                                RestartPolicy::kLongestPause);
}

}  // namespace

RestartDecision RestartPolicy::on_end(const ChildLife& life) {
  using Kind = RestartDecision::Kind;
  if (!life.was_ready && !has_ever_been_ready_) return {Kind::kGiveUp, {}};
  if (life.was_ready) has_ever_been_ready_ = true;
  if (life.was_ready && life.end - life.ready >= kProof) {
    quick_ends_ = 0;
    return {Kind::kStartNow, {}};
  }
  ++quick_ends_;
  // A single crash, however early, costs the clients no pause.
  if (life.was_ready && quick_ends_ == 1) return {Kind::kStartNow, {}};
  return {Kind::kWait, life.end + pause_after(quick_ends_)};
}

}  // namespace forkloom::models
