#include "files/byte_ranges.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::files {
namespace {

using Kind = ByteRanges::Kind;
using Ranges = std::vector<ByteRange>;

Ranges some(std::string_view field, std::uint64_t size = 100) {
  const ByteRanges found = read_byte_ranges(field, size);
  EXPECT_EQ(found.kind, Kind::kSome) << field;
  return found.ranges;
}

Kind kind(std::string_view field, std::uint64_t size = 100) {
  return read_byte_ranges(field, size).kind;
}

std::string repeated(std::string_view one, int count) {
  std::string field = "bytes=";
  for (int i = 0; i < count; ++i) field.append(i == 0 ? "" : ",").append(one);
  return field;
}

TEST(ByteRanges, FromFirstToLastInclusive) {
  EXPECT_EQ(some("bytes=0-0"), (Ranges{{0, 1}}));
  EXPECT_EQ(some("bytes=10-19"), (Ranges{{10, 10}}));
  EXPECT_EQ(some("Bytes=10-19"), (Ranges{{10, 10}}));
}

TEST(ByteRanges, AnOpenOrTooLargeEndIsTheEndOfTheFile) {
  EXPECT_EQ(some("bytes=90-"), (Ranges{{90, 10}}));
  EXPECT_EQ(some("bytes=90-100"), (Ranges{{90, 10}}));
  EXPECT_EQ(some("bytes=90-99999999999999999999999"), (Ranges{{90, 10}}));
}

TEST(ByteRanges, ASuffixIsTheLastBytes) {
  EXPECT_EQ(some("bytes=-1"), (Ranges{{99, 1}}));
  EXPECT_EQ(some("bytes=-500"), (Ranges{{0, 100}}));
}

TEST(ByteRanges, SeveralKeepTheirOrderAndLoseTheUnsatisfiable) {
  EXPECT_EQ(some("bytes= 50-59 , , 0-9,200-300"), (Ranges{{50, 10}, {0, 10}}));
}

TEST(ByteRanges, BeyondTheEndIsUnsatisfiable) {
  EXPECT_EQ(kind("bytes=100-"), Kind::kUnsatisfiable);
  EXPECT_EQ(kind("bytes=99999999999999999999999-"), Kind::kUnsatisfiable);
  EXPECT_EQ(kind("bytes=-0"), Kind::kUnsatisfiable);
  EXPECT_EQ(kind("bytes=100-,-0"), Kind::kUnsatisfiable);
}

TEST(ByteRanges, WhatIsMalformedOrNotInBytesIsIgnored) {
  for (const char* field :
       {"", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=5", "bytes=9-5", "bytes=a-b",
        "bytes=1-b", "bytes=-1-2", "bytes=--1", "bytes=0x1-2", "bytes=1 - 2", "bytes=+1-2",
        "lines=0-1", "bytes =0-1", "bytes=0-1,x", "bytes=0-1;2-3"}) {
    EXPECT_EQ(kind(field), Kind::kWhole) << field;
  }
}

TEST(ByteRanges, AnEmptyFileIsSentWhole) {
  EXPECT_EQ(kind("bytes=0-", 0), Kind::kWhole);
  EXPECT_EQ(kind("bytes=-5", 0), Kind::kWhole);
}

TEST(ByteRanges, MoreThanIsReasonableIsAnsweredWhole) {
  EXPECT_EQ(kind("bytes=0-,0-,0-"), Kind::kWhole);
  EXPECT_EQ(some("bytes=0-,0-").size(), 2U);
  EXPECT_EQ(kind(repeated("0-0", 22), 1000), Kind::kWhole);  // overlaps
  EXPECT_EQ(some(repeated("0-0", 21), 1000).size(), 21U);
  EXPECT_EQ(kind(repeated("50-50,0-0", 22), 1000), Kind::kWhole);
  std::string apart = "bytes=0-0";
  for (int i = 1; i < 200; ++i) apart += "," + std::to_string(i * 2) + "-" + std::to_string(i * 2);
  EXPECT_EQ(some(apart, 1000).size(), 200U);
  EXPECT_EQ(kind(apart + ",500-500", 1000), Kind::kWhole);
  std::string backwards = "bytes=900-900";
  for (int i = 1; i < 22; ++i)
    backwards += "," + std::to_string(900 - i * 2) + "-" + std::to_string(900 - i * 2);
  EXPECT_EQ(kind(backwards, 1000), Kind::kWhole);
}

TEST(ByteRanges, TheLargestSizesDoNotOverflow) {
  constexpr std::uint64_t kMost = ~std::uint64_t{0};
  EXPECT_EQ(some("bytes=0-", kMost), (Ranges{{0, kMost}}));
  EXPECT_EQ(kind("bytes=0-,0-", kMost), Kind::kWhole);
}

}  // namespace
}  // namespace forkloom::files
