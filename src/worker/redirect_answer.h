#pragma once

#include <string_view>

#include "connection/exchange.h"
#include "worker/request_context.h"

namespace forkloom::worker {

// Answers with a redirection. `location`: a URL, or a path of the host, which becomes a URL of it.
void answer_redirect(connection::Exchange& exchange, const RequestContext& context, int status,
                     std::string_view location);

}  // namespace forkloom::worker
