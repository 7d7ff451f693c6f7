#include "routing/header_edits.h"

#include <algorithm>
#include <array>

#include "http/grammar.h"
#include "http/text.h"
#include "routing/edit_value.h"

namespace forkloom::routing {
namespace {

using Edit = config::HeaderEdit;
using http::equals_ignoring_case;

bool is_the_servers(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNames = {"Content-Length", "Transfer-Encoding",
                                                      "Connection", "Date", "Server"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [name](std::string_view its) { return equals_ignoring_case(name, its); });
}

bool is_wanted(const Edit& edit, const EditSubject& subject) {
  if (is_the_servers(edit.name)) return false;
  if (edit.variable.empty()) return true;
  return (find_variable(subject, edit.variable) != nullptr) == edit.wants_variable;
}

}  // namespace

std::span<const http::Field> HeaderEdits::apply(std::span<const Edit> edits,
                                                std::span<const http::Field> fields,
                                                const EditSubject& subject, bool is_own) {
  const bool has_work = std::any_of(
      edits.begin(), edits.end(), [is_own](const Edit& edit) { return edit.is_always || !is_own; });
  if (!has_work) return fields;
  fields_.assign(fields.begin(), fields.end());
  text_count_ = 0;
  for (const bool is_always : {false, true}) {
    if (!is_always && is_own) continue;
    for (const Edit& edit : edits) {
      if (edit.is_always == is_always && is_wanted(edit, subject)) apply(edit, subject);
    }
  }
  return fields_;
}

void HeaderEdits::apply(const Edit& edit, const EditSubject& subject) {
  const auto value = [&] { return expand(edit.value, subject); };
  http::Field* first = find(edit.name);
  switch (edit.action) {
    case Edit::Action::kSet:
      return set(edit.name, value());
    case Edit::Action::kSetIfEmpty:
      if (first == nullptr) set(edit.name, value());
      return;
    case Edit::Action::kAdd:
      fields_.push_back({.name = edit.name, .value = value()});
      return;
    case Edit::Action::kAppend:
      if (first == nullptr) return set(edit.name, value());
      return append(*first, value());
    case Edit::Action::kMerge: {
      if (first == nullptr) return set(edit.name, value());
      const std::string_view added = value();
      if (!has_element(edit.name, added)) append(*first, added);
      return;
    }
    case Edit::Action::kUnset:
      std::erase_if(fields_, [&](const http::Field& field) {
        return equals_ignoring_case(field.name, edit.name);
      });
      return;
  }
}

// Where the first of them stood.
void HeaderEdits::set(std::string_view name, std::string_view value) {
  bool is_set = false;
  std::erase_if(fields_, [&](http::Field& field) {
    if (!equals_ignoring_case(field.name, name)) return false;
    if (is_set) return true;
    field.value = value;
    is_set = true;
    return false;
  });
  if (!is_set) fields_.push_back({.name = name, .value = value});
}

void HeaderEdits::append(http::Field& field, std::string_view value) {
  std::string& text = new_text();
  text.append(field.value);
  if (!text.empty() && !value.empty()) text += ", ";
  text.append(value);
  field.value = text;
}

bool HeaderEdits::has_element(std::string_view name, std::string_view value) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const http::Field& field) {
    if (!equals_ignoring_case(field.name, name)) return false;
    if (field.value == value) return true;
    http::ListElements elements(field.value);
    for (std::string_view element; elements.next(element);) {
      if (element == value) return true;
    }
    return false;
  });
}

http::Field* HeaderEdits::find(std::string_view name) {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [name](const auto& field) {
    return equals_ignoring_case(field.name, name);
  });
  return found == fields_.end() ? nullptr : &*found;
}

std::string_view HeaderEdits::expand(std::string_view format, const EditSubject& subject) {
  if (format.find('%') == std::string_view::npos) return format;
  std::string& text = new_text();
  append_edit_value(format, subject, joined_, text);
  return text;
}

std::string& HeaderEdits::new_text() {
  if (text_count_ == texts_.size()) texts_.emplace_back();
  std::string& text = texts_[text_count_++];
  text.clear();
  return text;
}

}  // namespace forkloom::routing
