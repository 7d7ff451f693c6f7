#include "accesslog/json_line.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "accesslog/sample.h"

namespace forkloom::accesslog {
namespace {

std::string line_of(const Record& record) {
  auto format = Format::compile("json");
  std::string out;
  format->append(record, out);
  return out;
}

TEST(JsonLine, HoldsTheRequestWithNumbersAsNumbers) {
  const Sample sample;
  const auto expected = nlohmann::json::parse(R"({
    "time": "2011-09-18T23:18:28.123456Z", "remote": "192.0.2.7", "method": "GET",
    "path": "/shop/caf%C3%A9", "query": "page=2&sort=price", "protocol": "HTTP/1.1",
    "status": 200, "bytes": 5120, "duration_us": 2345678, "request_id": "00c0ffee00000001",
    "referer": "https://shop.example/",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "host": "shop.example:8443", "process": 4711, "thread": 4799})");
  EXPECT_EQ(nlohmann::json::parse(line_of(sample.record)), expected);
}

TEST(JsonLine, IsOneLineWhateverTheClientSends) {
  Sample sample;
  sample.request.query = "\"}\n{\"status\":200";
  sample.request.path = "/\xff\xc3\xa9\x1b";
  const std::string line = line_of(sample.record);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto read = nlohmann::json::parse(line);
  EXPECT_EQ(read["query"], "\"}\n{\"status\":200");
  EXPECT_EQ(read["path"], "/\xc3\xbf\xc3\xa9\x1b");
}

TEST(JsonLine, HasNullsWhereNoHeadCouldBeRead) {
  Record record;
  record.status = 400;
  const auto read = nlohmann::json::parse(line_of(record));
  for (const char* key : {"remote", "method", "path", "query", "protocol", "request_id", "referer",
                          "user_agent", "host"}) {
    EXPECT_TRUE(read.at(key).is_null()) << key;
  }
  EXPECT_EQ(read["status"], 400);
  EXPECT_EQ(read["bytes"], 0);
}

}  // namespace
}  // namespace forkloom::accesslog
