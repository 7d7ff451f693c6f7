#pragma once

// The value of a Header directive with %t, %D, %{NAME}e, %{NAME}i and %%.

#include <span>
#include <string>
#include <string_view>

#include "app/exchange.h"
#include "base/time.h"
#include "http/request.h"

namespace forkloom::routing {

// What the values and conditions of edits may ask of.
struct EditSubject {
  const http::Request& request;
  std::span<const app::Variable> place_variables;
  std::span<const app::Variable> variables;  // of this request alone; they override the place's
  WallTime request_start;
  WallTime now;
};

// Value of a variable of the request, nullptr where there is none.
const std::string* find_variable(const EditSubject& subject, std::string_view name);

// Appends to `out`. What is not there reads "(null)". Bytes that no field may hold become spaces:
// a variable may come from a decoded path. `joined` is working memory.
void append_edit_value(std::string_view format, const EditSubject& subject, std::string& joined,
                       std::string& out);

}  // namespace forkloom::routing
