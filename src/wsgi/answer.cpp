#include "wsgi/answer.h"

namespace forkloom::wsgi {

void Answer::begin(app::Response& response, bool overrides_errors) {
  overrides_errors_ = overrides_errors;
  response_ = &response;
  head_.clear();
  is_committed_ = false;
  is_sent_ = false;
  last_ = app::Sent::kTaken;
}

app::Sent Answer::send(std::span<const std::string_view> blocks, app::Flow flow,
                       std::optional<std::uint64_t> body_length, bool is_whole) {
  if (!is_sent_) {
    is_sent_ = true;
    last_ = response_->start(head_.view(body_length), blocks, flow, is_whole);
  } else if (!blocks.empty() && takes_more()) {
    last_ = response_->write(blocks, flow);
  }
  return last_;
}

app::Sent Answer::send_file(int fd, std::uint64_t offset, std::uint64_t length) {
  if (takes_more()) last_ = response_->write_file(fd, offset, length);
  return last_;
}

}  // namespace forkloom::wsgi
