#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "accesslog/escape.h"
#include "accesslog/field.h"
#include "accesslog/message_values.h"

namespace forkloom::accesslog {
namespace {

using Writer = Field::Writer;

void append_or_dash(std::string_view value, std::string& out) {
  append_escaped(value.empty() ? "-" : value, out);
}

template <std::string_view Record::*member>
void write_view(const Record& record, const Field& /*field*/, std::string& out) {
  append_or_dash(record.*member, out);
}

template <auto member>
void write_number(const Record& record, const Field& /*field*/, std::string& out) {
  append_number(record.*member, out);
}

// Numbers whose 0 says that there is none.
template <auto member>
void write_positive(const Record& record, const Field& /*field*/, std::string& out) {
  if (record.*member == 0) {
    out.push_back('-');
  } else {
    append_number(record.*member, out);
  }
}

template <typename Unit>
void write_duration(const Record& record, const Field& /*field*/, std::string& out) {
  append_number(duration_cast<Unit>(record.duration).count(), out);
}

// What only a request whose head was read can tell.
template <void (*append)(const http::Request& request, std::string& out)>
void write_of_request(const Record& record, const Field& /*field*/, std::string& out) {
  if (record.request == nullptr) {
    out.push_back('-');
  } else {
    append(*record.request, out);
  }
}

void append_method(const http::Request& request, std::string& out) {
  append_or_dash(request.method, out);
}

void append_protocol(const http::Request& request, std::string& out) {
  out.append("HTTP/1.");
  append_number(request.minor_version, out);
}

void append_handler(const http::Request& /*request*/, std::string& out) { out.append("wsgi"); }

void append_user(const http::Request& request, std::string& out) {
  if (!append_basic_user(request, out)) out.push_back('-');
}

void write_query(const Record& record, const Field& /*field*/, std::string& out) {
  if (record.request == nullptr || record.request->query.empty()) return;
  out.push_back('?');
  append_escaped(record.request->query, out);
}

void write_host(const Record& record, const Field& /*field*/, std::string& out) {
  std::string_view name;
  if (record.request != nullptr) name = host_name(record.request->authority);
  append_or_dash(name.empty() ? record.server_name : name, out);
}

void write_request_field(const Record& record, const Field& field, std::string& out) {
  if (record.request == nullptr || !append_request_field(*record.request, field.text, out)) {
    out.push_back('-');
  }
}

void write_response_field(const Record& record, const Field& field, std::string& out) {
  if (!append_response_field(record.response_head, field.text, out)) out.push_back('-');
}

void write_cookie(const Record& record, const Field& field, std::string& out) {
  if (record.request == nullptr || !append_cookie(*record.request, field.text, out)) {
    out.push_back('-');
  }
}

void write_thread_in_hexadecimal(const Record& record, const Field& /*field*/, std::string& out) {
  append_number(record.thread, out, 16);
}

void write_bytes_transferred(const Record& record, const Field& /*field*/, std::string& out) {
  append_number(record.bytes_received + record.bytes_sent, out);
}

void write_connection_status(const Record& record, const Field& /*field*/, std::string& out) {
  out.push_back(!record.is_complete ? 'X' : record.is_keep_alive ? '+' : '-');
}

struct Directive {
  std::string_view tag;
  std::string_view argument;  // "" none, "*" any name, else this word
  Writer write;
};

// %f is the path, and %l, %n and the trailers are "-": no file, ident client, note or trailer
// stands behind a request here. %^FB too: the time of the first byte sent is not kept.
constexpr auto kDirectives = std::to_array<Directive>({
    {"a", "", write_view<&Record::remote_address>},
    {"a", "c", write_view<&Record::remote_address>},
    {"A", "", write_view<&Record::local_address>},
    {"B", "", write_number<&Record::body_bytes_sent>},
    {"b", "", write_positive<&Record::body_bytes_sent>},
    {"C", "*", write_cookie},
    {"D", "", write_duration<microseconds>},
    {"e", "*", write_text},
    {"f", "", write_of_request<append_path>},
    {"h", "", write_view<&Record::remote_address>},
    {"h", "c", write_view<&Record::remote_address>},
    {"H", "", write_of_request<append_protocol>},
    {"i", "*", write_request_field},
    {"I", "", write_number<&Record::bytes_received>},
    {"k", "", write_number<&Record::keep_alive_number>},
    {"l", "", write_dash},
    {"L", "", write_view<&Record::request_id>},
    {"L", "c", write_dash},
    {"m", "", write_of_request<append_method>},
    {"n", "*", write_dash},
    {"o", "*", write_response_field},
    {"O", "", write_number<&Record::bytes_sent>},
    {"p", "", write_positive<&Record::local_port>},
    {"p", "canonical", write_positive<&Record::local_port>},
    {"p", "local", write_positive<&Record::local_port>},
    {"p", "remote", write_positive<&Record::remote_port>},
    {"P", "", write_number<&Record::process>},
    {"P", "pid", write_number<&Record::process>},
    {"P", "tid", write_number<&Record::thread>},
    {"P", "hextid", write_thread_in_hexadecimal},
    {"q", "", write_query},
    {"r", "", write_view<&Record::request_line>},
    {"R", "", write_of_request<append_handler>},
    {"s", "", write_positive<&Record::status>},
    {"S", "", write_bytes_transferred},
    {"T", "", write_duration<seconds>},
    {"T", "s", write_duration<seconds>},
    {"T", "ms", write_duration<milliseconds>},
    {"T", "us", write_duration<microseconds>},
    {"u", "", write_of_request<append_user>},
    {"U", "", write_of_request<append_path>},
    {"v", "", write_view<&Record::server_name>},
    {"V", "", write_host},
    {"X", "", write_connection_status},
    {"^FB", "", write_dash},
    {"^ti", "*", write_dash},
    {"^to", "*", write_dash},
});

std::string value_of_environment(const std::string& name) {
  std::string value;
  const char* found = std::getenv(name.c_str());
  append_escaped(found == nullptr ? "-" : found, value);
  return value;
}

std::string arguments_of(std::string_view tag) {
  std::string list;
  for (const Directive& directive : kDirectives) {
    if (directive.tag != tag) continue;
    if (!list.empty()) list.append(" or ");
    list.append("%");
    if (directive.argument == "*") {
      list.append("{name}");
    } else if (!directive.argument.empty()) {
      list.append(fmt::format("{{{}}}", directive.argument));
    }
    list.append(tag);
  }
  return list;
}

}  // namespace

Result<Field> compile_directive(std::string_view tag, std::string_view argument) {
  if (tag == "t") return compile_time(argument);
  const auto found =
      std::find_if(kDirectives.begin(), kDirectives.end(), [&](const Directive& directive) {
        const bool takes_any = directive.argument == "*" && !argument.empty();
        return directive.tag == tag && (takes_any || directive.argument == argument);
      });
  if (found == kDirectives.end()) {
    const std::string right = arguments_of(tag);
    if (right.empty()) return fail(fmt::format("there is no directive %{}", tag));
    return fail("it is written as " + right);
  }
  Field field{.write = found->write, .text = std::string(argument)};
  // Read once: an application may change the environment while requests are logged.
  if (tag == "e") field.text = value_of_environment(field.text);
  return field;
}

}  // namespace forkloom::accesslog
