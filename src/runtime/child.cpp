#include "runtime/child.h"

#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/version.h"
#include "handoff/channel.h"
#include "handoff/inheritance.h"
#include "os/error_log.h"
#include "os/identity.h"
#include "python/api.h"
#include "runtime/exit_watch.h"
#include "runtime/prepare.h"
#include "scoreboard/scoreboard.h"
#include "worker/given.h"
#include "worker/site.h"
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
  options.is_multithread = settings.model != config::Model::kPrefork && settings.threads != 1;
  options.is_multiprocess = false;
  options.restricts_stdin = settings.restricts_stdin;
  options.restricts_stdout = settings.restricts_stdout;
  options.restricts_signal = settings.restricts_signal;
  return options;
}

Result<std::unique_ptr<wsgi::WsgiRuntime>> load(python::Attached& py, worker::Site& site,
                                                Log& log) {
  const config::Settings& settings = site.settings();
  if (auto prepared = prepare_interpreter(py, settings); !prepared) {
    return fail(std::move(prepared.error()));
  }
  const wsgi::Options options = options_of(settings);
  if (auto restricted = wsgi::apply_restrictions(py, options, log); !restricted) {
    return fail(std::move(restricted.error()));
  }
  auto runtime = wsgi::WsgiRuntime::make(py, options, log);
  if (!runtime) return runtime;
  // What cannot be loaded is an error of its own where nobody requires it: the rest is served.
  const auto failed = [&](Error error) -> Result<void> {
    if (settings.requires_applications) return fail(std::move(error));
    log.error("{}", error.message());
    return {};
  };
  for (const config::ImportScript& script : settings.import_scripts) {
    if (auto imported = wsgi::import_script(py, script.path, log); !imported) {
      if (auto given_up = failed(std::move(imported.error())); !given_up) {
        return fail(std::move(given_up.error()));
      }
    }
  }
  for (const app::Target* target : site.named_targets()) {
    if (auto loaded = (*runtime)->preload(py, *target); !loaded) {
      if (auto given_up = failed(std::move(loaded.error())); !given_up) {
        return fail(std::move(given_up.error()));
      }
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

}  // namespace

int run_child(python::Attached& py, int inheritance_fd) {
  auto taken = worker::take_over(inheritance_fd);
  if (!taken) {
    fmt::print(stderr, "forkloom: {}\n", taken.error().message());
    return kExitFailed;
  }
  worker::Given& given = *taken;
  // The log outlives all that could write to it: other threads may run until the process ends.
  Log& log = *given.log;
  const std::uint32_t number = given.inheritance.child_number;
  const auto fail_start = [&](const Error& error) {
    given.report_failure(error.message());
    return kExitFailed;
  };

  auto site = worker::Site::make(given.settings, given.inheritance, log);
  if (!site) return fail_start(site.error());
  auto runtime = load(py, **site, log);
  if (!runtime) return fail_start(runtime.error());
  const handoff::Ready ready = ready_report();
  auto worker = worker::Worker::make({.site = **site,
                                      .inheritance = given.inheritance,
                                      .runtime = **runtime,
                                      .log = log,
                                      .scoreboard = given.scoreboard,
                                      .child_number = number,
                                      .listeners = std::move(given.listeners),
                                      .parent_channel = given.channel.get()});
  if (!worker) return fail_start(worker.error());

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
  // Request threads that were cut still use all of it, and so may threads of an application.
  static_cast<void>(given.log.release());
  if (ended == worker::Ended::kCut) {
    static_cast<void>(worker->release());
    static_cast<void>(runtime->release());
    static_cast<void>(site->release());
  } else {
    const python::Detached detached(py);
    worker->reset();
  }
  if (given.settings.destroys_interpreter) wsgi::end_interpreter(py, log);
  return exit_status;
}

}  // namespace forkloom::runtime
