#include "files/body.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "os/file_read.h"

namespace forkloom::files {
namespace {

// Bodies up to this size are read and sent in one call with their head.
constexpr std::uint64_t kMostInOneSend = 16U << 10;
// Without sendfile a file is read in portions, and what a slow client has not taken waits in
// memory. Beyond this size memory counts for more than the wish for no sendfile.
constexpr std::uint64_t kMostCopied = 1U << 20;
constexpr std::size_t kPortion = 64U << 10;

// The bytes of the range, after what `buffer` holds.
Result<void> append_range(int fd, const ByteRange& range, std::string& buffer) {
  const std::size_t start = buffer.size();
  buffer.resize(start + static_cast<std::size_t>(range.length));
  const auto count =
      os::read_file_at(fd, range.first, {buffer.data() + start, buffer.size() - start});
  if (!count) return fail(count.error());
  if (*count < range.length) return fail("a file became shorter while it was being sent");
  return {};
}

Result<void> send_at_once(const app::ResponseHead& head, const Body& body,
                          app::Response& response) {
  // Kept for the thread's next answer: no allocation once it has grown.
  thread_local std::string buffer;
  buffer.clear();
  for (const BodyPart& part : body.parts) {
    buffer.append(part.text);
    if (auto read = append_range(body.fd, part.range, buffer); !read) {
      response.refuse(500);
      return read;
    }
  }
  const std::array<std::string_view, 1> blocks = {buffer};
  response.start(head, blocks, app::Flow::kHandOver, true);
  response.finish();
  return {};
}

// Of these, false means that the client has left.
Result<bool> write_copied(int fd, ByteRange range, app::Response& response) {
  std::string portion;
  while (range.length > 0) {
    portion.clear();
    const ByteRange next{range.first, std::min<std::uint64_t>(range.length, kPortion)};
    if (auto read = append_range(fd, next, portion); !read) return fail(std::move(read.error()));
    const std::array<std::string_view, 1> blocks = {portion};
    if (response.write(blocks, app::Flow::kHandOver) == app::Sent::kGone) return false;
    range.first += next.length;
    range.length -= next.length;
  }
  return true;
}

Result<bool> write_part(const Body& body, const BodyPart& part, bool copies,
                        app::Response& response) {
  if (!part.text.empty()) {
    const std::array<std::string_view, 1> blocks = {part.text};
    if (response.write(blocks, app::Flow::kHandOver) == app::Sent::kGone) return false;
  }
  if (part.range.length == 0) return true;
  if (copies) return write_copied(body.fd, part.range, response);
  return response.write_file(body.fd, part.range.first, part.range.length) != app::Sent::kGone;
}

}  // namespace

std::uint64_t Body::length() const {
  std::uint64_t length = 0;
  for (const BodyPart& part : parts) length += part.text.size() + part.range.length;
  return length;
}

Result<void> send_body(app::ResponseHead head, const Body& body, bool has_body,
                       app::Response& response) {
  const std::uint64_t length = body.length();
  head.body_length = length;
  if (has_body && length <= kMostInOneSend) return send_at_once(head, body, response);
  response.start(head, {}, app::Flow::kHandOver, !has_body);
  const bool copies = !body.uses_sendfile && length <= kMostCopied;
  for (std::size_t i = 0; has_body && i < body.parts.size(); ++i) {
    auto is_there = write_part(body, body.parts[i], copies, response);
    if (!is_there) {
      response.abort();
      return fail(std::move(is_there.error()));
    }
    if (!*is_there) break;
  }
  response.finish();
  return {};
}

}  // namespace forkloom::files
