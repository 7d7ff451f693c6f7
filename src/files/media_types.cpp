#include "files/media_types.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>

#include "files/media_table.h"
#include "http/text.h"

namespace forkloom::files {
namespace {

constexpr std::string_view kWhite = " \t\r\v\f";

// The next word, which it takes from the front; "" at the end.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kWhite), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kWhite));
  line.remove_prefix(word.size());
  return word;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), http::to_lower);
  return result;
}

}  // namespace

// Where an extension stands twice, the later type counts, as in Apache.
MediaTypes::MediaTypes(std::vector<Entry> entries) : entries_(std::move(entries)) {
  const auto is_before = [](const Entry& a, const Entry& b) { return a.first < b.first; };
  const auto is_same = [](const Entry& a, const Entry& b) { return a.first == b.first; };
  std::reverse(entries_.begin(), entries_.end());
  std::stable_sort(entries_.begin(), entries_.end(), is_before);
  entries_.erase(std::unique(entries_.begin(), entries_.end(), is_same), entries_.end());
}

MediaTypes MediaTypes::parse(std::string_view text) {
  std::vector<Entry> entries;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const std::string_view type = take_word(line);
    for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
      if (word.front() == '.') word.remove_prefix(1);
      entries.emplace_back(lower(word), type);
    }
  }
  return MediaTypes(std::move(entries));
}

Result<MediaTypes> MediaTypes::read(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) {
    return fail(Error::from_errno(errno == 0 ? EIO : errno, "media types in " + path));
  }
  return parse(text);
}

MediaTypes MediaTypes::builtin() { return parse(kMediaTable); }

std::string_view MediaTypes::find(std::string_view extension) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), extension,
      [](const Entry& entry, std::string_view wanted) { return entry.first < wanted; });
  if (found == entries_.end() || found->first != extension) return {};
  return found->second;
}

}  // namespace forkloom::files
