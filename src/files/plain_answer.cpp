#include "files/plain_answer.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "http/response_head.h"

namespace forkloom::files {

void answer_plainly(int status, HeaderFields& fields, app::Response& response) {
  const std::string text = fmt::format("{} {}\n", status, http::reason_phrase(status));
  fields.add("Content-Type", "text/plain; charset=utf-8");
  const std::array<std::string_view, 1> blocks = {text};
  response.start(
      {.status = status, .reason = "", .fields = fields.all(), .body_length = text.size()}, blocks,
      app::Flow::kHandOver, true);
  response.finish();
}

bool is_reading(const http::Request& request, app::Response& response) {
  if (request.method == "GET" || request.method == "HEAD") return true;
  HeaderFields fields;
  fields.add("Allow", "GET,HEAD,OPTIONS");
  if (request.method == "OPTIONS") {
    response.start({.status = 200, .reason = "", .fields = fields.all(), .body_length = 0}, {},
                   app::Flow::kHandOver, true);
    response.finish();
  } else {
    answer_plainly(405, fields, response);
  }
  return false;
}

}  // namespace forkloom::files
