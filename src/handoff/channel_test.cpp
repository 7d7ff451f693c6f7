#include "handoff/channel.h"

#include <cerrno>

#include <gtest/gtest.h>

#include "os/descriptor_flags.h"
#include "os/packet_socket.h"

namespace forkloom::handoff {
namespace {

class Channel : public testing::Test {
 protected:
  void SetUp() override {
    auto ends = make_channel();
    ASSERT_TRUE(ends.has_value());
    parent_ = std::move(ends->first);
    child_ = std::move(ends->second);
  }

  os::UniqueFd parent_;
  os::UniqueFd child_;
};

TEST_F(Channel, CarriesReady) {
  ASSERT_TRUE(send_report(child_.get(), Ready{"3.13.0", "/venv/bin/python", "free-threaded"}));
  const auto report = receive_report(parent_.get());
  ASSERT_TRUE(report && *report);
  const auto& ready = std::get<Ready>(**report);
  EXPECT_EQ(ready.python_version, "3.13.0");
  EXPECT_EQ(ready.python_executable, "/venv/bin/python");
  EXPECT_EQ(ready.interpreter_flavour, "free-threaded");
}

TEST_F(Channel, KeepsReportsApart) {
  ASSERT_TRUE(send_report(child_.get(), Failed{"no module 'a'\n", true}));
  ASSERT_TRUE(send_report(child_.get(), Failed{"address taken", false}));
  const auto first = receive_report(parent_.get());
  const auto second = receive_report(parent_.get());
  ASSERT_TRUE(first && *first && second && *second);
  EXPECT_EQ(std::get<Failed>(**first).message, "no module 'a'\n");
  EXPECT_TRUE(std::get<Failed>(**first).is_final);
  EXPECT_EQ(std::get<Failed>(**second).message, "address taken");
  EXPECT_FALSE(std::get<Failed>(**second).is_final);
}

TEST_F(Channel, ALongTracebackKeepsItsBeginningAndItsEnd) {
  const std::string message =
      "Traceback:\n" + std::string(1U << 20, '\x01') + "\nRecursionError: deep";
  ASSERT_TRUE(send_report(child_.get(), Failed{message, true}));
  const auto report = receive_report(parent_.get());
  ASSERT_TRUE(report && *report);
  const std::string& received = std::get<Failed>(**report).message;
  EXPECT_TRUE(received.starts_with("Traceback:\n"));
  EXPECT_TRUE(received.ends_with("\nRecursionError: deep"));
  EXPECT_LT(received.size(), message.size());
}

TEST_F(Channel, AMessageThatIsNotUtf8StillArrives) {
  ASSERT_TRUE(send_report(child_.get(), Failed{"caf\xe9.py", true}));
  const auto report = receive_report(parent_.get());
  ASSERT_TRUE(report && *report);
  EXPECT_EQ(std::get<Failed>(**report).message, "caf\xef\xbf\xbd.py");
}

TEST_F(Channel, EachSideSeesThatTheOtherIsGone) {
  child_.reset();
  const auto report = receive_report(parent_.get());
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->has_value());
}

TEST_F(Channel, AnUnreadReportOfAChildThatIsGoneIsStillReceived) {
  ASSERT_TRUE(send_report(child_.get(), Failed{"last words", true}));
  child_.reset();
  const auto report = receive_report(parent_.get());
  ASSERT_TRUE(report && *report);
  EXPECT_EQ(std::get<Failed>(**report).message, "last words");
}

TEST_F(Channel, SendingToAParentThatIsGoneIsAnErrorAndNoSignal) {
  parent_.reset();
  const auto sent = send_report(child_.get(), Ready{});
  ASSERT_FALSE(sent.has_value());
  EXPECT_EQ(sent.error().number(), EPIPE);
}

TEST_F(Channel, ANonBlockingParentIsToldThatNothingIsThere) {
  ASSERT_TRUE(os::set_non_blocking(parent_.get(), true));
  const auto report = receive_report(parent_.get());
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().number(), EAGAIN);
}

TEST_F(Channel, PacketsThatAreNoReportsAreErrors) {
  for (const char* packet : {"{", "[]", "{}", R"({"report": "sleepy"})", R"({"report": 7})",
                             R"({"report": "failed", "message": 1, "is_final": true})"}) {
    ASSERT_TRUE(os::send_packet(child_.get(), packet));
    EXPECT_FALSE(receive_report(parent_.get()).has_value()) << packet;
  }
}

}  // namespace
}  // namespace forkloom::handoff
