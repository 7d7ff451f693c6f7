#include "http/response_head.h"

#include <charconv>
#include <chrono>

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include "http/text.h"

namespace forkloom::http {
namespace {

bool forbids_body(int status) { return status < 200 || status == 204 || status == 304; }

std::optional<std::uint64_t> declared_length(std::span<const Field> fields) {
  for (const Field& field : fields) {
    if (!equals_ignoring_case(field.name, "Content-Length")) continue;
    std::uint64_t length = 0;
    const auto [end, error] =
        std::from_chars(field.value.data(), field.value.data() + field.value.size(), length);
    if (error == std::errc() && end == field.value.data() + field.value.size()) return length;
  }
  return std::nullopt;
}

void append_field(std::string_view name, std::string_view value, std::string& out) {
  out.append(name).append(": ").append(value).append("\r\n");
}

template <typename Integer>
void append_number(Integer number, int base, std::string& out) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, base);
  out.append(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace

ResponsePlan plan_response(const Request* request, const ResponseStart& start,
                           bool may_keep_alive) {
  ResponsePlan plan;
  plan.is_keep_alive = may_keep_alive && request != nullptr && request->is_keep_alive;
  const std::optional<std::uint64_t> declared = declared_length(start.fields);
  const std::optional<std::uint64_t> length = declared ? declared : start.body_length;
  const bool is_head = request != nullptr && request->method == "HEAD";

  if (length && !declared && !forbids_body(start.status)) {
    plan.writes_content_length = true;
    plan.content_length = *length;
  }
  if (is_head || forbids_body(start.status)) return plan;

  if (length) {
    plan.framing = BodyFraming::kLength;
    plan.length = *length;
  } else if (request != nullptr && request->minor_version >= 1) {
    plan.framing = BodyFraming::kChunked;
  } else {
    plan.framing = BodyFraming::kUntilClose;
    plan.is_keep_alive = false;
  }
  return plan;
}

void append_head(const Request* request, const ResponseStart& start, const ResponsePlan& plan,
                 std::string_view date, std::string_view server, std::string& out) {
  out.append("HTTP/1.1 ");
  append_number(start.status, 10, out);
  out.push_back(' ');
  out.append(start.reason.empty() ? reason_phrase(start.status) : start.reason);
  out.append("\r\n");

  bool has_date = false;
  bool has_server = false;
  // RFC 9110 section 8.6: no Content-Length in 1xx and 204.
  const bool drops_length = start.status < 200 || start.status == 204;
  for (const Field& field : start.fields) {
    switch (field.name.size()) {
      case 4:
        has_date = has_date || equals_ignoring_case(field.name, "Date");
        break;
      case 6:
        has_server = has_server || equals_ignoring_case(field.name, "Server");
        break;
      case 14:
        if (drops_length && equals_ignoring_case(field.name, "Content-Length")) continue;
        break;
      default:
        break;
    }
    append_field(field.name, field.value, out);
  }
  if (!has_date) append_field("Date", date, out);
  if (!has_server && !server.empty()) append_field("Server", server, out);
  if (plan.writes_content_length) {
    out.append("Content-Length: ");
    append_number(plan.content_length, 10, out);
    out.append("\r\n");
  }
  if (plan.framing == BodyFraming::kChunked) append_field("Transfer-Encoding", "chunked", out);
  if (!plan.is_keep_alive) {
    append_field("Connection", "close", out);
  } else if (request != nullptr && request->minor_version == 0) {
    append_field("Connection", "keep-alive", out);
  }
  out.append("\r\n");
}

void append_chunk_size(std::uint64_t size, std::string& out) {
  append_number(size, 16, out);
  out.append("\r\n");
}

std::string format_date(std::time_t time) {
  // By <chrono> and not strftime: free of the C library's locale and time zone locks.
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds moment{std::chrono::seconds(time)};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{moment - day};
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[weekday], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string_view reason_phrase(int status) {
  namespace beast = boost::beast::http;
  const beast::status known = beast::int_to_status(static_cast<unsigned>(status));
  if (known == beast::status::unknown) return "Unknown";
  const auto phrase = beast::obsolete_reason(known);
  return {phrase.data(), phrase.size()};
}

}  // namespace forkloom::http
