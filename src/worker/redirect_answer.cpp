#include "worker/redirect_answer.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "http/request.h"
#include "http/response_head.h"

namespace forkloom::worker {

void answer_redirect(connection::Exchange& exchange, const RequestContext& context, int status,
                     std::string_view location) {
  std::string url(location);
  if (location.starts_with('/')) {
    const app::Appearance& self = context.appearance;
    const bool is_usual_port = self.server_port == (self.scheme == "https" ? "443" : "80");
    url = is_usual_port ? fmt::format("{}://{}{}", self.scheme, self.server_name, location)
                        : fmt::format("{}://{}:{}{}", self.scheme, self.server_name,
                                      self.server_port, location);
  }
  const std::string text = fmt::format("{} {}\n{}\n", status, http::reason_phrase(status), url);
  const std::array fields = {http::Field{.name = "Location", .value = url}};
  exchange.response.answer(status, fields, text, "text/plain; charset=utf-8");
}

}  // namespace forkloom::worker
