#pragma once

// Header: changes the fields of an answer before it is sent.

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/site.h"
#include "http/request.h"
#include "routing/edit_value.h"

namespace forkloom::routing {

// The fields of one answer at a time. Used by one thread at a time; reused, so that nothing is
// allocated once the buffers have grown.
class HeaderEdits {
 public:
  // `fields` after the edits: those without "always" first, but none of them where is_own (the
  // answer is the server's own refusal), then those with it, which work on what the first ones
  // left. Framing, Date and Server are the server's business: edits of them are ignored. The
  // result lives until the next call and as long as `fields`, `edits` and the subject's texts.
  std::span<const http::Field> apply(std::span<const config::HeaderEdit> edits,
                                     std::span<const http::Field> fields,
                                     const EditSubject& subject, bool is_own);

 private:
  using Edit = config::HeaderEdit;

  void apply(const Edit& edit, const EditSubject& subject);
  void set(std::string_view name, std::string_view value);
  void append(http::Field& field, std::string_view value);
  bool has_element(std::string_view name, std::string_view value) const;
  http::Field* find(std::string_view name);
  // The value with what its % directives stand for.
  std::string_view expand(std::string_view format, const EditSubject& subject);
  std::string& new_text();

  std::vector<http::Field> fields_;
  std::deque<std::string> texts_;  // of values made here; they never move
  std::size_t text_count_ = 0;     // in use; those after them are kept for their memory
  std::string joined_;
};

}  // namespace forkloom::routing
