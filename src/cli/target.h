#pragma once

// The TARGET of the command line: which application is meant. Looks at the file system, to tell
// a script file from a module.

#include <filesystem>
#include <string>
#include <string_view>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::cli {

struct Target {
  config::Mapping::Kind kind = config::Mapping::Kind::kScript;  // or kModule
  std::string name;      // absolute path of the script file, or the module's dotted name
  std::string callable;  // as written, not checked: "", "app", "create_app()"
};

// A script file where the text, or what stands before its last colon, is an existing file, or has
// a slash, or ends with ".wsgi" or ".py"; a module otherwise. Relative paths begin at `folder`.
//
// "mysite.wsgi" is the name of a file and of Django's usual module: where there is no such file, it
// is the module if `folder` has mysite/wsgi.py, or if a callable is named ("mysite.wsgi:app").
config::Checked<Target> read_target(std::string_view text, const std::filesystem::path& folder);

}  // namespace forkloom::cli
