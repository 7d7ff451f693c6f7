#include "worker/access_log.h"

#include <algorithm>
#include <utility>

#include "os/identity.h"

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

Result<std::unique_ptr<AccessLog>> AccessLog::open(const config::Settings& settings, Log& errors) {
  if (settings.access_log.empty()) return nullptr;
  auto format = accesslog::Format::compile(settings.log_format);
  if (!format) return fail(std::move(format.error()).within("access log format"));
  auto file = os::LogFile::open(settings.access_log, kStandardOutput);
  if (!file) return fail(std::move(file.error()).within("access log"));
  return std::unique_ptr<AccessLog>(
      new AccessLog(std::move(*format), std::move(*file), settings.server_name, errors));
}

AccessLog::AccessLog(accesslog::Format format, os::LogFile file, std::string server_name,
                     Log& errors)
    : format_(std::move(format)),
      server_name_(std::move(server_name)),
      writer_(std::move(file), errors) {}

void AccessLog::write(const connection::Exchange& exchange, bool is_complete) {
  // A buffer of the thread's own, so that a line costs no allocation.
  thread_local std::string line;
  line.clear();
  const connection::Response& response = exchange.response;
  const accesslog::Record record{
      .request = exchange.is_readable ? &exchange.request : nullptr,
      .request_line = request_line(exchange),
      .remote_address = exchange.peer.remote_address,
      .remote_port = exchange.peer.remote_port,
      .local_address = exchange.peer.local_address,
      .local_port = exchange.peer.local_port,
      .server_name = server_name_,
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
  format_.append(record, line);
  writer_.append(line);
}

}  // namespace forkloom::worker
