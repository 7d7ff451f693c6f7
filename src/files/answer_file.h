#pragma once

#include <string>
#include <string_view>

#include "app/exchange.h"
#include "base/result.h"
#include "base/time.h"
#include "files/find.h"
#include "files/policy.h"
#include "http/request.h"

namespace forkloom::files {

// Answers with a file that find() found (kFile) at root and relative, whose names also give its
// type and its compressed siblings. Never waits for the client; may read the disk.
//
// status 200: by RFC 9110, that is with conditions, ranges and the methods GET, HEAD and OPTIONS
// (405, or 501, for all others). Any other status is an error whose document the file is: sent
// whole, whatever the method and conditions, and without a time to keep it.
//
// The request has been answered in any case; an Error is for the error log.
Result<void> answer_file(const http::Request& request, Found&& file, const std::string& root,
                         std::string_view relative, const Policy& policy, WallTime now, int status,
                         app::Response& response);

}  // namespace forkloom::files
