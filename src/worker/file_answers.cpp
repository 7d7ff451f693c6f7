#include "worker/file_answers.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "files/answer_file.h"
#include "files/answer_listing.h"
#include "worker/redirect_answer.h"

namespace forkloom::worker {
namespace {

using files::Found;
using routing::Route;

void log_failure(const connection::Exchange& exchange, const RequestContext& context,
                 std::string_view why) {
  context.rules->place.log->write_for(exchange.request_id(), Level::kError, "{} {}: {}",
                                      exchange.request.method, exchange.request.target, why);
}

Found find(const Route& route, const PlaceRules& rules) {
  return files::find(route.root, route.relative, rules.files.links, rules.files.serves_hidden);
}

}  // namespace

bool FileAnswers::answer(connection::Exchange& exchange, RequestContext& context) {
  Found found = find(context.route, *context.rules);
  switch (found.kind) {
    case Found::Kind::kFile:
      answer_file(exchange, context, context.route, std::move(found));
      return true;
    case Found::Kind::kFolder:
      return answer_folder(exchange, context, std::move(found));
    default:
      refuse(exchange, context, found);
      return true;
  }
}

void FileAnswers::answer_file(connection::Exchange& exchange, RequestContext& context,
                              const Route& route, Found found) {
  const int status = context.error_status == 0 ? 200 : context.error_status;
  const PlaceRules& rules = site_.rules_of(*route.place);
  // A folder's page has sections of its own.
  context.rules = &rules;
  exchange.response.set_editor(rules.settings.headers.empty() ? nullptr : &context);
  const std::string target(exchange.request.target);
  Log& log = *rules.place.log;
  const std::array<char, 16> id = exchange.id;
  const auto answered =
      files::answer_file(exchange.request, std::move(found), route.root, route.relative,
                         rules.files, WallClock::now(), status, exchange.response);
  // The exchange may be serving its next request by now.
  if (!answered) {
    log.write_for({id.data(), id.size()}, Level::kError, "{}: {}", target,
                  answered.error().message());
  }
}

bool FileAnswers::answer_folder(connection::Exchange& exchange, RequestContext& context,
                                Found folder) {
  const config::PathSettings& settings = context.rules->settings;
  const http::Request& request = exchange.request;
  if (!context.path.ends_with('/')) {
    if (settings.directory_slash.value_or(true)) {
      answer_redirect(
          exchange, context, 301,
          fmt::format("{}/{}{}", request.path, request.query.empty() ? "" : "?", request.query));
      return true;
    }
    context.path_text = fmt::format("{}/", context.path);
    context.path = context.path_text;
  }
  int refusal = 0;
  for (const std::string& name : settings.directory_index.value_or(std::vector<std::string>{})) {
    const std::string path = name.starts_with('/') ? name : fmt::format("{}{}", context.path, name);
    Route& candidate = context.candidate;
    site_.router().route(context.host, path, path, request.query, exchange.peer.remote_address,
                         candidate);
    if (candidate.kind == Route::Kind::kScript || candidate.kind == Route::Kind::kModule) {
      // What the application of the folder itself would be is no page of it.
      if (candidate.mapping == context.route.mapping) continue;
      std::swap(context.route, candidate);
      context.path_text = path;
      context.path = context.path_text;
      return false;
    }
    if (candidate.kind == Route::Kind::kRefused && candidate.status != 404) {
      refusal = candidate.status;
    }
    if (candidate.kind != Route::Kind::kFile) continue;
    Found found = find(candidate, site_.rules_of(*candidate.place));
    if (found.kind == Found::Kind::kFile) {
      answer_file(exchange, context, candidate, std::move(found));
      return true;
    }
    if (found.kind == Found::Kind::kDenied) refusal = 403;
  }
  const config::FolderOptions options = settings.options.value_or(config::FolderOptions{});
  if (refusal != 0 || context.error_status != 0 || !options.has(config::FolderOptions::kIndexes)) {
    if (refusal == 0) log_failure(exchange, context, "the folder has no page, and is not listed");
    exchange.response.answer(refusal == 0 ? 403 : refusal);
    return true;
  }
  Log& log = *context.rules->place.log;
  const auto answered = files::answer_listing(request, std::move(folder), context.path,
                                              context.rules->files, exchange.response);
  if (!answered) log.error("listing a folder: {}", answered.error().message());
  return true;
}

void FileAnswers::refuse(connection::Exchange& exchange, const RequestContext& context,
                         const Found& found) {
  int status = 404;
  if (found.kind == Found::Kind::kDenied) status = 403;
  if (found.kind == Found::Kind::kFailed) status = 500;
  if (!found.why.empty()) log_failure(exchange, context, found.why);
  exchange.response.answer(status);
}

}  // namespace forkloom::worker
