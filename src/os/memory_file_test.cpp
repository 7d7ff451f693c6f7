#include "os/memory_file.h"

#include <cerrno>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace forkloom::os {
namespace {

TEST(SealedFile, HoldsItsContentForGood) {
  const auto file = make_sealed_file("test", "what a child inherits");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(read_whole(file->get()), "what a child inherits");
  EXPECT_EQ(read_whole(file->get()), "what a child inherits") << "the offset was moved";
  EXPECT_LT(::pwrite(file->get(), "x", 1, 0), 0);
  EXPECT_LT(::ftruncate(file->get(), 0), 0);
  EXPECT_NE(::fcntl(file->get(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(SharedFile, BeginsWithZerosAndShowsWritesInEveryMapping) {
  const auto file = make_shared_file("test", 10'000);
  ASSERT_TRUE(file.has_value());
  const auto first = SharedMapping::map(file->get());
  auto second = SharedMapping::map(file->get());
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->size(), 10'000U);
  EXPECT_EQ(first->data()[9'999], std::byte{0});
  first->data()[9'999] = std::byte{7};
  const SharedMapping moved = std::move(*second);
  EXPECT_EQ(moved.data()[9'999], std::byte{7});
}

TEST(SharedFile, KeepsItsSize) {
  const auto file = make_shared_file("test", 100);
  ASSERT_TRUE(file.has_value());
  EXPECT_LT(::ftruncate(file->get(), 1), 0);
  EXPECT_LT(::ftruncate(file->get(), 1000), 0);
}

TEST(SharedMapping, WhatIsNoFileIsAnError) { EXPECT_FALSE(SharedMapping::map(-1).has_value()); }

}  // namespace
}  // namespace forkloom::os
