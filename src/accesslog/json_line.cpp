#include "accesslog/json_line.h"

#include <string_view>

#include "accesslog/clock_text.h"
#include "accesslog/escape.h"

namespace forkloom::accesslog {
namespace {

// `key` is written as it is: ,"name":
void append_text(std::string_view key, std::string_view value, std::string& out) {
  out.append(key);
  if (value.empty()) {
    out.append("null");
  } else {
    append_json_string(value, out);
  }
}

template <typename Number>
void append_member(std::string_view key, Number value, std::string& out) {
  out.append(key);
  append_number(value, out);
}

std::string_view field_value(const http::Request* request, std::string_view name) {
  if (request == nullptr) return {};
  const http::Field* field = request->find(name);
  return field == nullptr ? std::string_view() : field->value;
}

void append_protocol(const http::Request* request, std::string& out) {
  out.append(R"(,"protocol":)");
  if (request == nullptr) {
    out.append("null");
    return;
  }
  out.append(R"("HTTP/1.)");
  append_number(request->minor_version, out);
  out.push_back('"');
}

}  // namespace

void append_json_line(const Record& record, std::string& out) {
  const http::Request* request = record.request;
  const auto of_request = [request](std::string_view http::Request::*member) {
    return request == nullptr ? std::string_view() : request->*member;
  };
  out.append(R"({"time":")");
  append_utc_time(record.start, out);
  out.push_back('"');
  append_text(R"(,"remote":)", record.remote_address, out);
  append_text(R"(,"method":)", of_request(&http::Request::method), out);
  append_text(R"(,"path":)", of_request(&http::Request::path), out);
  append_text(R"(,"query":)", of_request(&http::Request::query), out);
  append_protocol(request, out);
  append_member(R"(,"status":)", record.status, out);
  append_member(R"(,"bytes":)", record.body_bytes_sent, out);
  append_member(R"(,"duration_us":)", record.duration.count(), out);
  append_text(R"(,"request_id":)", record.request_id, out);
  append_text(R"(,"referer":)", field_value(request, "Referer"), out);
  append_text(R"(,"user_agent":)", field_value(request, "User-Agent"), out);
  append_text(R"(,"host":)", of_request(&http::Request::authority), out);
  append_member(R"(,"process":)", record.process, out);
  append_member(R"(,"thread":)", record.thread, out);
  out.append("}\n");
}

}  // namespace forkloom::accesslog
