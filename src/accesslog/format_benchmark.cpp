#include <string>

#include <benchmark/benchmark.h>

#include "accesslog/format.h"
#include "accesslog/sample.h"

namespace forkloom::accesslog {
namespace {

// One line of a browser's request; a second's worth of lines is a thousand.
void append_line(benchmark::State& state, const char* name) {
  Sample sample;
  const auto format = Format::compile(name);
  std::string out;
  for (auto _ : state) {
    sample.record.start += milliseconds(1);
    out.clear();
    format->append(sample.record, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK_CAPTURE(append_line, combined, "combined");
BENCHMARK_CAPTURE(append_line, json, "json");

}  // namespace
}  // namespace forkloom::accesslog
