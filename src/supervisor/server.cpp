#include "supervisor/server.h"

#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "os/accounts.h"
#include "os/descriptor_flags.h"
#include "os/error_log.h"
#include "os/identity.h"
#include "os/resource_limits.h"
#include "supervisor/announcement.h"
#include "supervisor/interpreter_choice.h"
#include "supervisor/interpreter_probe.h"
#include "supervisor/listening_sockets.h"
#include "supervisor/log_files.h"
#include "supervisor/pid_file.h"
#include "supervisor/runtime_module.h"
#include "supervisor/server_loop.h"

namespace forkloom::supervisor {
namespace {

void print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

// What Python is to be told at its start: -B, -O, -W and their kin.
void add_python_options(const config::Settings& settings, os::Program& program) {
  std::vector<std::string> options;
  if (!settings.writes_bytecode) options.emplace_back("-B");
  for (std::uint32_t i = 0; i < settings.python_optimize; ++i) options.emplace_back("-O");
  for (const std::string& filter : settings.python_warnings) options.push_back("-W" + filter);
  program.arguments.insert(program.arguments.begin() + 1, options.begin(), options.end());
  if (settings.python_hash_seed) {
    os::set_variable(program, "PYTHONHASHSEED", std::to_string(*settings.python_hash_seed));
  }
  if (!settings.python_eggs.empty()) {
    os::set_variable(program, "PYTHON_EGG_CACHE", settings.python_eggs);
  }
}

Result<os::Program> find_program(const config::Settings& settings) {
  const auto folder = binary_folder();
  if (!folder) return fail(folder.error());
  if (!config::runs_applications(settings)) return own_program();
  const auto path = choose_interpreter(settings.python);
  if (!path) return fail(path.error());
  const auto interpreter = probe_interpreter(*path);
  if (!interpreter) return fail(interpreter.error());
  const auto module = find_runtime_module(*interpreter, *folder);
  if (!module) return fail(module.error());
  os::Program program = runtime_program(*interpreter, *module);
  add_python_options(settings, program);
  return program;
}

// Who the children are. Only root can choose.
Result<std::optional<os::Account>> find_child_account(const config::Settings& settings, Log& log) {
  if (settings.user.empty() && settings.group.empty()) return std::nullopt;
  if (!os::is_root()) {
    log.notice("User and Group have no effect: the server is not started by root");
    return std::nullopt;
  }
  auto account = settings.user.empty() ? os::find_group(settings.group)
                                       : os::find_account(settings.user, settings.group);
  if (!account) return fail(std::move(account.error()));
  return std::optional(std::move(*account));
}

Result<Outcome> serve(const config::Settings& settings, const std::string& settings_text,
                      Log& log) {
  auto signals = open_server_signals();
  if (!signals) return fail(std::move(signals).error());
  if (const auto raised = os::raise_descriptor_limit(); !raised) {
    log.warning("{}", raised.error().message());
  }
  auto sockets = ListeningSockets::open(settings.listen, settings.listen_backlog);
  if (!sockets) return fail(std::move(sockets).error());
  auto logs = LogFiles::open(settings);
  if (!logs) return fail(std::move(logs).error());
  auto account = find_child_account(settings, log);
  if (!account) return fail(std::move(account).error());
  auto program = find_program(settings);
  if (!program) return fail(std::move(program).error());
  program->account = std::move(*account);
  auto scoreboard = scoreboard::Scoreboard::create(1, settings.threads);
  if (!scoreboard) return fail(std::move(scoreboard).error());
  const int pid = os::process_id();
  const auto pid_file = PidFile::write(settings.pid_file, pid);
  if (!pid_file) return fail(pid_file.error());
  if (settings.model != config::Model::kWinnt) {
    log.warning("{} is not built yet: one process with {} serves",
                config::model_name(settings.model),
                settings.model == config::Model::kPrefork
                    ? "one request thread"
                    : fmt::format("{} request threads", settings.threads));
  }

  ServerLoop::Plan plan;
  plan.child.program = std::move(*program);
  plan.child.inheritance.settings_text = settings_text;
  plan.child.inheritance.listeners = sockets->for_children();
  plan.child.inheritance.logs = logs->for_children();
  plan.child.inheritance.scoreboard_fd = scoreboard->fd();
  plan.graceful_timeout = settings.graceful_timeout;
  plan.on_first_ready =
      [&settings, pid, listeners = plan.child.inheritance.listeners](const handoff::Ready& ready) {
        print(stdout, announcement(settings, listeners, ready, pid));
      };
  ServerLoop loop(std::move(plan), *signals, *sockets, *scoreboard, log);
  return loop.run();
}

}  // namespace

int run_server(const config::Settings& settings, const std::string& settings_text) {
  if (const auto opened = os::open_missing_standard_streams(); !opened) return 1;
  const std::string error_log = settings.main.error_log.value_or("-");
  const auto log = os::open_error_log(error_log, settings.main.log_level.value_or(Level::kWarning),
                                      os::TakesOver::kNothing);
  if (!log) {
    print(stderr, fmt::format("forkloom: {}\n", log.error().message()));
    return 1;
  }
  const bool has_log_file = error_log != "-";
  try {
    const auto outcome = serve(settings, settings_text, **log);
    const std::string& message = outcome ? outcome->message : outcome.error().message();
    if (!message.empty()) {
      const bool has_line_end = message.ends_with('\n');
      print(stderr,
            fmt::format("{}{}{}", outcome ? "" : "forkloom: ", message, has_line_end ? "" : "\n"));
      if (has_log_file) (*log)->error("{}", message);
    }
    return outcome ? outcome->exit_status : 1;
  } catch (const std::exception& error) {  // Asio, where the kernel refuses it an epoll or a timer
    print(stderr, fmt::format("forkloom: {}\n", error.what()));
    if (has_log_file) (*log)->error("{}", error.what());
    return 1;
  }
}

}  // namespace forkloom::supervisor
