#include <string>

#include <gtest/gtest.h>

#include "accesslog/allocation_count.h"
#include "accesslog/format.h"
#include "accesslog/sample.h"

namespace forkloom::accesslog {
namespace {

class SteadyState : public ::testing::TestWithParam<const char*> {};

TEST_P(SteadyState, AllocatesNothing) {
  const Sample sample;
  const auto format = Format::compile(GetParam());
  ASSERT_TRUE(format);
  std::string out;
  format->append(sample.record, out);
  out.clear();
  Record later = sample.record;
  later.start += seconds(7);

  const std::size_t before = allocation_count();
  format->append(later, out);
  EXPECT_EQ(allocation_count(), before);
}

INSTANTIATE_TEST_SUITE_P(Formats, SteadyState,
                         ::testing::Values("common", "combined", "vhost_combined", "json", "%U"));

TEST(AllocationCount, CountsAnAllocation) {
  const std::size_t before = allocation_count();
  const std::string text(100, 'x');
  EXPECT_EQ(allocation_count(), before + 1) << text;
}

}  // namespace
}  // namespace forkloom::accesslog
