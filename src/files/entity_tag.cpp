#include "files/entity_tag.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include <fmt/format.h>

#include "os/file_read.h"

namespace forkloom::files {
namespace {

constexpr std::string_view kWeak = "W/";

std::string_view opaque(std::string_view tag) {
  if (tag.starts_with(kWeak)) tag.remove_prefix(kWeak.size());
  return tag;
}

bool is_tag_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

// FNV-1a: tells versions of one file apart. It withstands no forger, and need not: whoever can
// write the file can change what is served anyway.
Result<std::uint64_t> digest_of(int fd) {
  std::array<char, std::size_t{64} << 10> portion;
  std::uint64_t digest = 0xcbf29ce484222325;
  for (std::uint64_t offset = 0;;) {
    const auto count = os::read_file_at(fd, offset, portion);
    if (!count) return fail(count.error());
    for (const char c : std::span(portion).first(*count)) {
      digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    if (*count < portion.size()) return digest;
    offset += *count;
  }
}

void append_part(std::string& tag, std::string_view part) {
  if (!tag.empty()) tag.push_back('-');
  tag.append(part);
}

}  // namespace

Result<std::string> make_tag(const TagParts& parts, int fd, const os::FileFacts& facts,
                             std::string_view coding, WallTime now) {
  std::string tag;
  if (parts.has_digest) {
    const auto digest = digest_of(fd);
    if (!digest) return fail(digest.error());
    tag = fmt::format("{:016x}", *digest);
  } else {
    const std::int64_t modified =
        std::chrono::floor<microseconds>(facts.modified).time_since_epoch().count();
    if (parts.has_inode) append_part(tag, fmt::format("{:x}", facts.inode));
    if (parts.has_size) append_part(tag, fmt::format("{:x}", facts.size));
    if (parts.has_mtime) {
      append_part(tag, fmt::format("{:x}", static_cast<std::uint64_t>(modified)));
    }
  }
  if (tag.empty()) return tag;
  if (!coding.empty()) append_part(tag, coding);
  const bool is_strong = parts.has_digest || now - facts.modified > seconds(1);
  return fmt::format("{}\"{}\"", is_strong ? "" : kWeak, tag);
}

bool is_weak(std::string_view tag) { return tag.starts_with(kWeak); }

bool equals_strongly(std::string_view left, std::string_view right) {
  return !left.empty() && left == right && !is_weak(left);
}

bool equals_weakly(std::string_view left, std::string_view right) {
  return !left.empty() && opaque(left) == opaque(right);
}

bool TagList::next(std::string_view& tag) {
  const std::size_t start = rest_.find_first_not_of(" \t,");
  if (start == std::string_view::npos) return false;
  rest_.remove_prefix(start);
  std::size_t end = rest_.starts_with(kWeak) ? kWeak.size() : 0;
  if (end >= rest_.size() || rest_[end] != '"') return false;
  do {
    ++end;
  } while (end < rest_.size() && is_tag_char(rest_[end]));
  if (end == rest_.size() || rest_[end] != '"') return false;
  tag = rest_.substr(0, end + 1);
  rest_.remove_prefix(end + 1);
  const std::size_t after = rest_.find_first_not_of(" \t");
  if (after != std::string_view::npos && rest_[after] != ',') {
    rest_ = {};
    return false;
  }
  return true;
}

}  // namespace forkloom::files
