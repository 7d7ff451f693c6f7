#pragma once

// The format "json": one JSON object a line. Pure; any thread.

#include <string>

#include "accesslog/format.h"

namespace forkloom::accesslog {

// Keys time (RFC 3339, UTC, microseconds; the request's first byte), remote, method, path and
// query (as received, percent-encoded), protocol, status, bytes (of the body, sent), duration_us,
// request_id, referer, user_agent, host, process, thread. null where a text is not known.
void append_json_line(const Record& record, std::string& out);

}  // namespace forkloom::accesslog
