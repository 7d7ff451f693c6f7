#include "worker/request_context.h"

#include <memory>

#include "base/time.h"

namespace forkloom::worker {

RequestContext& RequestContext::of(connection::Exchange& exchange) {
  if (!exchange.attachment) exchange.attachment = std::make_unique<RequestContext>(exchange);
  return static_cast<RequestContext&>(*exchange.attachment);
}

const RequestContext* RequestContext::find(const connection::Exchange& exchange) {
  const auto* context = static_cast<const RequestContext*>(exchange.attachment.get());
  // A request that is refused before its head is complete leaves what was of the one before.
  const bool is_routed =
      context != nullptr && context->rules != nullptr && context->number_ == exchange.number;
  return is_routed ? context : nullptr;
}

void RequestContext::begin() {
  number_ = exchange_.number;
  host = 0;
  rules = nullptr;
  target = nullptr;
  script_name = path_info = {};
  path = exchange_.path;
  error_status = 0;
  conditional_variables = {};
  further_variables.clear();
  report = {};
}

const std::string* RequestContext::variable(std::string_view name) const {
  for (const auto& list : {variables(), std::span<const app::Variable>(rules->place.variables)}) {
    for (const app::Variable& entry : list) {
      if (entry.name == name) return &entry.value;
    }
  }
  return nullptr;
}

std::span<const http::Field> RequestContext::edit(int /*status*/,
                                                  std::span<const http::Field> fields,
                                                  bool is_own) noexcept {
  return edits_.apply(rules->settings.headers, fields,
                      {.request = exchange_.request,
                       .place_variables = rules->place.variables,
                       .variables = variables(),
                       .request_start = exchange_.head_start,
                       .now = WallClock::now()},
                      is_own);
}

}  // namespace forkloom::worker
