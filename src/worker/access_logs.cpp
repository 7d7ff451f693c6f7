#include "worker/access_logs.h"

#include <algorithm>
#include <utility>

#include "os/identity.h"
#include "worker/request_context.h"

namespace forkloom::worker {
namespace {

constexpr int kStandardOutput = 1;

// The request line as it came, without its line end; "" where no head could be read.
std::string_view request_line(const connection::Exchange& exchange) {
  if (!exchange.is_readable) return {};
  const auto& head = exchange.request.head;
  const std::string_view text(head.data(), head.size());
  return text.substr(0, text.find('\r'));
}

}  // namespace

Result<AccessLogs> AccessLogs::open(const routing::Router& router,
                                    const handoff::Inheritance& inheritance, Log& errors) {
  AccessLogs logs;
  for (std::size_t i = 0; i < router.host_count(); ++i) {
    const config::Host& host = router.host(i);
    HostLogs& of_host = logs.hosts_.emplace_back();
    of_host.server_name = host.name.value_or("");
    for (const config::CustomLog& log : host.custom_logs) {
      auto format = accesslog::Format::compile(log.format);
      if (!format) {
        return fail(std::move(format.error()).within(log.origin.text() + ": access log format"));
      }
      auto writer = logs.writer_of(log.path, inheritance, errors);
      if (!writer) return fail(std::move(writer.error()).within("access log"));
      of_host.entries.push_back({.format = std::move(*format),
                                 .writer = *writer,
                                 .variable = log.variable,
                                 .wants_variable = log.wants_variable});
    }
  }
  return logs;
}

Result<os::LineWriter*> AccessLogs::writer_of(const std::string& path,
                                              const handoff::Inheritance& inheritance,
                                              Log& errors) {
  for (const Sink& sink : sinks_) {
    if (sink.path == path) return sink.writer.get();
  }
  auto file = os::LogFile::open(path, kStandardOutput, handoff::inherited_log(inheritance, path));
  if (!file) return fail(std::move(file.error()));
  sinks_.push_back({path, std::make_unique<os::LineWriter>(std::move(*file), errors)});
  return sinks_.back().writer.get();
}

void AccessLogs::write(const connection::Exchange& exchange, bool is_complete) {
  const RequestContext* context = RequestContext::find(exchange);
  const HostLogs& host = hosts_[context != nullptr ? context->host : 0];
  if (host.entries.empty()) return;
  // A buffer of the thread's own, so that a line costs no allocation.
  thread_local std::string line;
  const connection::Response& response = exchange.response;
  const accesslog::Record record{
      .request = exchange.is_readable ? &exchange.request : nullptr,
      .request_line = request_line(exchange),
      .remote_address = exchange.peer.remote_address,
      .remote_port = exchange.peer.remote_port,
      .local_address = exchange.peer.local_address,
      .local_port = exchange.peer.local_port,
      .server_name = host.server_name,
      .request_id = exchange.request_id(),
      .status = response.status(),
      .body_bytes_sent = response.body_bytes(),
      .bytes_sent = response.bytes_sent(),
      .bytes_received = exchange.bytes_received,
      .start = exchange.head_start,
      .duration = duration_cast<microseconds>(SteadyClock::now() - exchange.start),
      .keep_alive_number = exchange.number,
      .is_keep_alive = response.is_keep_alive(),
      .is_complete = is_complete,
      .response_head = response.head(),
      .process = os::process_id(),
      .thread = os::thread_id()};
  for (const Entry& entry : host.entries) {
    if (!entry.variable.empty()) {
      const bool is_set = context != nullptr && context->variable(entry.variable) != nullptr;
      if (is_set != entry.wants_variable) continue;
    }
    line.clear();
    entry.format.append(record, line);
    entry.writer->append(line);
  }
}

void AccessLogs::flush() {
  for (const Sink& sink : sinks_) sink.writer->flush();
}

}  // namespace forkloom::worker
