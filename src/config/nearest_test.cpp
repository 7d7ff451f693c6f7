#include "config/nearest.h"

#include <gtest/gtest.h>

namespace forkloom::config {
namespace {

TEST(EditDistance, CountsEachKindOfSlip) {
  EXPECT_EQ(edit_distance("Listen", "listen"), 0U);
  EXPECT_EQ(edit_distance("Lisen", "Listen"), 1U);
  EXPECT_EQ(edit_distance("Listten", "Listen"), 1U);
  EXPECT_EQ(edit_distance("Lizten", "Listen"), 1U);
  EXPECT_EQ(edit_distance("Litsen", "Listen"), 1U);
  EXPECT_EQ(edit_distance("", "Listen"), 6U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(NearestDirective, IsTheOneThatWasMeant) {
  EXPECT_EQ(nearest_directive("ThreadPerChild"), "ThreadsPerChild");
  EXPECT_EQ(nearest_directive("wsgiscriptalais"), "WSGIScriptAlias");
  EXPECT_EQ(nearest_directive("KeepAliveTimout"), "KeepAliveTimeout");
}

TEST(NearestDirective, IsNoneWhereNothingIsNear) {
  EXPECT_EQ(nearest_directive("RewriteEngine"), "");
  EXPECT_EQ(nearest_directive("x"), "");
}

}  // namespace
}  // namespace forkloom::config
