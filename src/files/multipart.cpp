#include "files/multipart.h"

#include <fmt/format.h>

namespace forkloom::files {

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return fmt::format("bytes {}-{}/{}", range.first, range.first + range.length - 1, size);
}

std::vector<BodyPart> multipart_of(std::span<const ByteRange> ranges, std::uint64_t size,
                                   std::string_view type, std::string_view boundary) {
  std::vector<BodyPart> parts;
  parts.reserve(ranges.size() + 1);
  for (const ByteRange& range : ranges) {
    std::string head = fmt::format("\r\n--{}\r\n", boundary);
    if (!type.empty()) head += fmt::format("Content-Type: {}\r\n", type);
    head += fmt::format("Content-Range: {}\r\n\r\n", content_range(range, size));
    parts.push_back({.text = std::move(head), .range = range});
  }
  parts.push_back({.text = fmt::format("\r\n--{}--\r\n", boundary), .range = {}});
  return parts;
}

}  // namespace forkloom::files
