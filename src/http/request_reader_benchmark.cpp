#include <string>

#include <benchmark/benchmark.h>

#include "http/path.h"
#include "http/request_reader.h"

namespace forkloom::http {
namespace {

const std::string kTinyHead = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

// The fields of a desktop browser that loads a page it has been to.
const std::string kBrowserHead =
    "GET /catalogue/items?page=3&sort=price HTTP/1.1\r\n"
    "Host: shop.example.org\r\n"
    "Connection: keep-alive\r\n"
    "Cache-Control: max-age=0\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Accept-Language: en-GB,en;q=0.9,de;q=0.8\r\n"
    "Sec-CH-UA-Mobile: ?0\r\n"
    "Sec-CH-UA-Platform: \"Linux\"\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
    "Referer: https://shop.example.org/catalogue/\r\n"
    "Cookie: session=6f1d4c0e9b7a4f33a0c2; theme=dark; consent=necessary\r\n"
    "\r\n";

void read_head(benchmark::State& state, const std::string& head) {
  RequestReader reader{RequestLimits{}};
  Request request;
  for (auto _ : state) {
    const RequestReader::Step step = reader.read_head(head, request);
    if (step.state != RequestReader::State::kDone) state.SkipWithError("refused");
    benchmark::DoNotOptimize(request.fields.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * head.size()));
}
BENCHMARK_CAPTURE(read_head, tiny, kTinyHead);
BENCHMARK_CAPTURE(read_head, browser, kBrowserHead);

void read_chunks(benchmark::State& state) {
  const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string body;
  for (int i = 0; i < 16; ++i) body += "400\r\n" + std::string(1024, 'x') + "\r\n";
  body += "0\r\n\r\n";
  RequestReader reader{RequestLimits{}};
  Request request;
  for (auto _ : state) {
    reader.read_head(head, request);
    if (reader.read_body(body).state != RequestReader::State::kDone) state.SkipWithError("refused");
    benchmark::DoNotOptimize(reader.pieces().data());
  }
}
BENCHMARK(read_chunks);

void decode(benchmark::State& state, std::string_view path) {
  std::string decoded;
  for (auto _ : state) benchmark::DoNotOptimize(decode_path(path, decoded));
}
BENCHMARK_CAPTURE(decode, plain, "/catalogue/items/42");
BENCHMARK_CAPTURE(decode, escaped, "/catalogue/./caf%C3%A9/../items");

}  // namespace
}  // namespace forkloom::http
