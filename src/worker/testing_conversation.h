#pragma once

// For tests: one exchange after the other over a socket pair, as a connection has them, and the
// site's dispatcher behind it. There is no thread: what is posted runs within ask().

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <fmt/format.h>

#include "connection/exchange.h"
#include "http/path.h"
#include "http/request_reader.h"
#include "worker/dispatcher.h"
#include "worker/testing_site.h"

namespace forkloom::worker {

class ConversationTest : public SiteTest, private connection::ResponseOwner {
 protected:
  ~ConversationTest() override = default;

  // The site, and a dispatcher for it.
  void start(std::string_view text) {
    ASSERT_NO_FATAL_FAILURE(make(text));
    dispatcher_ = std::make_unique<Dispatcher>(*site_, queue_, context_);
    boost::asio::local::connect_pair(server_, client_);
    server_.non_blocking(true);
    outbox_.emplace(server_.native_handle());
    connection::ResponseOwner& owner = *this;
    exchange_ = std::make_unique<connection::Exchange>(owner, *outbox_, "", log_);
    exchange_->peer.remote_address = "192.0.2.7";
    exchange_->peer.remote_port = 40000;
    exchange_->peer.local_address = "10.0.0.1";
    exchange_->peer.local_port = 80;
    std::fill(exchange_->id.begin(), exchange_->id.end(), '0');
    reader_ = std::make_unique<http::RequestReader>(
        site_->limits({.address = "10.0.0.1", .port = 80}).request);
  }

  // The answer as a client reads it; "" where the request waits for an application. `fields` end
  // with CRLF each.
  std::string ask(std::string_view target, std::string_view method = "GET",
                  std::string_view fields = "Host: a.org\r\n") {
    admit(target, method, fields);
    dispatcher_->handle(*exchange_);
    return hear();
  }
  connection::Admission admit(std::string_view target, std::string_view method = "GET",
                              std::string_view fields = "Host: a.org\r\n") {
    head_ = fmt::format("{} {} HTTP/1.1\r\n{}\r\n", method, target, fields);
    const auto step = reader_->read_head(head_, exchange_->request);
    EXPECT_EQ(step.state, http::RequestReader::State::kDone) << head_;
    reader_->read_body({});
    EXPECT_TRUE(http::decode_path(exchange_->request.path, exchange_->path));
    exchange_->is_readable = true;
    ++exchange_->number;
    exchange_->start = SteadyClock::now();
    exchange_->response.begin(&exchange_->request, exchange_->request_id(), true);
    is_answered_ = false;
    return dispatcher_->admit(*exchange_);
  }
  std::string hear() {
    context_.restart();
    context_.poll();
    std::string text(client_.available(), '\0');
    if (!text.empty()) text.resize(client_.read_some(boost::asio::buffer(text)));
    return text;
  }
  // Whether the request waits in the queue; takes it out.
  bool is_queued() { return !is_answered_ && queue_.pop() == exchange_.get(); }
  const RequestContext& context() { return RequestContext::of(*exchange_); }

  bool is_answered_ = false;
  RequestQueue queue_;
  std::unique_ptr<connection::Exchange> exchange_;

 private:
  void start_draining() noexcept override { ADD_FAILURE() << "the socket is full"; }
  bool answers_error(int status) noexcept override {
    return dispatcher_->answers_error(*exchange_, status);
  }
  void response_done() noexcept override { is_answered_ = true; }

  boost::asio::io_context context_;
  boost::asio::local::stream_protocol::socket server_{context_};
  boost::asio::local::stream_protocol::socket client_{context_};
  std::optional<connection::Outbox> outbox_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::unique_ptr<http::RequestReader> reader_;
  std::string head_;
};

}  // namespace forkloom::worker
