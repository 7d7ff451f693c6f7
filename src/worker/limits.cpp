#include "worker/limits.h"

#include "os/spool_file.h"
#include "worker/server_field.h"

namespace forkloom::worker {
namespace {

connection::ReadTimeout read_timeout(const config::ReadTimeout& from) {
  return {.initial = from.initial, .maximum = from.maximum, .min_rate = from.min_rate};
}

}  // namespace

connection::Limits connection_limits(const config::Settings& settings, const config::Host& host) {
  connection::Limits limits;
  limits.request = {.request_line = host.limit_request_line.value_or(0),
                    .field_count = host.limit_request_fields.value_or(0),
                    .field_size = host.limit_request_field_size.value_or(0)};
  limits.header = read_timeout(host.header_read_timeout.value_or(config::ReadTimeout{}));
  limits.body = read_timeout(host.body_read_timeout.value_or(config::ReadTimeout{}));
  limits.timeout = host.timeout.value_or(seconds(0));
  limits.is_keep_alive = host.keep_alive.value_or(true);
  limits.keep_alive_timeout = host.keep_alive_timeout.value_or(seconds(0));
  limits.max_keep_alive_requests = host.max_keep_alive_requests.value_or(0);
  limits.spool_folder = os::temporary_folder();
  limits.server_field = server_field(settings.server_tokens);
  return limits;
}

}  // namespace forkloom::worker
