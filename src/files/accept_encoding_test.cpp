#include "files/accept_encoding.h"

#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

AcceptEncoding read(std::string_view value) {
  AcceptEncoding accepted;
  accepted.add(value);
  return accepted;
}

int gzip(std::string_view value) { return read(value).quality(Coding::kGzip); }

TEST(AcceptEncoding, WhatIsNamedIsAccepted) {
  const AcceptEncoding accepted = read("gzip, deflate, br;q=0.5 , ZSTD ; q=0.25");
  EXPECT_EQ(accepted.quality(Coding::kGzip), 1000);
  EXPECT_EQ(accepted.quality(Coding::kBrotli), 500);
  EXPECT_EQ(accepted.quality(Coding::kZstd), 250);
  EXPECT_EQ(accepted.identity_quality(), std::nullopt);
}

TEST(AcceptEncoding, WhatIsNotNamedIsNot) {
  EXPECT_EQ(gzip(""), 0);
  EXPECT_EQ(gzip("br"), 0);
  EXPECT_EQ(AcceptEncoding().quality(Coding::kGzip), 0);
}

TEST(AcceptEncoding, AStarStandsForTheOthers) {
  EXPECT_EQ(gzip("*"), 1000);
  EXPECT_EQ(gzip("*;q=0.1, gzip;q=0"), 0);
  EXPECT_EQ(gzip("*;q=0, gzip;q=0.3"), 300);
}

TEST(AcceptEncoding, QualitiesHaveThreeDigitsAtMost) {
  EXPECT_EQ(gzip("gzip;q=1"), 1000);
  EXPECT_EQ(gzip("gzip;q=1.000"), 1000);
  EXPECT_EQ(gzip("gzip;q=0."), 0);
  EXPECT_EQ(gzip("gzip;Q=0.001"), 1);
  for (const char* bad : {"gzip;q=1.001", "gzip;q=0.0001", "gzip;q=2", "gzip;q=-1",
                          "gzip;q=", "gzip;", "gzip;x=1", "gzip;q=.5", "gzip;q=0,5x", "g zip"}) {
    EXPECT_EQ(gzip(bad), 0) << bad;
  }
}

TEST(AcceptEncoding, FurtherFieldsAddToTheList) {
  AcceptEncoding accepted = read("br");
  accepted.add("x-gzip;q=0.7, identity;q=0.2");
  EXPECT_EQ(accepted.quality(Coding::kBrotli), 1000);
  EXPECT_EQ(accepted.quality(Coding::kGzip), 700);
  EXPECT_EQ(accepted.identity_quality(), 200);
}

}  // namespace
}  // namespace forkloom::files
