#include "http/chunk_decoder.h"

#include <algorithm>

#include "http/grammar.h"
#include "http/trailer_rules.h"

namespace forkloom::http {

namespace {

// RFC 9112 section 7.1.1 asks for a limit on extensions. The second bound is for a whole body: or
// thousands of bytes could be sent, and read, for each byte of content.
constexpr std::size_t kMaxChunkLine = 4096;
constexpr std::size_t kMaxExtensions = 16384;

}  // namespace

void ChunkDecoder::start() {
  refusal_ = {};
  body_limit_ = 0;
  place_ = Place::kSize;
  chunk_ = 0;
  decoded_ = 0;
  line_ = 0;
  overhead_ = 0;
}

ChunkDecoder::Step ChunkDecoder::decode(std::string_view bytes,
                                        std::vector<std::string_view>& pieces) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (place_ == Place::kPayload) {
      at += take_payload(bytes.substr(at), pieces);
      continue;
    }
    if (place_ == Place::kTrailers) {
      Step step = take_trailers(bytes.substr(at));
      step.consumed += at;
      return step;
    }
    refusal_ = take(bytes[at]);
    if (refusal_) return {at, State::kRefused};
    ++at;
  }
  return {at, State::kNeedMore};
}

Refusal ChunkDecoder::take(char c) {
  switch (place_) {
    case Place::kSize:
      return take_size(c);
    case Place::kSpace:
    case Place::kExtension:
      return take_extension(c);
    case Place::kLineLf:
      if (c != '\n') return bad_request("CR without LF in a chunk line (RFC 9112 section 7.1)");
      return end_line();
    case Place::kPayloadCr:
      if (c != '\r') return bad_request("chunk longer than its size (RFC 9112 section 7.1)");
      place_ = Place::kPayloadLf;
      return {};
    case Place::kPayloadLf:
      if (c != '\n') return bad_request("CR without LF behind a chunk (RFC 9112 section 7.1)");
      place_ = Place::kSize;
      return {};
    case Place::kPayload:
    case Place::kTrailers:
      break;
  }
  return {};
}

Refusal ChunkDecoder::take_size(char c) {
  if (const int digit = hex_value(c); digit >= 0) {
    if (++line_ > kMaxChunkLine) return bad_request("chunk line too long (RFC 9112 section 7.1)");
    if (chunk_ >> 60U != 0) {
      return bad_request("chunk size is too large a number (RFC 9112 section 7.1)");
    }
    chunk_ = chunk_ * 16 + digit;
    return {};
  }
  if (line_ == 0) return bad_request("no chunk size (RFC 9112 section 7.1)");
  if (body_limit_ != 0 && chunk_ > body_limit_ - decoded_) {
    return {413, "chunked body above LimitRequestBody"};
  }
  if (c == '\r') {
    place_ = Place::kLineLf;
    return {};
  }
  place_ = Place::kSpace;
  return take_extension(c);
}

Refusal ChunkDecoder::take_extension(char c) {
  if (c == '\r' && place_ == Place::kExtension) {
    place_ = Place::kLineLf;
    return {};
  }
  if (++line_ > kMaxChunkLine || ++overhead_ > kMaxExtensions) {
    return bad_request("chunk extensions too long (RFC 9112 section 7.1.1)");
  }
  if (place_ == Place::kSpace) {
    if (c == ';') {
      place_ = Place::kExtension;
    } else if (c != ' ' && c != '\t') {
      return bad_request("malformed chunk size (RFC 9112 section 7.1)");
    }
    return {};
  }
  if (!is_field_char(c)) {
    return bad_request("control character in a chunk extension (RFC 9112 section 7.1.1)");
  }
  return {};
}

Refusal ChunkDecoder::end_line() {
  line_ = 0;
  if (chunk_ > 0) {
    decoded_ += chunk_;
    place_ = Place::kPayload;
    return {};
  }
  place_ = Place::kTrailers;
  trailers_.start(HeadScanner::Part::kTrailers);
  trailer_line_.clear();
  return {};
}

std::size_t ChunkDecoder::take_payload(std::string_view bytes,
                                       std::vector<std::string_view>& pieces) {
  const std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(chunk_, bytes.size()));
  pieces.push_back(piece);
  chunk_ -= piece.size();
  if (chunk_ == 0) place_ = Place::kPayloadCr;
  return piece.size();
}

ChunkDecoder::Step ChunkDecoder::take_trailers(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const HeadScanner::Step step = trailers_.scan_line(bytes.substr(at));
    if (step.event == HeadScanner::Event::kEnd) return {at + step.consumed, State::kDone};
    if (step.event == HeadScanner::Event::kRefused) {
      refusal_ = trailers_.refusal();
      return {at, State::kRefused};
    }
    trailer_line_.append(bytes, at, step.consumed);
    at += step.consumed;
    if (step.event != HeadScanner::Event::kLine) continue;
    trailer_line_.resize(trailer_line_.size() - 2);
    refusal_ = check_trailer(trailer_line_);
    if (refusal_) return {at, State::kRefused};
    trailer_line_.clear();
  }
  return {at, State::kNeedMore};
}

}  // namespace forkloom::http
