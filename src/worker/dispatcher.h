#pragma once

// What becomes of a request: refused, redirected, answered with a file, or queued for its
// application. The network thread's, but for answers_error(), which the answering thread calls.

#include <string_view>

#include <boost/asio/io_context.hpp>

#include "connection/exchange.h"
#include "connection/handler.h"
#include "worker/file_answers.h"
#include "worker/request_context.h"
#include "worker/request_queue.h"
#include "worker/site.h"

namespace forkloom::worker {

class Dispatcher {
 public:
  // All of it outlives the dispatcher; `context` runs the network thread.
  Dispatcher(Site& site, RequestQueue& queue, boost::asio::io_context& context)
      : site_(site), queue_(queue), files_(site), context_(context) {}

  connection::Admission admit(connection::Exchange& exchange) noexcept;
  void handle(connection::Exchange& exchange) noexcept;
  bool answers_error(connection::Exchange& exchange, int status) noexcept;

 private:
  void find_route(connection::Exchange& exchange, RequestContext& context);
  // Rules, variables and appearance of what context.route leads to.
  void take_rules(connection::Exchange& exchange, RequestContext& context);
  void handle_route(connection::Exchange& exchange, RequestContext& context);
  void run_application(connection::Exchange& exchange, RequestContext& context);
  void answer_with_document(connection::Exchange& exchange, std::string_view url, int status);

  Site& site_;
  RequestQueue& queue_;
  FileAnswers files_;
  boost::asio::io_context& context_;
};

}  // namespace forkloom::worker
