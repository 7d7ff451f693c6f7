#pragma once

// Configuration text to a tree: follows Include, replaces variables, decides conditions, and looks
// at what has to be known while reading (Define, LoadModule, MPM, ServerRoot). What directives mean
// is the parser's business.

#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "config/settings.h"
#include "config/source_files.h"
#include "config/tree.h"

namespace forkloom::config {

struct ReadOptions {
  std::vector<std::string> defined;  // -D: "NAME" or "NAME=VALUE"
  // What relative paths are seen from where no ServerRoot says otherwise: the folder of the file.
  std::string server_root = "/";
};

struct Reading {
  Tree tree;
  std::vector<std::string> files;  // names, in the order in which they were begun
  std::vector<Diagnostic> errors;
  std::vector<Diagnostic> warnings;
};

// `file` names the text; it is not opened. Whatever is wrong, all of the text is read.
Reading read_tree(std::string_view text, std::string_view file, const SourceFiles& files,
                  const ReadOptions& options);

}  // namespace forkloom::config
