#include "files/accept_encoding.h"

#include "http/grammar.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

struct Names {
  std::string_view name;
  std::string_view extension;
};
constexpr std::array<Names, kCodings.size()> kNames = {
    {{"br", ".br"}, {"zstd", ".zst"}, {"gzip", ".gz"}}};

std::size_t index_of(Coding coding) { return static_cast<std::size_t>(coding); }

// RFC 9110 section 12.4.2: at most three digits after the point.
std::optional<int> read_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int quality = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = 100;
  for (std::size_t at = 2; at < text.size(); ++at, weight /= 10) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    quality += (text[at] - '0') * weight;
  }
  if (quality > 1000) return std::nullopt;
  return quality;
}

// What follows the name: nothing, or ";q=0.5".
std::optional<int> read_weight(std::string_view parameters) {
  parameters = http::trim(parameters);
  if (parameters.empty()) return 1000;
  parameters = http::trim(parameters.substr(1));
  if (parameters.size() < 2 || http::to_lower(parameters[0]) != 'q' || parameters[1] != '=') {
    return std::nullopt;
  }
  return read_quality(parameters.substr(2));
}

}  // namespace

std::string_view coding_name(Coding coding) { return kNames[index_of(coding)].name; }
std::string_view coding_extension(Coding coding) { return kNames[index_of(coding)].extension; }

void AcceptEncoding::add(std::string_view value) {
  http::ListElements elements(value);
  for (std::string_view element; elements.next(element);) {
    const std::size_t semicolon = element.find(';');
    const std::string_view name = http::trim(element.substr(0, semicolon));
    const std::optional<int> quality = read_weight(
        semicolon == std::string_view::npos ? std::string_view() : element.substr(semicolon));
    if (!quality || !http::is_token(name)) continue;
    if (name == "*") {
      others_ = quality;
    } else if (http::equals_ignoring_case(name, "identity")) {
      identity_ = quality;
    } else if (http::equals_ignoring_case(name, "x-gzip")) {
      named_[index_of(Coding::kGzip)] = quality;
    } else {
      for (const Coding coding : kCodings) {
        if (http::equals_ignoring_case(name, coding_name(coding))) {
          named_[index_of(coding)] = quality;
        }
      }
    }
  }
}

int AcceptEncoding::quality(Coding coding) const {
  return named_[index_of(coding)].value_or(others_.value_or(0));
}

}  // namespace forkloom::files
