#include "http/request_reader.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "http/chunk_decoder.h"
#include "http/head_scanner.h"
#include "http/head_tokenizer.h"
#include "http/request_rules.h"
#include "http/request_target.h"

namespace forkloom::http {

namespace {

void reset(Request& request) {
  request.head.clear();
  request.method = request.target = request.path = request.query = request.authority = {};
  request.fields.clear();
  request.content_length = 0;
  request.framing = Framing::kNone;
  request.minor_version = 1;
  request.is_keep_alive = false;
  request.expects_continue = false;
}

}  // namespace

struct RequestReader::Tokenizer {
  explicit Tokenizer(const RequestLimits& the_limits) : scanner(the_limits), chunks(the_limits) {
    start_head();
  }

  void start_head() {
    scanner.start(HeadScanner::Part::kRequestHead);
    head.reset();
    body = Framing::kNone;
  }

  void start_body(const Request& request) {
    start_head();
    const bool is_empty = request.framing == Framing::kLength && request.content_length == 0;
    body = is_empty ? Framing::kNone : request.framing;
    body_left = request.content_length;
    chunks.start();
  }

  Step refuse(std::size_t consumed, const Refusal& the_refusal) {
    refusal = the_refusal;
    return {consumed, State::kRefused};
  }

  HeadScanner::Step take_lines(std::string_view bytes, Request& request);
  Refusal read_request_line(Request& request);
  Refusal finish_head(Request& request);
  Step take_length(std::string_view bytes);
  Step take_chunks(std::string_view bytes);

  HeadScanner scanner;
  std::optional<HeadTokenizer> head;  // from the complete request line on
  ChunkDecoder chunks;
  Framing body = Framing::kNone;  // kNone: the reader stands before or in a head
  std::uint64_t body_left = 0;    // bytes, where `body` is kLength
  std::vector<std::string_view> pieces;
  Refusal refusal;
};

// Moves the bytes of the head from `bytes` to request.head.
HeadScanner::Step RequestReader::Tokenizer::take_lines(std::string_view bytes, Request& request) {
  using Event = HeadScanner::Event;
  const bool had_begun = scanner.has_begun();
  HeadScanner::Step result;
  std::size_t begin = 0;
  while (result.consumed < bytes.size()) {
    const HeadScanner::Step step = scanner.scan_line(bytes.substr(result.consumed));
    result.consumed += step.consumed;
    result.event = step.event;
    if (step.event == Event::kSkipped) begin = result.consumed;
    if (step.event == Event::kEnd || step.event == Event::kRefused) break;
  }
  if (!had_begun && (scanner.has_begun() || result.event == Event::kRefused)) reset(request);
  if (scanner.has_begun()) {
    request.head.insert(request.head.end(), bytes.begin() + begin, bytes.begin() + result.consumed);
  }
  return result;
}

// Once its line is complete, whatever has come of the rest: a client that speaks something else
// gets its answer at once.
Refusal RequestReader::Tokenizer::read_request_line(Request& request) {
  if (scanner.request_line_size() == 0) return {};
  if (head) {
    head->place_request_line();
    return split_target(request);
  }
  head.emplace(request);
  if (const Refusal bad_line = head->read_request_line(scanner.request_line_size())) {
    return bad_line;
  }
  return split_target(request);
}

Refusal RequestReader::Tokenizer::finish_head(Request& request) {
  if (const Refusal bad_field = head->read_fields()) return bad_field;
  return apply_fields(request);
}

RequestReader::Step RequestReader::Tokenizer::take_length(std::string_view bytes) {
  const std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(body_left, bytes.size()));
  if (!piece.empty()) pieces.push_back(piece);
  body_left -= piece.size();
  if (body_left > 0) return {piece.size(), State::kNeedMore};
  start_head();
  return {piece.size(), State::kDone};
}

RequestReader::Step RequestReader::Tokenizer::take_chunks(std::string_view bytes) {
  const ChunkDecoder::Step step = chunks.decode(bytes, pieces);
  switch (step.state) {
    case ChunkDecoder::State::kNeedMore:
      return {step.consumed, State::kNeedMore};
    case ChunkDecoder::State::kRefused:
      return refuse(step.consumed, chunks.refusal());
    case ChunkDecoder::State::kDone:
      break;
  }
  start_head();
  return {step.consumed, State::kDone};
}

RequestReader::RequestReader(const RequestLimits& limits)
    : tokenizer_(std::make_unique<Tokenizer>(limits)) {}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::read_head(std::string_view bytes, Request& request) {
  Tokenizer& reading = *tokenizer_;
  if (reading.refusal) return {0, State::kRefused};
  // A body read as a head is a smuggled request.
  if (reading.body != Framing::kNone) std::abort();

  const HeadScanner::Step step = reading.take_lines(bytes, request);
  if (const Refusal refusal = reading.read_request_line(request)) {
    return reading.refuse(step.consumed, refusal);
  }
  if (step.event == HeadScanner::Event::kRefused) {
    return reading.refuse(step.consumed, reading.scanner.refusal());
  }
  if (step.event != HeadScanner::Event::kEnd) return {step.consumed, State::kNeedMore};
  if (const Refusal refusal = reading.finish_head(request)) {
    return reading.refuse(step.consumed, refusal);
  }
  reading.start_body(request);
  return {step.consumed, State::kDone};
}

void RequestReader::limit_body(std::uint64_t bytes) {
  Tokenizer& reading = *tokenizer_;
  reading.chunks.limit_body(bytes);
  if (bytes != 0 && reading.body == Framing::kLength && reading.body_left > bytes) {
    reading.refusal = {413, "Content-Length above LimitRequestBody"};
  }
}

bool RequestReader::has_begun() const { return tokenizer_->scanner.has_begun(); }

RequestReader::Step RequestReader::read_body(std::string_view bytes) {
  Tokenizer& reading = *tokenizer_;
  reading.pieces.clear();
  if (reading.refusal) return {0, State::kRefused};
  switch (reading.body) {
    case Framing::kNone:
      break;
    case Framing::kLength:
      return reading.take_length(bytes);
    case Framing::kChunked:
      return reading.take_chunks(bytes);
  }
  return {0, State::kDone};
}

std::span<const std::string_view> RequestReader::pieces() const { return tokenizer_->pieces; }

const Refusal& RequestReader::refusal() const { return tokenizer_->refusal; }

}  // namespace forkloom::http
