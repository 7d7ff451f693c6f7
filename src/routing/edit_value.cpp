#include "routing/edit_value.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "http/grammar.h"
#include "routing/field_value.h"

namespace forkloom::routing {
namespace {

constexpr std::string_view kMissing = "(null)";

void append_clean(std::string_view value, std::string& out) {
  std::transform(value.begin(), value.end(), std::back_inserter(out),
                 [](char c) { return http::is_field_char(c) ? c : ' '; });
}

void append_microseconds(char letter, WallClock::duration duration, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}={}", letter,
                 duration_cast<microseconds>(duration).count());
}

void append_named(std::string_view name, char kind, const EditSubject& subject, std::string& joined,
                  std::string& out) {
  if (kind == 'i') {
    append_clean(field_value(subject.request.fields, name, joined).value_or(kMissing), out);
  } else {
    const std::string* value = find_variable(subject, name);
    append_clean(value == nullptr ? kMissing : *value, out);
  }
}

}  // namespace

const std::string* find_variable(const EditSubject& subject, std::string_view name) {
  for (const auto variables : {subject.variables, subject.place_variables}) {
    for (const app::Variable& variable : variables) {
      if (variable.name == name) return &variable.value;
    }
  }
  return nullptr;
}

void append_edit_value(std::string_view format, const EditSubject& subject, std::string& joined,
                       std::string& out) {
  for (;;) {
    const std::size_t percent = std::min(format.find('%'), format.size());
    out.append(format.substr(0, percent));
    format.remove_prefix(percent);
    if (format.empty()) return;
    const char next = format.size() > 1 ? format[1] : '\0';
    const std::size_t close = next == '{' ? format.find('}') : std::string_view::npos;
    const char kind = close < format.size() - 1 ? format[close + 1] : '\0';
    if (kind == 'e' || kind == 'i') {
      append_named(format.substr(2, close - 2), kind, subject, joined, out);
      format.remove_prefix(close + 2);
      continue;
    }
    if (next == 't') {
      append_microseconds('t', subject.request_start.time_since_epoch(), out);
    } else if (next == 'D') {
      const auto duration = subject.now - subject.request_start;
      append_microseconds('D', std::max(duration, WallClock::duration::zero()), out);
    } else {
      out += '%';
      if (next != '%') {
        format.remove_prefix(1);
        continue;
      }
    }
    format.remove_prefix(2);
  }
}

}  // namespace forkloom::routing
