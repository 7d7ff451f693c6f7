#pragma once

// A compiled format: fields written one after another. Immutable once compiled; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "accesslog/format.h"
#include "base/result.h"

namespace forkloom::accesslog {

struct Field {
  // Appends this field's value of `record`.
  using Writer = void (*)(const Record& record, const Field& field, std::string& out);

  Writer write = nullptr;
  std::string text{};           // literal text, or the directive's {argument}
  std::vector<int> statuses{};  // %400,501: written for these only, "-" otherwise
  bool is_negated = false;      // %!200: written for all others only

  bool is_wanted(int status) const;
};

// "-", where a record has no value.
void write_dash(const Record& record, const Field& field, std::string& out);
void write_text(const Record& record, const Field& field, std::string& out);

// The writer and the text of the directive `tag` with `argument` ("" for none). An Error says
// what would be right.
Result<Field> compile_directive(std::string_view tag, std::string_view argument);

// %{argument}t: [begin:|end:] and a strftime format, or one of sec, msec, usec, msec_frac and
// usec_frac; "" for the common format.
Field compile_time(std::string_view argument);

// A whole format string; the last field ends with a line feed.
Result<std::vector<Field>> compile_fields(std::string_view format);

}  // namespace forkloom::accesslog
