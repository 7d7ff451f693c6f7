#include "files/answer_file.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "files/body.h"
#include "files/byte_ranges.h"
#include "files/conditions.h"
#include "files/content_type.h"
#include "files/entity_tag.h"
#include "files/expiry.h"
#include "files/header_fields.h"
#include "files/multipart.h"
#include "files/plain_answer.h"
#include "files/representation.h"
#include "files/single_field.h"
#include "http/response_head.h"

namespace forkloom::files {
namespace {

// By which a client or cache knows what it has; a 304 and a 412 have them too.
void add_validators(const Representation& chosen, HeaderFields& fields) {
  if (chosen.varies) fields.add("Vary", "Accept-Encoding");
  fields.add("ETag", chosen.validators.tag);
  fields.add("Last-Modified", http::format_date(chosen.validators.modified));
  fields.add("Accept-Ranges", "bytes");
}

void add_expiry(const Representation& chosen, const Policy& policy, WallTime now,
                HeaderFields& fields) {
  const auto expiry = expiry_of(policy, chosen.content.type, chosen.file.facts.modified, now);
  if (!expiry) return;
  const WallTime end = std::max(*expiry, now);
  fields.add("Cache-Control",
             fmt::format("max-age={}", std::chrono::floor<seconds>(end - now).count()));
  fields.add("Expires", http::format_date(whole_seconds(end)));
}

void answer_not_modified(const Representation& chosen, const Policy& policy, WallTime now,
                         app::Response& response) {
  HeaderFields fields;
  add_validators(chosen, fields);
  add_expiry(chosen, policy, now, fields);
  response.start({.status = 304, .reason = "", .fields = fields.all(), .body_length = {}}, {},
                 app::Flow::kHandOver, true);
  response.finish();
}

void refuse_condition(const Representation& chosen, app::Response& response) {
  HeaderFields fields;
  add_validators(chosen, fields);
  response.refuse(412, fields.all());
}

void refuse_ranges(const Representation& chosen, app::Response& response) {
  HeaderFields fields;
  fields.add("Content-Range", fmt::format("bytes */{}", chosen.size()));
  response.refuse(416, fields.all());
}

ByteRanges ranges_of(const http::Request& request, const Representation& chosen, std::time_t now) {
  if (request.method != "GET") return {};
  const auto range = single_field(request, "Range");
  if (!range || !allows_range(request, chosen.validators, now)) return {};
  ByteRanges ranges = read_byte_ranges(*range, chosen.size());
  // Content-Encoding over a multipart body would say that the multipart itself is encoded.
  if (ranges.ranges.size() > 1 && !chosen.content.encoding.empty()) return {};
  return ranges;
}

// Not to be foreseen by whoever wrote the file, so that it cannot hold it.
std::string make_boundary(const Representation& chosen, WallTime now) {
  const auto moment = static_cast<std::uint64_t>(now.time_since_epoch().count());
  const std::size_t mixed = std::hash<std::string>()(
      fmt::format("{}.{}.{}", moment, chosen.file.facts.inode, fmt::ptr(&chosen)));
  return fmt::format("{:016x}{:016x}", moment, mixed);
}

// The body and what its extent adds to the head.
Body make_body(const Representation& chosen, const ByteRanges& ranges, bool uses_sendfile,
               WallTime now, HeaderFields& fields) {
  Body body{.fd = chosen.file.fd.get(), .uses_sendfile = uses_sendfile, .parts = {}};
  const std::string& type = chosen.content.type;
  if (ranges.ranges.size() > 1) {
    const std::string boundary = make_boundary(chosen, now);
    fields.add("Content-Type", "multipart/byteranges; boundary=" + boundary);
    body.parts = multipart_of(ranges.ranges, chosen.size(), type, boundary);
    return body;
  }
  fields.add("Content-Type", type);
  if (ranges.ranges.empty()) {
    body.parts.push_back({.text = "", .range = {0, chosen.size()}});
  } else {
    fields.add("Content-Range", content_range(ranges.ranges.front(), chosen.size()));
    body.parts.push_back({.text = "", .range = ranges.ranges.front()});
  }
  return body;
}

Result<void> answer_error_document(const http::Request& request, const Found& file,
                                   std::string_view name, const Policy& policy, WallTime now,
                                   int status, app::Response& response) {
  const Content content = content_of(name, policy);
  HeaderFields fields;
  fields.add("Content-Type", content.type);
  fields.add("Content-Encoding", content.encoding);
  if (auto tag = make_tag(policy.tag, file.fd.get(), file.facts, content.encoding, now)) {
    fields.add("ETag", std::move(*tag));
  }
  fields.add("Last-Modified", http::format_date(whole_seconds(file.facts.modified)));
  fields.add("Accept-Ranges", "bytes");
  return send_body({.status = status, .reason = "", .fields = fields.all(), .body_length = {}},
                   {.fd = file.fd.get(),
                    .uses_sendfile = policy.uses_sendfile,
                    .parts = {{.text = "", .range = {0, file.facts.size}}}},
                   request.method != "HEAD", response);
}

}  // namespace

Result<void> answer_file(const http::Request& request, Found&& file, const std::string& root,
                         std::string_view relative, const Policy& policy, WallTime now, int status,
                         app::Response& response) {
  if (status != 200) {
    return answer_error_document(request, file, relative.empty() ? root : relative, policy, now,
                                 status, response);
  }
  if (!is_reading(request, response)) return {};
  auto chosen = represent(request, std::move(file), root, relative, policy, now);
  if (!chosen) {
    response.refuse(500);
    return fail(std::move(chosen.error()));
  }

  const std::time_t second = whole_seconds(now);
  switch (judge(request, chosen->validators, second)) {
    case Verdict::kNotModified:
      answer_not_modified(*chosen, policy, now, response);
      return {};
    case Verdict::kFailed:
      refuse_condition(*chosen, response);
      return {};
    case Verdict::kSend:
      break;
  }
  const ByteRanges ranges = ranges_of(request, *chosen, second);
  if (ranges.kind == ByteRanges::Kind::kUnsatisfiable) {
    refuse_ranges(*chosen, response);
    return {};
  }
  HeaderFields fields;
  const Body body = make_body(*chosen, ranges, policy.uses_sendfile, now, fields);
  fields.add("Content-Encoding", chosen->content.encoding);
  add_validators(*chosen, fields);
  add_expiry(*chosen, policy, now, fields);
  const int sent_status = ranges.kind == ByteRanges::Kind::kSome ? 206 : 200;
  return send_body({.status = sent_status, .reason = "", .fields = fields.all(), .body_length = {}},
                   body, request.method != "HEAD", response);
}

}  // namespace forkloom::files
