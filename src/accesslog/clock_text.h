#pragma once

// Times as access logs write them. Breaking a time down costs more than the rest of a line, so
// that each thread keeps the last few seconds that it broke down. Any thread.

#include <ctime>
#include <string>
#include <string_view>

#include "base/time.h"

namespace forkloom::accesslog {

// "[18/Sep/2011:19:18:28 -0400]", local time with its offset, month names always English. Valid
// until this thread's next call.
std::string_view common_time(WallTime time);

// Local time of the second that holds `time`. Valid until this thread's next call.
const std::tm& local_time(WallTime time);

// "2011-09-18T23:18:28.123456Z" (RFC 3339).
void append_utc_time(WallTime time, std::string& out);

}  // namespace forkloom::accesslog
