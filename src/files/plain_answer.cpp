#include "files/plain_answer.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "files/header_fields.h"

namespace forkloom::files {
namespace {

// Methods of RFC 9110 and RFC 5789. Of any other the server cannot know what it is (501).
bool is_known_method(std::string_view method) {
  constexpr std::string_view kMethods[] = {"CONNECT", "DELETE", "PATCH", "POST", "PUT", "TRACE"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

}  // namespace

bool is_reading(const http::Request& request, app::Response& response) {
  if (request.method == "GET" || request.method == "HEAD") return true;
  HeaderFields fields;
  fields.add("Allow", "GET,HEAD,OPTIONS");
  if (request.method == "OPTIONS") {
    response.start({.status = 200, .reason = "", .fields = fields.all(), .body_length = 0}, {},
                   app::Flow::kHandOver, true);
    response.finish();
  } else {
    response.refuse(is_known_method(request.method) ? 405 : 501, fields.all());
  }
  return false;
}

}  // namespace forkloom::files
