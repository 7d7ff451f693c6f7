#include "worker/given.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handoff/channel.h"
#include "os/identity.h"
#include "os/socket.h"
#include "scoreboard/scoreboard.h"

namespace forkloom::worker {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// The parent's part, in this process. It gives copies, since who takes over owns what it takes.
class TakingOver : public testing::Test {
 protected:
  Result<Given> take(const std::string& text) {
    auto ends = handoff::make_channel().value();
    parent_ = std::move(ends.first);
    handoff::Inheritance inheritance;
    // An access log on standard output keeps the error log from taking it over.
    inheritance.settings_text = "ErrorLog -\nCustomLog - %U\n" + text;
    inheritance.listeners = {{.fd = copy(parent_.get()), .address = "127.0.0.1:8000"}};
    inheritance.parent_channel_fd = ends.second.release();
    inheritance.scoreboard_fd = copy(table_.fd());
    inheritance.child_number = 1;
    return take_over(handoff::write_inheritance(inheritance).value().release());
  }
  static int copy(int fd) { return os::duplicate(fd).value().release(); }

  os::UniqueFd parent_;
  scoreboard::Scoreboard table_ = scoreboard::Scoreboard::create(2, 1).value();
};

TEST_F(TakingOver, ReadsTheSettingsAndShowsTheProcessAsStarting) {
  const auto given = take("ServerName a.org\n");
  ASSERT_TRUE(given) << given.error().message();
  EXPECT_EQ(given->settings.main.name, "a.org");
  ASSERT_EQ(given->listeners.size(), 1U);
  EXPECT_TRUE(given->listeners.front().is_open());
  EXPECT_EQ(table_.process_state(1), scoreboard::ProcessState::kStarting);
  EXPECT_EQ(table_.process_pid(1), os::process_id());
  EXPECT_EQ(table_.process_state(0), scoreboard::ProcessState::kUnused);
}

TEST_F(TakingOver, AFailureIsReportedToTheParent) {
  const auto given = take("");
  ASSERT_TRUE(given);
  given->report_failure("no module 'shop'");
  const auto report = handoff::receive_report(parent_.get());
  ASSERT_TRUE(report && *report);
  const auto& failed = std::get<handoff::Failed>(**report);
  EXPECT_EQ(failed.message, "no module 'shop'");
  EXPECT_TRUE(failed.is_final);
}

TEST_F(TakingOver, SettingsThatCannotBeReadAreAnError) {
  const auto given = take("NoSuchDirective On\n");
  ASSERT_FALSE(given);
  EXPECT_THAT(given.error().message(), StartsWith("the parent's settings:3: "));
  EXPECT_THAT(given.error().message(), HasSubstr("NoSuchDirective"));
}

TEST_F(TakingOver, ADescriptorThatHoldsNothingIsAnError) {
  EXPECT_FALSE(take_over(copy(table_.fd())));
}

}  // namespace
}  // namespace forkloom::worker
