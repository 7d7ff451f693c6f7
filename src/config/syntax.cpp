#include "config/syntax.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"

namespace forkloom::config {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Takes one word, bare or quoted, off `rest`, which begins with it.
Checked<std::string> take_word(std::string_view& rest) {
  const bool is_quoted = rest.front() == '"' || rest.front() == '\'';
  const char quote_mark = is_quoted ? rest.front() : '\0';
  std::string word;
  std::size_t i = is_quoted ? 1 : 0;
  for (; i < rest.size(); ++i) {
    const char c = rest[i];
    if (is_quoted ? c == quote_mark : is_blank(c)) break;
    const char next = i + 1 < rest.size() ? rest[i + 1] : '\0';
    if (c == '\\' && (next == '\\' || (is_quoted && next == quote_mark))) ++i;
    word += rest[i];
  }
  if (is_quoted) {
    if (i == rest.size()) {
      return refuse(fmt::format("the quote before {} is never closed", rest.substr(1)),
                    fmt::format("close it with {}", quote_mark));
    }
    ++i;
    if (i < rest.size() && !is_blank(rest[i])) {
      return refuse(fmt::format("'{}' touches the closing quote before it", rest.substr(i)),
                    fmt::format("leave a space after the quote, or write \\{} where the quote "
                                "belongs to the value",
                                quote_mark));
    }
  }
  rest.remove_prefix(i);
  return word;
}

}  // namespace

LineReader::LineReader(std::string_view text) : rest_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

std::optional<Line> LineReader::next() {
  while (!rest_.empty()) {
    const std::size_t number = number_ + 1;
    const std::string joined = take_joined();
    const std::string_view text = trimmed(joined);
    if (text.empty() || text.front() == '#') continue;
    return Line{std::string(text), number};
  }
  return std::nullopt;
}

// Lines up to the first that is not continued.
std::string LineReader::take_joined() {
  std::string joined;
  for (;;) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool is_continued = line.ends_with('\\');
    if (is_continued) line.remove_suffix(1);
    joined += line;
    if (!is_continued || rest_.empty()) return joined;
  }
}

Checked<Phrase> read_phrase(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) {
    return refuse("the line holds a NUL byte", "save the file as plain UTF-8 text");
  }
  // Lines have none of their own: it comes from a variable.
  if (line.find('\n') != std::string_view::npos) {
    return refuse("a variable brings a line feed into the line", "give it a value of one line");
  }
  Phrase phrase;
  if (line.starts_with('<')) {
    const bool is_end = line.starts_with("</");
    phrase.kind = is_end ? Phrase::Kind::kSectionEnd : Phrase::Kind::kSectionStart;
    const std::size_t close = line.rfind('>');
    if (close == std::string_view::npos) {
      return refuse("the section's line has no >", fmt::format("write {}>", line));
    }
    if (!trimmed(line.substr(close + 1)).empty()) {
      return refuse(
          fmt::format("'{}' stands behind the section's >", trimmed(line.substr(close + 1))),
          "write it on a line of its own");
    }
    line = line.substr(is_end ? 2 : 1, close - (is_end ? 2 : 1));
    if (trimmed(line).empty()) {
      return refuse("the section has no name", "write a name like <VirtualHost *:80>");
    }
  }
  auto words = read_words(line);
  if (!words) return refuse(std::move(words.error()));
  phrase.name = std::move(words->front());
  phrase.arguments.assign(std::make_move_iterator(words->begin() + 1),
                          std::make_move_iterator(words->end()));
  if (phrase.name.empty())
    return refuse("the line has no name", "begin it with a directive's name");
  return phrase;
}

Checked<std::vector<std::string>> read_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::string_view rest = trimmed(line); !rest.empty(); rest = trimmed(rest)) {
    auto word = take_word(rest);
    if (!word) return refuse(std::move(word.error()));
    words.push_back(std::move(*word));
  }
  return words;
}

std::string quote(std::string_view argument) {
  const bool is_plain =
      !argument.empty() && std::none_of(argument.begin(), argument.end(), [](char c) {
        return is_blank(c) || c == '"' || c == '\'' || c == '\\';
      });
  if (is_plain) return std::string(argument);
  std::string quoted = "\"";
  for (const char c : argument) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace forkloom::config
