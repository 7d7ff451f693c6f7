#pragma once

// What the worker knows of one request beside the request itself: where it goes and under which
// rules. Kept with the exchange, reused for each of its requests; used by the thread that has the
// exchange.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "connection/exchange.h"
#include "connection/response.h"
#include "routing/appearance.h"
#include "routing/environment.h"
#include "routing/header_edits.h"
#include "routing/route.h"
#include "worker/place_rules.h"

namespace forkloom::worker {

class RequestContext final : public connection::Attachment, public connection::HeadEditor {
 public:
  explicit RequestContext(const connection::Exchange& exchange) : exchange_(exchange) {}

  // The exchange's own; made where it is missing.
  static RequestContext& of(connection::Exchange& exchange);
  // nullptr where the exchange's request was not routed.
  static const RequestContext* find(const connection::Exchange& exchange);

  // Blank for a new request.
  void begin();
  // The environ's variables of this request alone.
  std::span<const app::Variable> variables() const {
    return further_variables.empty() ? conditional_variables : further_variables;
  }
  // nullptr where there is none, in the place's or in the request's own.
  const std::string* variable(std::string_view name) const;

  std::span<const http::Field> edit(int status, std::span<const http::Field> fields,
                                    bool is_own) noexcept override;

  routing::Route route;
  std::size_t host = 0;
  const PlaceRules* rules = nullptr;    // nullptr: the request was not routed
  const app::Target* target = nullptr;  // of the application that runs
  app::Appearance appearance;
  std::string_view script_name;
  std::string_view path_info;
  std::string_view path;  // that `route` is of: the exchange's, or an error document's
  int error_status = 0;   // that an error document is being made for; 0 else

  // What is variable for each request, and what an error document adds to it.
  std::span<const app::Variable> conditional_variables;
  std::vector<app::Variable> further_variables;

  routing::ProxyReport report;
  routing::RequestAppearance appearance_maker;
  routing::RequestVariables variable_maker;
  std::string path_text;     // memory for `path` where it is not the exchange's
  routing::Route candidate;  // for folders' pages

 private:
  const connection::Exchange& exchange_;
  std::uint32_t number_ = 0;  // exchange_.number of the request that this is of
  routing::HeaderEdits edits_;
};

}  // namespace forkloom::worker
