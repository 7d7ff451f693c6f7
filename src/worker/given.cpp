#include "worker/given.h"

#include <algorithm>
#include <utility>

#include "config/parser.h"
#include "handoff/channel.h"
#include "os/error_log.h"
#include "os/identity.h"

namespace forkloom::worker {
namespace {

// Standard output is an access log's where one asks for it.
bool logs_to_standard_output(const config::Settings& settings) {
  const auto is_standard = [](const config::CustomLog& log) { return log.path == "-"; };
  const auto has_standard = [&](const config::Host& host) {
    return std::any_of(host.custom_logs.begin(), host.custom_logs.end(), is_standard);
  };
  return has_standard(settings.main) ||
         std::any_of(settings.virtual_hosts.begin(), settings.virtual_hosts.end(), has_standard);
}

}  // namespace

void Given::report_failure(const std::string& message) const {
  if (auto sent = handoff::send_report(channel.get(),
                                       handoff::Failed{.message = message, .is_final = true});
      !sent) {
    log->error("{}", message);
  }
}

Result<Given> take_over(int inheritance_fd) {
  const os::UniqueFd owned(inheritance_fd);
  auto inheritance = handoff::read_inheritance(owned.get());
  if (!inheritance) return fail(std::move(inheritance.error()));
  auto settings = config::parse(inheritance->settings_text, "the parent's settings");
  if (!settings) return fail(settings.error().front().text());
  os::UniqueFd table(inheritance->scoreboard_fd);
  auto scoreboard = scoreboard::Scoreboard::map(table.get());
  if (!scoreboard) return fail(std::move(scoreboard.error()));
  const std::string path = settings->main.error_log.value_or("-");
  auto log = os::open_error_log(path, settings->main.log_level.value_or(Level::kWarning),
                                logs_to_standard_output(*settings)
                                    ? os::TakesOver::kStandardError
                                    : os::TakesOver::kStandardErrorAndOutput,
                                handoff::inherited_log(*inheritance, path));
  if (!log) return fail(std::move(log.error()));
  os::UniqueFd channel(inheritance->parent_channel_fd);
  std::vector<os::UniqueFd> listeners;
  for (const auto& listener : inheritance->listeners) listeners.emplace_back(listener.fd);
  scoreboard->set_process(inheritance->child_number, scoreboard::ProcessState::kStarting,
                          os::process_id());
  return Given{std::move(*inheritance), std::move(*settings), std::move(*scoreboard),
               std::move(*log),         std::move(channel),   std::move(listeners)};
}

}  // namespace forkloom::worker
