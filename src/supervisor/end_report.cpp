#include "supervisor/end_report.h"

#include <algorithm>

#include <fmt/format.h>

namespace forkloom::supervisor {

void log_end(Log& log, Level level, std::uint32_t number, const EndedChild& ended, WallTime now) {
  log.write(level, "child {} (pid {}) ended: {}{}", number, ended.pid, ended.end.text(),
            ended.life.was_ready ? "" : ", before it was ready");
  if (ended.failure) log.write(level, "{}", ended.failure->message);
  for (const auto& request : ended.cut_requests) {
    const WallTime start{duration_cast<WallClock::duration>(microseconds(request.start_us))};
    const auto ran = std::max(duration_cast<milliseconds>(now - start), milliseconds(0));
    log.write_for(request.request_id, level,
                  "'{}' was running for {}.{:03} s when its process (pid {}) ended", request.line,
                  ran.count() / 1000, ran.count() % 1000, ended.pid);
  }
}

std::string start_failure(const EndedChild& ended) {
  if (ended.failure) return ended.failure->message;
  return fmt::format("forkloom: the application's process (pid {}) ended before it was ready: {}",
                     ended.pid, ended.end.text());
}

}  // namespace forkloom::supervisor
