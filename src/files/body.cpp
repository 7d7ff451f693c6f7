#include "files/body.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "os/file_read.h"

namespace forkloom::files {
namespace {

// Bodies up to this size are read and sent in one call with their head.
constexpr std::uint64_t kMostInOneSend = 16U << 10;
// Without sendfile a file is read in portions, and what a slow client has not taken waits in
// memory. Beyond this size memory counts for more than the wish for no sendfile.
constexpr std::uint64_t kMostCopied = 1U << 20;
constexpr std::size_t kPortion = 64U << 10;

// The bytes of the range, after what `buffer` holds. false where the file does not have them.
bool append_range(int fd, const ByteRange& range, std::string& buffer) {
  const std::size_t start = buffer.size();
  buffer.resize(start + static_cast<std::size_t>(range.length));
  const auto count =
      os::read_file_at(fd, range.first, {buffer.data() + start, buffer.size() - start});
  return count && *count == range.length;
}

void send_at_once(const app::ResponseHead& head, const Body& body, app::Response& response) {
  // Kept for the thread's next answer: no allocation once it has grown.
  thread_local std::string buffer;
  buffer.clear();
  for (const BodyPart& part : body.parts) {
    buffer.append(part.text);
    // Shorter than it was a moment ago.
    if (!append_range(body.fd, part.range, buffer)) return response.refuse(500);
  }
  const std::array<std::string_view, 1> blocks = {buffer};
  response.start(head, blocks, app::Flow::kHandOver, true);
  response.finish();
}

enum class Went : std::uint8_t { kOn, kGone, kUnreadable };

Went write_copied(int fd, ByteRange range, app::Response& response) {
  std::string portion;
  while (range.length > 0) {
    portion.clear();
    const ByteRange next{range.first, std::min<std::uint64_t>(range.length, kPortion)};
    if (!append_range(fd, next, portion)) return Went::kUnreadable;
    const std::array<std::string_view, 1> blocks = {portion};
    if (response.write(blocks, app::Flow::kHandOver) == app::Sent::kGone) return Went::kGone;
    range.first += next.length;
    range.length -= next.length;
  }
  return Went::kOn;
}

Went write_part(const Body& body, const BodyPart& part, bool copies, app::Response& response) {
  if (!part.text.empty()) {
    const std::array<std::string_view, 1> blocks = {part.text};
    if (response.write(blocks, app::Flow::kHandOver) == app::Sent::kGone) return Went::kGone;
  }
  if (part.range.length == 0) return Went::kOn;
  if (copies) return write_copied(body.fd, part.range, response);
  const app::Sent sent = response.write_file(body.fd, part.range.first, part.range.length);
  return sent == app::Sent::kGone ? Went::kGone : Went::kOn;
}

}  // namespace

std::uint64_t Body::length() const {
  std::uint64_t length = 0;
  for (const BodyPart& part : parts) length += part.text.size() + part.range.length;
  return length;
}

void send_body(app::ResponseHead head, const Body& body, bool has_body, app::Response& response) {
  const std::uint64_t length = body.length();
  head.body_length = length;
  if (!has_body) {
    response.start(head, {}, app::Flow::kHandOver, true);
    return response.finish();
  }
  if (length <= kMostInOneSend) return send_at_once(head, body, response);
  response.start(head, {}, app::Flow::kHandOver, false);
  const bool copies = !body.uses_sendfile && length <= kMostCopied;
  for (const BodyPart& part : body.parts) {
    const Went went = write_part(body, part, copies, response);
    if (went == Went::kUnreadable) return response.abort();
    if (went == Went::kGone) break;
  }
  response.finish();
}

}  // namespace forkloom::files
