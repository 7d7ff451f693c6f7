#include "files/conditions.h"

#include <optional>

#include "files/date_text.h"
#include "files/entity_tag.h"
#include "files/single_field.h"
#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

enum class Listed : std::uint8_t { kNoField, kNo, kYes };

using Comparison = bool (*)(std::string_view, std::string_view);

// Whether a field of that name lists the tag, or "*". Several fields make one list.
Listed listed(const http::Request& request, std::string_view name, std::string_view tag,
              Comparison equals) {
  Listed result = Listed::kNoField;
  for (const http::Field& field : request.fields) {
    if (!http::equals_ignoring_case(field.name, name)) continue;
    result = Listed::kNo;
    if (http::trim(field.value) == "*") return Listed::kYes;
    TagList list(field.value);
    for (std::string_view one; list.next(one);) {
      if (equals(one, tag)) return Listed::kYes;
    }
  }
  return result;
}

// A date that is malformed or there twice counts as absent (sections 13.1.3 and 13.1.4).
std::optional<std::time_t> date_of(const http::Request& request, std::string_view name,
                                   std::time_t now) {
  const std::optional<std::string_view> value = single_field(request, name);
  return value ? read_date(*value, now) : std::nullopt;
}

}  // namespace

Verdict judge(const http::Request& request, const Validators& current, std::time_t now) {
  const Listed match = listed(request, "If-Match", current.tag, equals_strongly);
  if (match == Listed::kNo) return Verdict::kFailed;
  if (match == Listed::kNoField) {
    const auto date = date_of(request, "If-Unmodified-Since", now);
    if (date && current.modified > *date) return Verdict::kFailed;
  }
  const bool is_reading = request.method == "GET" || request.method == "HEAD";
  const Listed none_match = listed(request, "If-None-Match", current.tag, equals_weakly);
  if (none_match == Listed::kYes) return is_reading ? Verdict::kNotModified : Verdict::kFailed;
  if (none_match == Listed::kNoField && is_reading) {
    const auto date = date_of(request, "If-Modified-Since", now);
    // A date of the future is none that a cache can have got.
    if (date && *date <= now && current.modified <= *date) return Verdict::kNotModified;
  }
  return Verdict::kSend;
}

bool allows_range(const http::Request& request, const Validators& current, std::time_t now) {
  if (request.find("If-Range") == nullptr) return true;
  const std::string_view value = single_field(request, "If-Range").value_or("");
  std::string_view tag;
  if (TagList list(value); list.next(tag)) return tag == value && equals_strongly(tag, current.tag);
  // A date is a strong validator where the file was left alone for the second that it names
  // (section 8.8.2.2).
  const auto date = read_date(value, now);
  return date && *date == current.modified && now > current.modified;
}

}  // namespace forkloom::files
