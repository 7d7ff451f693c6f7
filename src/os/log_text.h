#pragma once

// Text of an error log message made safe to read in a terminal and to split into lines. Pure.

#include <string>
#include <string_view>

namespace forkloom::os {

// The lines of `text`, each ended by a line feed and, where request_id is not empty, begun with
// "[req <request_id>] ". Control characters other than tab become \xNN, C1 controls in UTF-8
// (U+0080 to U+009F) too; all other bytes pass, whatever their encoding. An empty text is one
// empty line; a line feed at the end of the text begins no further line.
std::string printable_lines(std::string_view request_id, std::string_view text);

// Appends to `out` each line of `lines` (each ends with a line feed) after `prefix`.
void append_prefixed(std::string_view prefix, std::string_view lines, std::string& out);

}  // namespace forkloom::os
