#include "connection/http_date.h"

#include <ctime>
#include <string>

#include "base/time.h"
#include "http/response_head.h"

namespace forkloom::connection {

std::string_view http_date_now() {
  // A cache of the thread's own: no lock, and formatted once a second at most.
  thread_local std::time_t second = -1;
  thread_local std::string text;
  const std::time_t now = WallClock::to_time_t(WallClock::now());
  if (now != second) {
    text = http::format_date(now);
    second = now;
  }
  return text;
}

}  // namespace forkloom::connection
