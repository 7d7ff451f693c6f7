#include "cli/child_command.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "app/runtime.h"
#include "handoff/channel.h"
#include "os/identity.h"
#include "worker/given.h"
#include "worker/site.h"
#include "worker/worker.h"

namespace forkloom::cli {
namespace {

// No route leads to an application, so that none of this is ever asked to run one.
class NoApplication final : public app::RequestThread {
 public:
  void serve(const app::Exchange& exchange) noexcept override { exchange.response.refuse(500); }
};

class NoRuntime final : public app::Runtime {
 public:
  std::unique_ptr<app::RequestThread> attach(int /*number*/) override {
    return std::make_unique<NoApplication>();
  }
};

}  // namespace

int run_child_command(int inheritance_fd) {
  auto given = worker::take_over(inheritance_fd);
  if (!given) {
    fmt::print(stderr, "forkloom: {}\n", given.error().message());
    return EXIT_FAILURE;
  }
  Log& log = *given->log;
  const std::uint32_t number = given->inheritance.child_number;
  auto site = worker::Site::make(given->settings, given->inheritance, log);
  if (!site) {
    given->report_failure(site.error().message());
    return EXIT_FAILURE;
  }
  NoRuntime runtime;
  auto worker = worker::Worker::make({.site = **site,
                                      .inheritance = given->inheritance,
                                      .runtime = runtime,
                                      .log = log,
                                      .scoreboard = given->scoreboard,
                                      .child_number = number,
                                      .listeners = std::move(given->listeners),
                                      .parent_channel = given->channel.get()});
  if (!worker) {
    given->report_failure(worker.error().message());
    return EXIT_FAILURE;
  }
  const worker::Ended ended = (*worker)->run([&] {
    given->scoreboard.set_process(number, scoreboard::ProcessState::kReady, os::process_id());
    if (auto sent = handoff::send_report(given->channel.get(), handoff::Ready{}); !sent) {
      log.error("reporting to the parent: {}", sent.error().message());
    }
  });
  if (ended == worker::Ended::kDrained) return EXIT_SUCCESS;
  (*worker)->flush();
  // Request threads may still use all of it.
  std::_Exit(EXIT_FAILURE);
}

}  // namespace forkloom::cli
