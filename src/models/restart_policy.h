#pragma once

// When a child that ended is started again: a pure decision about one child, with time as an
// argument. It never asks a clock and never starts anything.

#include <cstdint>

#include "base/time.h"

namespace forkloom::models {

// One life of a child, as its parent saw it.
struct ChildLife {
  SteadyTime end;
  // When it reported that it is ready; meaningless where it never did.
  SteadyTime ready;
  bool was_ready = false;
};

struct RestartDecision {
  enum class Kind : std::uint8_t { kStartNow, kWait, kGiveUp };
  Kind kind = Kind::kStartNow;
  SteadyTime when;  // for kWait
};

class RestartPolicy {
 public:
  // A child that was ready for that long has proved that it works.
  static constexpr seconds kProof{10};
  static constexpr milliseconds kFirstPause{500};
  static constexpr milliseconds kLongestPause{30'000};

  // A server whose first child never became ready gives up, since its application or configuration
  // is wrong and somebody is looking. Later, a child that worked is replaced at once; one that died
  // while starting, or again within kProof, after a pause that doubles from kFirstPause up to
  // kLongestPause.
  RestartDecision on_end(const ChildLife& life);

 private:
  bool has_ever_been_ready_ = false;
  std::uint32_t quick_ends_ = 0;  // in a row
};

}  // namespace forkloom::models
