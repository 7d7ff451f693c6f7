#pragma once

// What a log line takes out of a request and of a response head. Values are appended escaped
// (accesslog/escape.h); false, and nothing appended, where the message does not have them. Pure.

#include <string>
#include <string_view>

#include "http/request.h"

namespace forkloom::accesslog {

// The value of a field; several lines of the same name are joined by ", " (RFC 9110 section 5.3).
bool append_request_field(const http::Request& request, std::string_view name, std::string& out);
// The same of a response head as sent, whose first line is the status line.
bool append_response_field(std::string_view head, std::string_view name, std::string& out);

// The value of the first cookie of that name (RFC 6265 section 4.2.1), in the same letter case.
bool append_cookie(const http::Request& request, std::string_view name, std::string& out);

// The user name of Authorization: Basic (RFC 7617), whether or not anybody checked the password.
// An empty name is written as two quotation marks.
bool append_basic_user(const http::Request& request, std::string& out);

// The request's path, decoded and normalised; as received where that cannot be done.
void append_path(const http::Request& request, std::string& out);

// Host without the port; "" where there is none.
std::string_view host_name(std::string_view authority);

}  // namespace forkloom::accesslog
