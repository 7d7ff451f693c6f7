#include "worker/site.h"

#include <algorithm>
#include <utility>

#include "worker/limits.h"

namespace forkloom::worker {
namespace {

constexpr std::string_view kDefaultCallable = "application";

// "%{ENV:NAME}" to the variable's value; anything else, and a variable that is not there, stands
// for itself.
std::string_view expand(std::string_view text, std::span<const app::Variable> variables,
                        std::span<const app::Variable> of_place) {
  constexpr std::string_view kStart = "%{ENV:";
  if (!text.starts_with(kStart) || !text.ends_with('}')) return text;
  const std::string_view name = text.substr(kStart.size(), text.size() - kStart.size() - 1);
  for (const auto& list : {variables, of_place}) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const app::Variable& entry) { return entry.name == name; });
    if (found != list.end()) return found->value;
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<Site>> Site::make(const config::Settings& settings,
                                         const handoff::Inheritance& inheritance, Log& log) {
  auto types = settings.types_file.empty() ? Result<files::MediaTypes>(files::MediaTypes::builtin())
                                           : files::MediaTypes::read(settings.types_file);
  if (!types) return fail(std::move(types.error()).within("TypesConfig"));
  auto error_logs = ErrorLogs::open(settings, inheritance, log);
  if (!error_logs) return fail(std::move(error_logs.error()));
  return std::unique_ptr<Site>(new Site(settings, std::move(*types), std::move(*error_logs)));
}

Site::Site(const config::Settings& settings, files::MediaTypes types, ErrorLogs error_logs)
    : settings_(settings),
      types_(std::move(types)),
      error_logs_(std::move(error_logs)),
      router_(settings) {
  for (std::size_t i = 0; i < router_.host_count(); ++i) {
    limits_.push_back(connection_limits(settings, router_.host(i)));
  }
}

const PlaceRules& Site::rules_of(const routing::Place& place) {
  return rules_in(rules_, place, std::nullopt);
}

const PlaceRules& Site::rules_of_other_passing(const routing::Place& place) {
  return rules_in(other_rules_, place, !rules_of(place).place.passes_authorization);
}

const PlaceRules& Site::rules_in(RulesByPlace& rules, const routing::Place& place,
                                 std::optional<bool> pass_authorization) {
  if (rules.size() <= place.number) rules.resize(place.number + 1);
  auto& found = rules[place.number];
  if (!found) {
    found = std::make_unique<PlaceRules>(place, router_.host(place.host), types_,
                                         error_logs_.of(place.host), pass_authorization);
  }
  return *found;
}

const connection::Limits& Site::limits(const os::SocketAddress& local) const {
  return limits_[router_.first_host(local.address, local.port, local.is_unix)];
}

const app::Target* Site::target_of(const routing::Route& route,
                                   std::span<const app::Variable> variables) {
  const config::Mapping& mapping = *route.mapping;
  const bool is_script = route.kind == routing::Route::Kind::kScript;
  const std::string_view code = is_script ? std::string_view(route.script_path) : mapping.target;
  const auto kind = is_script ? app::Target::Kind::kScript : app::Target::Kind::kModule;
  if (!mapping.callable.empty()) {
    return &targets_.find(kind, code,
                          mapping.is_factory ? mapping.callable + "()" : mapping.callable);
  }
  const auto& callable = route.place->settings.callable_object;
  if (!callable) return &targets_.find(kind, code, kDefaultCallable);
  if (!callable->starts_with("%{")) return &targets_.find(kind, code, *callable);
  return targets_.find_named_by_request(
      kind, code, expand(*callable, variables, rules_of(*route.place).place.variables));
}

std::vector<const app::Target*> Site::named_targets() {
  std::vector<const app::Target*> targets;
  routing::Route route;
  for (std::size_t i = 0; i < router_.host_count(); ++i) {
    for (const config::Mapping& mapping : router_.host(i).mappings) {
      if (mapping.kind == config::Mapping::Kind::kFolder || mapping.pattern) continue;
      router_.map(i, mapping.url, route);
      const bool is_it =
          route.mapping == &mapping && (route.kind == routing::Route::Kind::kScript ||
                                        route.kind == routing::Route::Kind::kModule);
      if (!is_it) continue;
      const app::Target* target = target_of(route, {});
      if (target != nullptr && std::find(targets.begin(), targets.end(), target) == targets.end()) {
        targets.push_back(target);
      }
    }
  }
  return targets;
}

}  // namespace forkloom::worker
