#include "worker/dispatcher.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "http/path.h"
#include "http/text.h"
#include "worker/redirect_answer.h"

namespace forkloom::worker {
namespace {

// What an error document's application learns of the request that failed, by httpd's names.
std::vector<app::Variable> redirect_variables(const connection::Exchange& exchange,
                                              const RequestContext& context, int status) {
  std::vector<app::Variable> variables = {
      {"REDIRECT_STATUS", std::to_string(status)},
      {"REDIRECT_URL", exchange.path},
      {"REDIRECT_REQUEST_METHOD", std::string(exchange.request.method)}};
  if (!exchange.request.query.empty()) {
    variables.push_back({"REDIRECT_QUERY_STRING", std::string(exchange.request.query)});
  }
  for (const auto& list :
       {std::span<const app::Variable>(context.rules->place.variables), context.variables()}) {
    for (const app::Variable& variable : list) {
      variables.push_back({"REDIRECT_" + variable.name, variable.value});
    }
  }
  return variables;
}

}  // namespace

using routing::Route;

connection::Admission Dispatcher::admit(connection::Exchange& exchange) noexcept {
  RequestContext& context = RequestContext::of(exchange);
  context.begin();
  if (exchange.path == "*") return {.reads_body = false};
  context.host = site_.router().find_host(exchange.peer.local_address, exchange.peer.local_port,
                                          exchange.peer.is_unix, exchange.request.authority);
  find_route(exchange, context);
  if (context.rules->proxies) {
    context.report = context.rules->proxies->apply(exchange.request, exchange.peer);
  }
  take_rules(exchange, context);
  exchange.response.set_log(*context.rules->place.log);

  const Route::Kind kind = context.route.kind;
  if (kind != Route::Kind::kScript && kind != Route::Kind::kModule) return {.reads_body = false};
  const config::PathSettings& settings = context.rules->settings;
  return {.reads_body = true,
          .body_limit = settings.limit_request_body.value_or(0),
          .is_chunked_refused = !settings.chunked_request.value_or(false)};
}

void Dispatcher::find_route(connection::Exchange& exchange, RequestContext& context) {
  site_.router().route(context.host, exchange.request.path, exchange.path, exchange.request.query,
                       exchange.peer.remote_address, context.route);
  context.rules = &site_.rules_of(*context.route.place);
  context.path = context.route.kept_path.empty() ? std::string_view(exchange.path)
                                                 : std::string_view(context.route.kept_path);
}

void Dispatcher::take_rules(connection::Exchange& exchange, RequestContext& context) {
  const PlaceRules& rules = *context.rules;
  context.appearance = context.appearance_maker.describe(
      exchange.request, exchange.peer, rules.host,
      rules.settings.head_to_get.value_or(config::HeadToGet::kAuto), context.report);
  exchange.response.set_editor(rules.settings.headers.empty() ? nullptr : &context);
  context.conditional_variables = {};
  if (rules.has_conditions) {
    context.conditional_variables = context.variable_maker.evaluate(
        rules.settings.environment, {.request = exchange.request,
                                     .peer = exchange.peer,
                                     .remote_address = context.appearance.remote_address,
                                     .path = exchange.request.path});
  }
  // "SetEnvIf X-Forwarded-Proto https HTTPS=on" is how sites behind a proxy say so.
  if (const std::string* https = context.variable("HTTPS")) {
    const bool is_on = http::equals_ignoring_case(*https, "on") || *https == "1";
    context.appearance.scheme = is_on ? "https" : "http";
  }
}

void Dispatcher::handle(connection::Exchange& exchange) noexcept {
  RequestContext& context = RequestContext::of(exchange);
  if (context.rules != nullptr) return handle_route(exchange, context);
  // OPTIONS for the server as a whole is not any application's (RFC 9110 section 9.3.7).
  exchange.response.start({.status = 200, .reason = "", .fields = {}, .body_length = 0}, {},
                          app::Flow::kHandOver, true);
  exchange.response.finish();
}

void Dispatcher::handle_route(connection::Exchange& exchange, RequestContext& context) {
  const Route& route = context.route;
  switch (route.kind) {
    case Route::Kind::kRedirect:
      if (route.location.empty()) return exchange.response.answer(route.status);
      return answer_redirect(exchange, context, route.status, route.location);
    case Route::Kind::kRefused:
      if (route.status != 404) {
        context.rules->place.log->write_for(exchange.request_id(), Level::kInfo,
                                            "{} {}: refused with {}: {}", exchange.request.method,
                                            exchange.request.target, route.status, route.why);
      }
      return exchange.response.answer(route.status);
    case Route::Kind::kFile:
      if (files_.answer(exchange, context)) return;
      // A page of the folder that is an application's.
      context.rules = &site_.rules_of(*context.route.place);
      take_rules(exchange, context);
      break;
    case Route::Kind::kScript:
    case Route::Kind::kModule:
      break;
  }
  run_application(exchange, context);
}

void Dispatcher::run_application(connection::Exchange& exchange, RequestContext& context) {
  const auto& allowed = context.rules->settings.allowed_process_groups;
  const char* refusal = nullptr;
  if (site_.settings().restricts_embedded) refusal = "WSGIRestrictEmbedded";
  if (allowed && std::find(allowed->begin(), allowed->end(), "") == allowed->end()) {
    refusal = "WSGIRestrictProcess";
  }
  if (refusal != nullptr) {
    context.rules->place.log->write_for(
        exchange.request_id(), Level::kError,
        "{} {}: {} does not let the server's own processes run the application",
        exchange.request.method, exchange.request.target, refusal);
    return exchange.response.answer(500);
  }
  context.target = site_.target_of(context.route, context.variables());
  if (context.target == nullptr) {
    context.rules->place.log->write_for(
        exchange.request_id(), Level::kError,
        "{} {}: the callable that the request names is too long, or one too many",
        exchange.request.method, exchange.request.target);
    return exchange.response.answer(404);
  }
  context.script_name = context.path.substr(0, context.route.script_name_size);
  context.path_info = context.path.substr(context.route.script_name_size);
  if (context.report.script_name) context.script_name = *context.report.script_name;
  const auto& pass = context.route.mapping->pass_authorization;
  if (pass && *pass != context.rules->place.passes_authorization) {
    context.rules = &site_.rules_of_other_passing(*context.route.place);
  }
  queue_.push(&exchange);
}

bool Dispatcher::answers_error(connection::Exchange& exchange, int status) noexcept {
  RequestContext& context = RequestContext::of(exchange);
  if (context.rules == nullptr || context.error_status != 0) return false;
  const config::ErrorDocument* document = context.rules->error_document(status);
  if (document == nullptr) return false;
  using Kind = config::ErrorDocument::Kind;
  switch (document->kind) {
    case Kind::kText:
      exchange.response.answer(status, {}, document->value, "text/html; charset=iso-8859-1");
      return true;
    case Kind::kExternal:
      answer_redirect(exchange, context, 302, document->value);
      return true;
    case Kind::kLocal:
      // The exchange is nobody's until the network thread takes it up.
      boost::asio::post(context_, [this, &exchange, document, status] {
        answer_with_document(exchange, document->value, status);
      });
      return true;
    case Kind::kDefault:
      break;
  }
  return false;
}

void Dispatcher::answer_with_document(connection::Exchange& exchange, std::string_view url,
                                      int status) {
  RequestContext& context = RequestContext::of(exchange);
  const std::size_t mark = std::min(url.find('?'), url.size());
  const std::string_view encoded = url.substr(0, mark);
  std::string& path = context.path_text;
  if (!http::decode_path(encoded, path)) return exchange.response.answer_plainly(status);
  context.error_status = status;
  site_.router().route(context.host, encoded, path, {}, exchange.peer.remote_address,
                       context.route);
  const Route::Kind kind = context.route.kind;
  if (kind == Route::Kind::kRedirect || kind == Route::Kind::kRefused) {
    return exchange.response.answer_plainly(status);
  }
  std::vector<app::Variable> further = redirect_variables(exchange, context, status);
  context.path = path;
  context.rules = &site_.rules_of(*context.route.place);
  exchange.request.query = url.substr(std::min(mark + 1, url.size()));
  if (exchange.request.method != "HEAD") exchange.request.method = "GET";
  take_rules(exchange, context);
  further.insert(further.end(), context.conditional_variables.begin(),
                 context.conditional_variables.end());
  context.further_variables = std::move(further);
  exchange.body.clear();
  handle_route(exchange, context);
}

}  // namespace forkloom::worker
