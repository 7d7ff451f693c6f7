#pragma once

// The configuration as a worker uses it: routes, and what is made of them once. The network
// thread's alone once that runs; before, the lifecycle thread's. What it gives out is immutable and
// lives as long as the process.

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "connection/limits.h"
#include "files/media_types.h"
#include "handoff/inheritance.h"
#include "os/socket.h"
#include "routing/router.h"
#include "worker/error_logs.h"
#include "worker/place_rules.h"
#include "worker/targets.h"

namespace forkloom::worker {

class Site {
 public:
  // All outlive the site.
  static Result<std::unique_ptr<Site>> make(const config::Settings& settings,
                                            const handoff::Inheritance& inheritance, Log& log);

  const config::Settings& settings() const { return settings_; }
  routing::Router& router() { return router_; }
  Log& log_of(std::size_t host) const { return error_logs_.of(host); }

  const PlaceRules& rules_of(const routing::Place& place);
  // The same with the other answer to whether Authorization is passed: an alias's own.
  const PlaceRules& rules_of_other_passing(const routing::Place& place);
  // What a connection to this address is allowed.
  const connection::Limits& limits(const os::SocketAddress& local) const;
  // Of a route that leads to an application; the variables may name the callable. nullptr where
  // requests have named too many of them, or a name is too long.
  const app::Target* target_of(const routing::Route& route,
                               std::span<const app::Variable> variables);
  // The applications that the configuration names without a pattern.
  std::vector<const app::Target*> named_targets();

 private:
  Site(const config::Settings& settings, files::MediaTypes types, ErrorLogs error_logs);

  const config::Settings& settings_;
  const files::MediaTypes types_;
  const ErrorLogs error_logs_;
  routing::Router router_;
  std::vector<connection::Limits> limits_;  // by host
  using RulesByPlace = std::vector<std::unique_ptr<PlaceRules>>;
  const PlaceRules& rules_in(RulesByPlace& rules, const routing::Place& place,
                             std::optional<bool> pass_authorization);

  RulesByPlace rules_;
  RulesByPlace other_rules_;  // with the other answer
  Targets targets_;
};

}  // namespace forkloom::worker
