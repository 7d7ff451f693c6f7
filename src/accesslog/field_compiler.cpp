#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "accesslog/field.h"

namespace forkloom::accesslog {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Compiler {
 public:
  explicit Compiler(std::string_view format) : format_(format) {}

  Result<std::vector<Field>> compile() {
    while (at_ < format_.size()) {
      if (format_[at_] != '%') {
        read_literal();
      } else if (auto read = read_directive(); !read) {
        return fail(std::move(read.error()));
      }
    }
    literal_.push_back('\n');
    end_literal();
    return std::move(fields_);
  }

 private:
  void read_literal() {
    char c = format_[at_++];
    if (c == '\\' && at_ < format_.size()) {
      constexpr std::string_view kLetters = "ntr\"\\";
      constexpr std::string_view kMeanings = "\n\t\r\"\\";
      if (const std::size_t found = kLetters.find(format_[at_]); found < kLetters.size()) {
        c = kMeanings[found];
        ++at_;
      }
    }
    literal_.push_back(c);
  }

  // A literal's end is known only where the next directive begins.
  void end_literal() {
    if (literal_.empty()) return;
    fields_.push_back({.write = write_text, .text = std::exchange(literal_, {})});
  }

  // Conditions, "<", ">" and {argument} stand between the percent sign and the letter, in any
  // order.
  Result<void> read_directive() {
    const std::size_t begin = at_++;
    std::vector<int> statuses;
    bool is_negated = false;
    std::string_view argument;
    for (; at_ < format_.size(); ++at_) {
      const char c = format_[at_];
      if (c == '{') {
        const std::size_t end = format_.find('}', at_);
        if (end == std::string_view::npos) return wrong(begin, "the { has no }");
        argument = format_.substr(at_ + 1, end - at_ - 1);
        at_ = end;
      } else if (is_digit(c)) {
        const std::size_t end =
            std::min(format_.find_first_not_of("0123456789", at_), format_.size());
        int status = 0;
        std::from_chars(format_.data() + at_, format_.data() + end, status);
        if (end - at_ != 3 || status < 100) return wrong(begin, "a status has three digits");
        statuses.push_back(status);
        at_ = end - 1;
      } else if (c == '!') {
        is_negated = true;
      } else if (c != ',' && c != '<' && c != '>') {
        break;
      }
    }
    const std::string_view tag = read_tag();
    if (tag.empty())
      return wrong(begin, "a directive ends with a letter, and %% is a percent sign");
    if (is_negated && statuses.empty()) return wrong(begin, "! stands before a list of statuses");
    if (tag == "%") {
      literal_.push_back('%');
      return {};
    }
    auto field = compile_directive(tag, argument);
    if (!field) return wrong(begin, field.error().message());
    field->statuses = std::move(statuses);
    field->is_negated = is_negated;
    end_literal();
    fields_.push_back(std::move(*field));
    return {};
  }

  // One letter, or "^" and two.
  std::string_view read_tag() {
    if (at_ >= format_.size()) return {};
    const std::string_view tag = format_.substr(at_, format_[at_] == '^' ? 3 : 1);
    at_ += tag.size();
    return tag;
  }

  tl::unexpected<Error> wrong(std::size_t begin, std::string_view reason) const {
    return fail(fmt::format("log format, position {}: {}: {}", begin + 1,
                            format_.substr(begin, at_ - begin), reason));
  }

  std::string_view format_;
  std::size_t at_ = 0;
  std::string literal_;
  std::vector<Field> fields_;
};

}  // namespace

bool Field::is_wanted(int status) const {
  if (statuses.empty()) return true;
  const bool is_listed = std::find(statuses.begin(), statuses.end(), status) != statuses.end();
  return is_listed != is_negated;
}

void write_dash(const Record& /*record*/, const Field& /*field*/, std::string& out) {
  out.push_back('-');
}

void write_text(const Record& /*record*/, const Field& field, std::string& out) {
  out.append(field.text);
}

Result<std::vector<Field>> compile_fields(std::string_view format) {
  return Compiler(format).compile();
}

}  // namespace forkloom::accesslog
