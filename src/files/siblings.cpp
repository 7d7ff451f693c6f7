#include "files/siblings.h"

#include <array>
#include <cstddef>
#include <utility>

#include "http/text.h"

namespace forkloom::files {
namespace {

// Where the sibling is: below root, or beside a root that is a file itself.
struct Place {
  std::string root;
  std::string relative;

  Place with(std::string_view extension) const {
    Place place = *this;
    (relative.empty() ? place.root : place.relative).append(extension);
    return place;
  }
};

bool is_as_new(const os::FileFacts& sibling, const os::FileFacts& original) {
  return sibling.is_regular() && sibling.modified >= original.modified;
}

AcceptEncoding accepted_by(const http::Request& request) {
  AcceptEncoding accepted;
  for (const http::Field& field : request.fields) {
    if (http::equals_ignoring_case(field.name, "Accept-Encoding")) accepted.add(field.value);
  }
  return accepted;
}

}  // namespace

Sibling choose_sibling(const http::Request& request, const os::FileFacts& original,
                       const std::string& root, std::string_view relative, Links links) {
  Sibling chosen;
  // Looked for whether or not the client takes any: the answer must say what it depends on. Few
  // files have any, so that the looking itself allocates nothing.
  thread_local std::string path;
  path.assign(root);
  if (!relative.empty()) path.append("/").append(relative);
  const std::size_t size = path.size();
  std::array<bool, kCodings.size()> is_there{};
  for (std::size_t i = 0; i < kCodings.size(); ++i) {
    path.resize(size);
    path.append(coding_extension(kCodings[i]));
    const auto facts = os::facts_if_there(path);
    is_there[i] = facts && is_as_new(*facts, original);
    chosen.has_any = chosen.has_any || is_there[i];
  }
  if (!chosen.has_any) return chosen;

  const Place place{root, std::string(relative)};
  const AcceptEncoding accepted = accepted_by(request);
  for (;;) {
    std::optional<std::size_t> best;
    int best_quality = 0;
    for (std::size_t i = 0; i < kCodings.size(); ++i) {
      const int quality = is_there[i] ? accepted.quality(kCodings[i]) : 0;
      if (quality > best_quality) {
        best = i;
        best_quality = quality;
      }
    }
    if (!best || accepted.identity_quality().value_or(0) > best_quality) return chosen;
    const Place candidate = place.with(coding_extension(kCodings[*best]));
    // Its name is hidden where the original's is, which has been judged.
    Found file = find(candidate.root, candidate.relative, links, true);
    if (file.kind == Found::Kind::kFile && is_as_new(file.facts, original)) {
      chosen.coding = kCodings[*best];
      chosen.file = std::move(file);
      return chosen;
    }
    is_there[*best] = false;
  }
}

}  // namespace forkloom::files
