#include "accesslog/format.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accesslog/field.h"
#include "accesslog/json_line.h"

namespace forkloom::accesslog {
namespace {

struct Nickname {
  std::string_view name;
  std::string_view format;
};

// The names that Apache's and Debian's configurations give.
constexpr auto kNicknames = std::to_array<Nickname>({
    {"common", R"(%h %l %u %t "%r" %>s %b)"},
    {"combined", R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")"},
    {"vhost_common", R"(%v %h %l %u %t "%r" %>s %b)"},
    {"vhost_combined", R"(%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i")"},
    {"referer", "%{Referer}i -> %U"},
    {"agent", "%{User-Agent}i"},
});
constexpr std::string_view kJson = "json";

void write_json(const Record& record, const Field& /*field*/, std::string& out) {
  append_json_line(record, out);
}

std::string all_names() {
  std::string names;
  for (const Nickname& nickname : kNicknames) names.append(nickname.name).append(", ");
  return names.append(kJson);
}

}  // namespace

struct Format::Fields {
  std::vector<Field> list;
};

Result<Format> Format::compile(std::string_view text) {
  if (text == kJson) {
    return Format(std::make_unique<const Fields>(Fields{{Field{.write = write_json}}}));
  }
  if (text.find('%') == std::string_view::npos) {
    const auto* const found =
        std::find_if(kNicknames.begin(), kNicknames.end(),
                     [text](const Nickname& nickname) { return nickname.name == text; });
    if (found == kNicknames.end()) {
      return fail(fmt::format("log format '{}' has no %directive and is none of the names {}", text,
                              all_names()));
    }
    text = found->format;
  }
  auto fields = compile_fields(text);
  if (!fields) return fail(std::move(fields.error()));
  return Format(std::make_unique<const Fields>(Fields{std::move(*fields)}));
}

Format::Format(std::unique_ptr<const Fields> fields) : fields_(std::move(fields)) {}
Format::Format(Format&&) noexcept = default;
Format& Format::operator=(Format&&) noexcept = default;
Format::~Format() = default;

void Format::append(const Record& record, std::string& out) const {
  for (const Field& field : fields_->list) {
    if (field.is_wanted(record.status)) {
      field.write(record, field, out);
    } else {
      out.push_back('-');
    }
  }
}

}  // namespace forkloom::accesslog
