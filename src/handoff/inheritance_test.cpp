#include "handoff/inheritance.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "os/descriptor_flags.h"
#include "os/memory_file.h"
#include "os/packet_socket.h"

namespace forkloom::handoff {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(InheritanceTest, ComesBackAsItWasWritten) {
  auto first = os::make_packet_pair();
  auto second = os::make_packet_pair();
  ASSERT_TRUE(first && second);
  Inheritance written;
  written.settings_text = "Listen \"127.0.0.1:8000\"\n";
  written.listeners = {{first->first.get(), "127.0.0.1:8000"},
                       {first->second.get(), "unix:/tmp/caf\xc3\xa9.sock"}};
  written.logs = {{first->second.get(), "/var/log/site"}};
  written.parent_channel_fd = second->first.get();
  written.scoreboard_fd = second->second.get();
  written.child_number = 7;

  const auto file = write_inheritance(written);
  ASSERT_TRUE(file.has_value());
  const auto read = read_inheritance(file->get());
  ASSERT_TRUE(read.has_value()) << read.error().message();
  EXPECT_EQ(read->settings_text, written.settings_text);
  ASSERT_EQ(read->listeners.size(), 2U);
  EXPECT_EQ(read->listeners[1].address, written.listeners[1].address);
  EXPECT_EQ(inherited_log(*read, "/var/log/site"), first->second.get());
  EXPECT_EQ(inherited_log(*read, "/var/log/other"), -1);
  EXPECT_EQ(named_descriptors(*read), named_descriptors(written));
  EXPECT_EQ(read->child_number, 7U);
}

TEST(InheritanceTest, NamesEveryDescriptorThatCrosses) {
  Inheritance inheritance;
  inheritance.listeners = {{5, ""}, {6, ""}};
  inheritance.scoreboard_fd = 8;
  EXPECT_THAT(named_descriptors(inheritance), ElementsAre(5, 6, 8));
}

// Whether a program that this process starts without further care has the descriptor.
bool is_inherited(int fd) {
  return std::system(("test -e /proc/$$/fd/" + std::to_string(fd)).c_str()) == 0;
}

TEST(InheritanceTest, ProgramsOfTheReaderDoNotInheritTheDescriptors) {
  auto pair = os::make_packet_pair();
  ASSERT_TRUE(pair.has_value());
  Inheritance inheritance;
  inheritance.parent_channel_fd = pair->first.get();
  const auto file = write_inheritance(inheritance);
  ASSERT_TRUE(file.has_value());
  for (const int fd : {pair->first.get(), file->get()}) {
    ASSERT_TRUE(os::set_close_on_exec(fd, false));
    ASSERT_TRUE(is_inherited(fd));
  }
  ASSERT_TRUE(read_inheritance(file->get()).has_value());
  EXPECT_FALSE(is_inherited(pair->first.get()));
  EXPECT_FALSE(is_inherited(file->get()));
}

TEST(InheritanceTest, AConfigurationThatIsNotUtf8IsRefused) {
  Inheritance inheritance;
  inheritance.settings_text = "caf\xe9";
  const auto file = write_inheritance(inheritance);
  ASSERT_FALSE(file.has_value());
  EXPECT_THAT(file.error().message(), HasSubstr("UTF-8"));
}

TEST(InheritanceTest, AnythingElseIsRefused) {
  for (const char* text : {"", "{}", "[1]", R"({"settings": 1})"}) {
    const auto file = os::make_sealed_file("test", text);
    ASSERT_TRUE(file.has_value());
    EXPECT_FALSE(read_inheritance(file->get()).has_value()) << text;
  }
}

}  // namespace
}  // namespace forkloom::handoff
