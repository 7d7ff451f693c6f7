#pragma once

// multipart/byteranges (RFC 9110 section 14.6). Pure.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "files/body.h"
#include "files/byte_ranges.h"

namespace forkloom::files {

// "bytes 0-9/100"
std::string content_range(const ByteRange& range, std::uint64_t size);

// The parts of a body with those ranges of a file of `size` bytes. `type` is the file's, "" for
// none; `boundary` must not occur in what is sent.
std::vector<BodyPart> multipart_of(std::span<const ByteRange> ranges, std::uint64_t size,
                                   std::string_view type, std::string_view boundary);

}  // namespace forkloom::files
