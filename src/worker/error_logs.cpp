#include "worker/error_logs.h"

#include <map>
#include <utility>

#include "os/error_log.h"

namespace forkloom::worker {

Result<ErrorLogs> ErrorLogs::open(const config::Settings& settings,
                                  const handoff::Inheritance& inheritance, Log& main) {
  ErrorLogs logs;
  using Key = std::pair<std::string, Level>;
  const Key main_key{settings.main.error_log.value_or("-"),
                     settings.main.log_level.value_or(Level::kWarning)};
  std::map<Key, Log*> by_key = {{main_key, &main}};
  logs.logs_.push_back(&main);
  for (const config::Host& host : settings.virtual_hosts) {
    const Key key{host.error_log.value_or(main_key.first),
                  host.log_level.value_or(main_key.second)};
    const auto [found, is_new] = by_key.emplace(key, nullptr);
    if (is_new) {
      auto log = os::open_error_log(key.first, key.second, os::TakesOver::kNothing,
                                    handoff::inherited_log(inheritance, key.first));
      if (!log) return fail(std::move(log.error()));
      found->second = log->get();
      logs.owned_.push_back(std::move(*log));
    }
    logs.logs_.push_back(found->second);
  }
  return logs;
}

}  // namespace forkloom::worker
