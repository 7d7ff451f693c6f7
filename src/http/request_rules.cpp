#include "http/request_rules.h"

#include <charconv>
#include <optional>

#include <boost/beast/http/field.hpp>

#include "http/grammar.h"
#include "http/request_target.h"
#include "http/text.h"

namespace forkloom::http {

namespace {

using KnownField = boost::beast::http::field;

// What one pass over the fields finds out about those that rule the message.
struct RulingFields {
  Field* host = nullptr;
  std::optional<std::uint64_t> length;
  bool has_coding = false;
  bool is_chunked = false;
  bool has_unknown_coding = false;
  bool wants_close = false;
  bool wants_keep_alive = false;
  bool has_expectation = false;
  bool has_unknown_expectation = false;
};

// RFC 9112 section 3.2.
Refusal take_host(RulingFields& ruling, Field& field) {
  if (ruling.host != nullptr) return bad_request("repeated Host (RFC 9112 section 3.2)");
  if (!field.value.empty() && !is_authority(field.value)) {
    return bad_request("Host is no authority (RFC 9112 section 3.2)");
  }
  ruling.host = &field;
  return {};
}

// RFC 9110 section 8.6 lets a recipient merge equal lengths; refusing them leaves nothing to
// disagree about.
Refusal take_length(RulingFields& ruling, const Field& field) {
  if (ruling.length) return bad_request("repeated Content-Length (RFC 9112 section 6.3)");
  if (!is_digits(field.value)) {
    return bad_request("Content-Length is no number (RFC 9110 section 8.6)");
  }
  std::uint64_t length = 0;
  const char* end = field.value.data() + field.value.size();
  if (std::from_chars(field.value.data(), end, length).ec != std::errc()) {
    return bad_request("Content-Length is too large a number (RFC 9110 section 8.6)");
  }
  ruling.length = length;
  return {};
}

// RFC 9112 sections 6.1 and 7.
Refusal take_codings(RulingFields& ruling, const Field& field) {
  ruling.has_coding = true;
  ListElements elements(field.value);
  for (std::string_view element; elements.next(element);) {
    const std::string_view name = trim(element.substr(0, element.find(';')));
    if (!is_token(name)) {
      return bad_request("malformed Transfer-Encoding (RFC 9112 section 6.1)");
    }
    if (ruling.is_chunked) {
      return bad_request("chunked is repeated or not final (RFC 9112 section 6.1)");
    }
    if (!equals_ignoring_case(name, "chunked")) {
      ruling.has_unknown_coding = true;
    } else if (name.size() == element.size()) {
      ruling.is_chunked = true;
    } else {
      return bad_request("chunked with parameters (RFC 9112 section 7.1)");
    }
  }
  return {};
}

// RFC 9110 section 7.6.1.
void take_connection(RulingFields& ruling, const Field& field) {
  ListElements options(field.value);
  for (std::string_view option; options.next(option);) {
    if (equals_ignoring_case(option, "close")) ruling.wants_close = true;
    if (equals_ignoring_case(option, "keep-alive")) ruling.wants_keep_alive = true;
  }
}

// RFC 9110 section 10.1.1.
void take_expectation(RulingFields& ruling, const Field& field) {
  if (equals_ignoring_case(field.value, "100-continue")) {
    ruling.has_expectation = true;
  } else {
    ruling.has_unknown_expectation = true;
  }
}

Refusal take_field(RulingFields& ruling, Field& field) {
  switch (static_cast<KnownField>(field.known)) {
    case KnownField::host:
      return take_host(ruling, field);
    case KnownField::content_length:
      return take_length(ruling, field);
    case KnownField::transfer_encoding:
      return take_codings(ruling, field);
    case KnownField::connection:
      take_connection(ruling, field);
      return {};
    case KnownField::expect:
      take_expectation(ruling, field);
      return {};
    default:
      return {};
  }
}

// RFC 9112 sections 6.1 and 6.3.
Refusal apply_framing(Request& request, const RulingFields& ruling) {
  if (!ruling.has_coding) {
    request.framing = ruling.length ? Framing::kLength : Framing::kNone;
    request.content_length = ruling.length.value_or(0);
    return {};
  }
  if (request.minor_version == 0) {
    return bad_request("Transfer-Encoding in HTTP/1.0 (RFC 9112 section 6.1)");
  }
  if (ruling.length) {
    return bad_request("Content-Length beside Transfer-Encoding (RFC 9112 section 6.1)");
  }
  if (ruling.has_unknown_coding) {
    // Section 6.1 would allow 501. Peers that read such a message otherwise make it a way to
    // smuggle.
    return bad_request("a transfer coding other than chunked (RFC 9112 section 6.1)");
  }
  request.framing = Framing::kChunked;
  request.content_length = 0;
  return {};
}

Refusal apply_host(Request& request, const RulingFields& ruling) {
  if (ruling.host == nullptr) {
    if (request.minor_version == 0) return {};
    return bad_request("no Host (RFC 9112 section 3.2)");
  }
  if (request.authority.empty()) {
    request.authority = ruling.host->value;
  } else {
    ruling.host->value = request.authority;
  }
  return {};
}

}  // namespace

Refusal read_version(std::span<char> request_line, std::uint8_t& minor_version) {
  std::string_view line(request_line.data(), request_line.size());
  line.remove_suffix(2);
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digits(version.substr(5, 1)) ||
      version[6] != '.' || !is_digits(version.substr(7))) {
    return bad_request("no HTTP version (RFC 9112 section 2.3)");
  }
  if (version[5] != '1') return {505, "HTTP version other than 1 (RFC 9110 section 15.6.6)"};
  minor_version = version[7] == '0' ? 0 : 1;
  if (minor_version == 1) request_line[request_line.size() - 3] = '1';
  return {};
}

Refusal check_method(std::string_view method) {
  if (method.starts_with('-')) return bad_request("method begins with -");
  return {};
}

Refusal apply_fields(Request& request) {
  RulingFields ruling;
  for (Field& field : request.fields) {
    if (const Refusal refusal = take_field(ruling, field)) return refusal;
  }
  if (const Refusal refusal = apply_host(request, ruling)) return refusal;
  if (const Refusal refusal = apply_framing(request, ruling)) return refusal;

  const bool is_http_11 = request.minor_version >= 1;
  request.is_keep_alive = !ruling.wants_close && (is_http_11 || ruling.wants_keep_alive);
  if (is_http_11 && ruling.has_unknown_expectation) {
    return {417, "unknown expectation (RFC 9110 section 10.1.1)"};
  }
  const bool has_body = request.framing == Framing::kChunked || request.content_length > 0;
  request.expects_continue = is_http_11 && ruling.has_expectation && has_body;
  return {};
}

}  // namespace forkloom::http
