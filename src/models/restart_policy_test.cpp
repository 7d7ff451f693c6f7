#include "models/restart_policy.h"

#include <gtest/gtest.h>

namespace forkloom::models {
namespace {

using Kind = RestartDecision::Kind;

const SteadyTime kNow = SteadyTime{} + std::chrono::hours(1);

ChildLife never_ready() { return {kNow, {}, false}; }
ChildLife ready_for(milliseconds duration) { return {kNow, kNow - duration, true}; }

milliseconds pause(const RestartDecision& decision) {
  return duration_cast<milliseconds>(decision.when - kNow);
}

TEST(RestartPolicy, GivesUpWhereTheFirstChildNeverBecameReady) {
  RestartPolicy policy;
  EXPECT_EQ(policy.on_end(never_ready()).kind, Kind::kGiveUp);
}

TEST(RestartPolicy, ReplacesAChildThatWorkedAtOnce) {
  RestartPolicy policy;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(policy.on_end(ready_for(RestartPolicy::kProof)).kind, Kind::kStartNow);
  }
}

TEST(RestartPolicy, ReplacesAChildThatCrashedEarlyOnceAtOnce) {
  RestartPolicy policy;
  EXPECT_EQ(policy.on_end(ready_for(milliseconds(1))).kind, Kind::kStartNow);
}

TEST(RestartPolicy, PausesGrowWhileChildrenCrashSoonAfterTheyWereReady) {
  RestartPolicy policy;
  policy.on_end(ready_for(milliseconds(1)));
  const auto second = policy.on_end(ready_for(milliseconds(1)));
  const auto third = policy.on_end(ready_for(milliseconds(1)));
  EXPECT_EQ(second.kind, Kind::kWait);
  EXPECT_EQ(third.kind, Kind::kWait);
  EXPECT_EQ(pause(third), 2 * pause(second));
}

TEST(RestartPolicy, NeverGivesUpOnceAChildWorkedAndPausesUpToABound) {
  RestartPolicy policy;
  policy.on_end(ready_for(RestartPolicy::kProof));
  const auto first = policy.on_end(never_ready());
  EXPECT_EQ(first.kind, Kind::kWait);
  EXPECT_EQ(pause(first), RestartPolicy::kFirstPause);
  milliseconds last = pause(first);
  for (int i = 0; i < 1000; ++i) {
    const auto decision = policy.on_end(never_ready());
    ASSERT_EQ(decision.kind, Kind::kWait);
    EXPECT_GE(pause(decision), last);
    last = pause(decision);
  }
  EXPECT_EQ(last, RestartPolicy::kLongestPause);
}

TEST(RestartPolicy, AChildThatWorkedEndsThePauses) {
  RestartPolicy policy;
  policy.on_end(ready_for(RestartPolicy::kProof));
  for (int i = 0; i < 10; ++i) policy.on_end(never_ready());
  EXPECT_EQ(policy.on_end(ready_for(RestartPolicy::kProof)).kind, Kind::kStartNow);
  EXPECT_EQ(pause(policy.on_end(never_ready())), RestartPolicy::kFirstPause);
}

}  // namespace
}  // namespace forkloom::models
