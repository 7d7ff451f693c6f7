#include "config/syntax.h"

#include <algorithm>
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

// Takes lines off `text` up to the first that is not continued, and returns them joined.
std::string take_line(std::string_view& text, std::size_t& line_count) {
  std::string joined;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_count;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool is_continued = line.ends_with('\\');
    if (is_continued) line.remove_suffix(1);
    joined += line;
    if (!is_continued || text.empty()) return joined;
  }
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

Checked<Statement> read_statement(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) {
    return refuse("the line holds a NUL byte", "save the file as plain UTF-8 text");
  }
  if (line.front() == '<') {
    return refuse("sections are not supported",
                  "write their directives outside of any section, for the whole server");
  }
  auto words = read_words(line);
  if (!words) return refuse(std::move(words.error()));
  Statement statement;
  statement.name = std::move(words->front());
  statement.arguments.assign(std::make_move_iterator(words->begin() + 1),
                             std::make_move_iterator(words->end()));
  return statement;
}

}  // namespace

Checked<std::vector<std::string>> read_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::string_view rest = trimmed(line); !rest.empty(); rest = trimmed(rest)) {
    auto word = take_word(rest);
    if (!word) return refuse(std::move(word.error()));
    words.push_back(std::move(*word));
  }
  return words;
}

Document read_document(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Document document;
  std::size_t line_count = 0;
  while (!text.empty()) {
    const std::size_t first_line = line_count + 1;
    const std::string joined = take_line(text, line_count);
    const std::string_view line = trimmed(joined);
    // A section's end is left out: its beginning has the diagnostic.
    if (line.empty() || line.front() == '#' || line.starts_with("</")) continue;
    auto statement = read_statement(line);
    if (statement) {
      statement->line = first_line;
      statement->source = line;
      document.statements.push_back(std::move(*statement));
    } else {
      document.diagnostics.push_back({.file = std::string(file),
                                      .line = first_line,
                                      .source = std::string(line),
                                      .directive = {},
                                      .fault = std::move(statement.error())});
    }
  }
  return document;
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
