#pragma once

// Configuration text to Settings. No Python, no files but through SourceFiles; one thread at a
// time.

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/diagnostic.h"
#include "config/reader.h"
#include "config/settings.h"
#include "config/source_files.h"
#include "config/tree.h"

namespace forkloom::config {

struct Configuration {
  Settings settings;
  Tree tree;  // what print() (config/print.h) shows
  std::vector<Diagnostic> warnings;
};

// Either what is in force or every error of the text and of all that it includes. `file` names the
// text; it is not opened.
//
// Of a directive that is not repeatable, the last statement of a section wins, as in httpd.
tl::expected<Configuration, std::vector<Diagnostic>> read_configuration(std::string_view text,
                                                                        std::string_view file,
                                                                        const SourceFiles& files,
                                                                        const ReadOptions& options);

// The same for a text that includes nothing, as print() makes it.
tl::expected<Settings, std::vector<Diagnostic>> parse(std::string_view text, std::string_view file);

}  // namespace forkloom::config
