#include "worker/targets.h"

namespace forkloom::worker {

std::vector<app::Target> make_targets(const config::Settings& settings) {
  std::vector<app::Target> targets;
  for (const config::Application& application : settings.applications) {
    const bool is_script = application.kind == config::Application::Kind::kScript;
    targets.push_back({.kind = is_script ? app::Target::Kind::kScript : app::Target::Kind::kModule,
                       .script_path = application.script_path,
                       .module = application.module,
                       .callable = application.callable,
                       .is_factory = application.is_factory,
                       .number = targets.size()});
  }
  return targets;
}

app::Place make_place(const config::Settings& settings, Log& log) {
  return {.number = 0,
          .variables = {},
          .passes_authorization = settings.pass_authorization,
          .reloads_script = false,
          .overrides_errors = false,
          .sends_files = true,
          .process_group = {},
          .application_group = {},
          .log = &log};
}

}  // namespace forkloom::worker
