#include "worker/request_threads.h"

#include <fmt/format.h>

#include "os/identity.h"
#include "worker/request_context.h"

namespace forkloom::worker {
namespace {

std::int64_t microseconds_since_1970(WallTime time) {
  return duration_cast<microseconds>(time.time_since_epoch()).count();
}

}  // namespace

RequestThreads::RequestThreads(int count, RequestQueue& queue, app::Runtime& runtime,
                               scoreboard::Scoreboard& scoreboard, std::uint32_t process)
    : queue_(queue) {
  threads_.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    scoreboard::ThreadRow& row = scoreboard.thread(process, static_cast<std::uint32_t>(i));
    threads_.emplace_back([this, i, &runtime, &row] { run(i, runtime, row); });
  }
}

RequestThreads::~RequestThreads() {
  queue_.close();
  for (std::thread& thread : threads_) thread.join();
}

void RequestThreads::abandon() {
  for (std::thread& thread : threads_) thread.detach();
  threads_.clear();
}

void RequestThreads::run(int number, app::Runtime& runtime, scoreboard::ThreadRow& row) {
  os::name_thread(fmt::format("request {}", number).c_str());
  const std::unique_ptr<app::RequestThread> standing = runtime.attach(number);
  row.set_idle();
  while (connection::Exchange* exchange = queue_.pop()) {
    row.begin(exchange->request_id(), exchange->request.method, exchange->request.target,
              microseconds_since_1970(exchange->head_start));
    const RequestContext& context = RequestContext::of(*exchange);
    standing->serve({.request = exchange->request,
                     .peer = exchange->peer,
                     .body = exchange->body,
                     .response = exchange->response,
                     .target = *context.target,
                     .place = context.rules->place,
                     .appearance = context.appearance,
                     .variables = context.variables(),
                     .request_id = exchange->request_id(),
                     .request_start = exchange->head_complete,
                     .queue_start = exchange->body_complete,
                     .script_name = context.script_name,
                     .path_info = context.path_info});
    row.end();
  }
}

}  // namespace forkloom::worker
