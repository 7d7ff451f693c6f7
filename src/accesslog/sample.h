#pragma once

// A browser's request and its record, for tests and benchmarks.

#include <string_view>

#include "accesslog/format.h"

namespace forkloom::accesslog {

struct Sample {
  Sample() {
    request.method = "GET";
    request.target = "/shop/caf%C3%A9?page=2&sort=price";
    request.path = "/shop/caf%C3%A9";
    request.query = "page=2&sort=price";
    request.authority = "shop.example:8443";
    add("Host", "shop.example:8443");
    add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    add("Accept-Language", "en-US,en;q=0.5");
    add("Accept-Encoding", "gzip, deflate, br, zstd");
    add("Connection", "keep-alive");
    add("Referer", "https://shop.example/");
    add("Cookie", "session=2f6b; theme=dark");

    record.request = &request;
    record.request_line = "GET /shop/caf%C3%A9?page=2&sort=price HTTP/1.1";
    record.remote_address = "192.0.2.7";
    record.remote_port = 50123;
    record.local_address = "198.51.100.1";
    record.local_port = 8443;
    record.server_name = "www.example";
    record.request_id = "00c0ffee00000001";
    record.status = 200;
    record.body_bytes_sent = 5120;
    record.bytes_sent = 5400;
    record.bytes_received = 700;
    record.start = WallTime(microseconds(1'316'387'908'123'456));  // 2011-09-18 23:18:28 UTC
    record.duration = microseconds(2'345'678);
    record.keep_alive_number = 3;
    record.is_keep_alive = true;
    record.is_complete = true;
    record.response_head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Set-Cookie: a=1\r\nset-cookie: b=2\r\nX-Empty:\r\n\r\n";
    record.process = 4711;
    record.thread = 4799;
  }

  void add(std::string_view name, std::string_view value) {
    request.fields.push_back({.name = name, .value = value});
  }

  http::Request request;
  Record record;
};

}  // namespace forkloom::accesslog
