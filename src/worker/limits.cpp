#include "worker/limits.h"

#include "os/spool_file.h"
#include "worker/server_field.h"

namespace forkloom::worker {
namespace {

connection::ReadTimeout read_timeout(const config::ReadTimeout& from) {
  return {.initial = from.initial, .maximum = from.maximum, .min_rate = from.min_rate};
}

}  // namespace

connection::Limits connection_limits(const config::Settings& settings) {
  connection::Limits limits;
  limits.request = {.request_line = settings.limit_request_line,
                    .field_count = settings.limit_request_fields,
                    .field_size = settings.limit_request_field_size};
  limits.header = read_timeout(settings.header_read_timeout);
  limits.body = read_timeout(settings.body_read_timeout);
  limits.timeout = settings.timeout;
  limits.is_keep_alive = settings.keep_alive;
  limits.keep_alive_timeout = settings.keep_alive_timeout;
  limits.max_keep_alive_requests = settings.max_keep_alive_requests;
  limits.spool_folder = os::temporary_folder();
  limits.server_field = server_field(settings.server_tokens);
  return limits;
}

}  // namespace forkloom::worker
