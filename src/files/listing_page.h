#pragma once

// The page that lists a folder: HTML in UTF-8, without script. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "os/folder_entries.h"

namespace forkloom::files {

// `url_path`: decoded, ends with "/". Sorts the entries: folders first, then by name.
std::string listing_page(std::string_view url_path, os::FolderEntries&& folder);

// Text for HTML, also within quotes. What is no UTF-8, and control characters, become U+FFFD.
std::string html_text(std::string_view bytes);
// One segment of a URL path; all but RFC 3986's unreserved characters are percent-encoded, so that
// no name is taken for a scheme, a query or a folder.
std::string url_segment(std::string_view bytes);
// "0", "1023", "1.5 KiB", "12 MiB"
std::string readable_size(std::uint64_t bytes);
// "2026-11-24 10:15", UTC
std::string readable_time(WallTime time);

}  // namespace forkloom::files
