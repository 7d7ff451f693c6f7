#include "runtime/child.h"

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/version.h"
#include "config/parser.h"
#include "handoff/channel.h"
#include "handoff/inheritance.h"
#include "os/error_log.h"
#include "os/identity.h"
#include "python/api.h"
#include "runtime/exit_watch.h"
#include "runtime/prepare.h"
#include "scoreboard/scoreboard.h"
#include "worker/targets.h"
#include "worker/worker.h"
#include "wsgi/lifecycle.h"
#include "wsgi/runtime.h"

namespace forkloom::runtime {
namespace {

// mod_wsgi's shutdown-timeout: for exit hooks and threads that are no daemons.
constexpr milliseconds kExitTime{5000};
constexpr int kExitFailed = 1;

wsgi::Options options_of(const config::Settings& settings) {
  wsgi::Options options;
  options.server_software = fmt::format("Forkloom/{}", kVersion);
  const char* digits = kVersion.data();
  const char* end = digits + kVersion.size();
  for (int* part : {&options.version_major, &options.version_minor, &options.version_patch}) {
    digits = std::from_chars(digits, end, *part).ptr;
    if (digits != end) ++digits;
  }
  options.process_id = os::process_id();
  options.is_multithread = settings.threads != 1;
  options.is_multiprocess = false;
  return options;
}

Result<std::unique_ptr<wsgi::WsgiRuntime>> load(python::Attached& py,
                                                const config::Settings& settings, Log& log) {
  if (auto prepared = prepare_interpreter(py, settings); !prepared) {
    return fail(std::move(prepared.error()));
  }
  const wsgi::Options options = options_of(settings);
  if (auto restricted = wsgi::apply_restrictions(py, options, log); !restricted) {
    return fail(std::move(restricted.error()));
  }
  auto runtime = wsgi::WsgiRuntime::make(py, options, log);
  if (!runtime) return runtime;
  for (const app::Target& target : worker::make_targets(settings)) {
    if (auto loaded = (*runtime)->preload(py, target); !loaded) {
      return fail(std::move(loaded.error()));
    }
  }
  return runtime;
}

handoff::Ready ready_report() {
  handoff::Ready ready;
  // "3.11.7 (main, ...": of the interpreter that runs, which may be a later patch release than the
  // one whose headers this was built with.
  const std::string_view version = Py_GetVersion();
  ready.python_version = version.substr(0, version.find(' '));
  if (PyObject* executable = PySys_GetObject("executable");
      executable != nullptr && PyUnicode_Check(executable)) {
    if (const char* path = PyUnicode_AsUTF8(executable)) ready.python_executable = path;
    PyErr_Clear();
  }
#ifdef Py_GIL_DISABLED
  ready.interpreter_flavour = "free-threaded";
#endif
  return ready;
}

// What the parent gave to this child, taken over.
struct Given {
  handoff::Inheritance inheritance;
  config::Settings settings;
  scoreboard::Scoreboard scoreboard;
  std::unique_ptr<Log> log;
  os::UniqueFd channel;
};

Result<Given> take_over(int inheritance_fd) {
  const os::UniqueFd owned(inheritance_fd);
  auto inheritance = handoff::read_inheritance(owned.get());
  if (!inheritance) return fail(std::move(inheritance.error()));
  auto settings = config::parse(inheritance->settings_text, "the parent's settings");
  if (!settings) return fail(settings.error().front().text());
  os::UniqueFd table(inheritance->scoreboard_fd);
  auto scoreboard = scoreboard::Scoreboard::map(table.get());
  if (!scoreboard) return fail(std::move(scoreboard.error()));
  auto log =
      os::open_error_log(settings->error_log, settings->log_level,
                         // Standard output is the access log's where it was asked for.
                         settings->access_log == "-" ? os::TakesOver::kStandardError
                                                     : os::TakesOver::kStandardErrorAndOutput);
  if (!log) return fail(std::move(log.error()));
  os::UniqueFd channel(inheritance->parent_channel_fd);
  return Given{std::move(*inheritance), std::move(*settings), std::move(*scoreboard),
               std::move(*log), std::move(channel)};
}

int report_failure(const os::UniqueFd& channel, Log& log, std::string message) {
  if (auto sent = handoff::send_report(channel.get(),
                                       handoff::Failed{.message = message, .is_final = true});
      !sent) {
    log.error("{}", message);
  }
  return kExitFailed;
}

}  // namespace

int run_child(python::Attached& py, int inheritance_fd) {
  auto taken = take_over(inheritance_fd);
  if (!taken) {
    fmt::print(stderr, "forkloom: {}\n", taken.error().message());
    return kExitFailed;
  }
  Given& given = *taken;
  // The log outlives all that could write to it: other threads may run until the process ends.
  Log& log = *given.log.release();
  const std::uint32_t number = given.inheritance.child_number;
  given.scoreboard.set_process(number, scoreboard::ProcessState::kStarting, os::process_id());

  auto runtime = load(py, given.settings, log);
  if (!runtime) return report_failure(given.channel, log, runtime.error().message());
  const handoff::Ready ready = ready_report();

  worker::WorkerParts parts{.settings = given.settings,
                            .runtime = **runtime,
                            .log = log,
                            .scoreboard = given.scoreboard,
                            .child_number = number,
                            .listeners = {},
                            .parent_channel = given.channel.get()};
  for (const handoff::Inheritance::Listener& listener : given.inheritance.listeners) {
    parts.listeners.emplace_back(listener.fd);
  }
  auto worker = worker::Worker::make(std::move(parts));
  if (!worker) return report_failure(given.channel, log, worker.error().message());

  worker::Ended ended = worker::Ended::kDrained;
  {
    const python::Detached detached(py);
    ended = (*worker)->run([&] {
      given.scoreboard.set_process(number, scoreboard::ProcessState::kReady, os::process_id());
      if (auto sent = handoff::send_report(given.channel.get(), ready); !sent) {
        log.error("reporting to the parent: {}", sent.error().message());
      }
    });
    if (ended == worker::Ended::kCut) (*worker)->flush();
  }
  const int exit_status = ended == worker::Ended::kDrained ? 0 : kExitFailed;
  const ExitWatch watch(kExitTime, exit_status, log);
  // Request threads that were cut still use the worker and the runtime.
  if (ended == worker::Ended::kCut) {
    static_cast<void>(worker->release());
    static_cast<void>(runtime->release());
  } else {
    const python::Detached detached(py);
    worker->reset();
  }
  wsgi::end_interpreter(py, log);
  return exit_status;
}

}  // namespace forkloom::runtime
