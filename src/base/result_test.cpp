#include "base/result.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace forkloom {
namespace {

TEST(Error, NamesTheFailedCallAndKeepsItsErrno) {
  const Error error = Error::from_errno(EACCES, "open /etc/shadow");
  EXPECT_EQ(error.message(), "open /etc/shadow: Permission denied");
  EXPECT_EQ(error.number(), EACCES);
}

TEST(Error, ContextStandsBeforeTheCause) {
  EXPECT_EQ(Error("no such module").within("loading app.wsgi").message(),
            "loading app.wsgi: no such module");
}

}  // namespace
}  // namespace forkloom
