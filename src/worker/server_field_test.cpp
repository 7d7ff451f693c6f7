#include "worker/server_field.h"

#include <gtest/gtest.h>

#include "base/version.h"

namespace forkloom::worker {
namespace {

TEST(ServerField, TellsAsMuchAsServerTokensAllows) {
  const std::string version(kVersion);
  EXPECT_EQ(server_field("Prod"), "Forkloom");
  EXPECT_EQ(server_field("minimal"), "Forkloom/" + version);
  EXPECT_EQ(server_field("Minor"), "Forkloom/" + version.substr(0, version.rfind('.')));
  EXPECT_EQ(server_field("Major"), "Forkloom/" + version.substr(0, version.find('.')));
  EXPECT_EQ(server_field("Full"), "Forkloom/" + version + " (Unix)");
}

}  // namespace
}  // namespace forkloom::worker
