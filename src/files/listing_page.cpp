#include "files/listing_page.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "files/utf8.h"

namespace forkloom::files {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

constexpr std::string_view kStyle =
    "<style>\n"
    ":root { color-scheme: light dark }\n"
    "body { font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;"
    " padding: 0 1rem }\n"
    "h1 { font-size: 1.3rem; overflow-wrap: anywhere }\n"
    "table { width: 100%; border-collapse: collapse }\n"
    "th, td { padding: .2rem .5rem; text-align: left; white-space: nowrap;"
    " border-bottom: 1px solid #8884 }\n"
    "td:first-child { width: 100%; white-space: normal; overflow-wrap: anywhere }\n"
    "th:nth-child(2), td:nth-child(2) { text-align: right }\n"
    "a { text-decoration: none }\n"
    "</style>\n";

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_character(std::string_view character, std::string& out) {
  switch (character.front()) {
    case '&':
      out.append("&amp;");
      return;
    case '<':
      out.append("&lt;");
      return;
    case '>':
      out.append("&gt;");
      return;
    case '"':
      out.append("&quot;");
      return;
    case '\'':
      out.append("&#39;");
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(character.front());
  const bool is_control = byte < 0x20 || byte == 0x7f || (byte == 0xc2 && character[1] < '\xa0');
  out.append(is_control ? kReplacement : character);
}

void append_row(const os::FolderEntry& entry, std::string& page) {
  const std::string_view slash = entry.facts.is_folder() ? "/" : "";
  fmt::format_to(std::back_inserter(page),
                 "<tr><td><a href=\"{}{}\">{}{}</a></td><td>{}</td><td>{}</td></tr>\n",
                 url_segment(entry.name), slash, html_text(entry.name), slash,
                 entry.facts.is_folder() ? std::string() : readable_size(entry.facts.size),
                 readable_time(entry.facts.modified));
}

}  // namespace

std::string html_text(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t size = utf8_character_size(bytes);
    if (size == 0) {
      text.append(kReplacement);
      bytes.remove_prefix(1);
    } else {
      append_character(bytes.substr(0, size), text);
      bytes.remove_prefix(size);
    }
  }
  return text;
}

std::string url_segment(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    if (is_unreserved(c)) {
      text.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(text), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return text;
}

std::string readable_size(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{}", bytes);
  constexpr std::array<std::string_view, 6> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  double size = static_cast<double>(bytes) / 1024;
  // 1023.5 would be printed as 1024.
  for (; size >= 1023.5 && unit + 1 < kUnits.size(); ++unit) size /= 1024;
  return size < 9.95 ? fmt::format("{:.1f} {}", size, kUnits[unit])
                     : fmt::format("{:.0f} {}", size, kUnits[unit]);
}

std::string readable_time(WallTime time) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(time);
  const auto day = std::chrono::floor<std::chrono::days>(minute);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{minute - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count());
}

std::string listing_page(std::string_view url_path, os::FolderEntries&& folder) {
  auto& entries = folder.entries;
  std::sort(entries.begin(), entries.end(), [](const os::FolderEntry& a, const os::FolderEntry& b) {
    return std::make_tuple(!a.facts.is_folder(), std::string_view(a.name)) <
           std::make_tuple(!b.facts.is_folder(), std::string_view(b.name));
  });
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Index of {0}</title>\n{1}"
      "</head>\n<body>\n<h1>Index of {0}</h1>\n<table>\n"
      "<thead><tr><th>Name</th><th>Size</th><th>Modified (UTC)</th></tr></thead>\n<tbody>\n",
      html_text(url_path), kStyle);
  if (url_path != "/") {
    page.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
  }
  for (const os::FolderEntry& entry : entries) append_row(entry, page);
  page.append("</tbody>\n</table>\n");
  if (folder.has_more) page.append("<p>There are more than can be listed here.</p>\n");
  page.append("</body>\n</html>\n");
  return page;
}

}  // namespace forkloom::files
