// A stream of requests reads the same whole, byte by byte and split at random.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "http/transcript.h"

namespace {

using forkloom::http::RequestLimits;

// Small, so that short inputs reach them.
const RequestLimits kLimits{.request_line = 128, .field_count = 8, .field_size = 128};
constexpr std::uint64_t kBodyLimit = 512;

void expect_same(const std::string& whole, const std::string& other, const char* how) {
  if (whole == other) return;
  std::fprintf(stderr, "whole:\n%s\n%s:\n%s\n", whole.c_str(), how, other.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view stream(reinterpret_cast<const char*>(bytes), size);
  const std::string whole = forkloom::http::read_whole(stream, kLimits, kBodyLimit);
  expect_same(whole, forkloom::http::read_by_bytes(stream, kLimits, kBodyLimit), "by bytes");
  std::minstd_rand random(static_cast<unsigned>(std::hash<std::string_view>{}(stream)));
  for (int round = 0; round < 3; ++round) {
    expect_same(whole, forkloom::http::read_split(stream, std::ref(random), kLimits, kBodyLimit),
                "split");
  }
  return 0;
}
