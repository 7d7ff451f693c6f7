// Sections (config/parser.h makes hosts and paths of them).

#include "config/directives.h"

namespace forkloom::config {
namespace {

constexpr Directive kRows[] = {
    {.name = "VirtualHost",
     .kind = Kind::kSection,
     .contexts = kServer,
     .arity = {1, kAnyCount},
     .arguments_usage = "ADDRESS[:PORT]|*[:PORT]...",
     .help = "A host of its own for these addresses. Among the hosts of the best matching address "
             "the request's Host chooses by ServerName and ServerAlias; the first one is the "
             "default. What it does not say it has from the main server.",
     .is_repeatable = true},
    {.name = "Directory",
     .kind = Kind::kSection,
     .contexts = kHosts,
     .arity = {1, 2},
     .arguments_usage = "PATH|~ PATTERN",
     .help = "For files below a folder, and applications whose script is there; *, ? and [] stand "
             "for letters of one name. Shorter paths come first, longer ones override them.",
     .is_repeatable = true},
    {.name = "DirectoryMatch",
     .kind = Kind::kSection,
     .contexts = kHosts,
     .arguments_usage = "PATTERN",
     .help = "The same by a regular expression, after all <Directory>.",
     .is_repeatable = true},
    {.name = "Files",
     .kind = Kind::kSection,
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "NAME|~ PATTERN",
     .help = "For files and scripts of that name, after <Directory>.",
     .is_repeatable = true},
    {.name = "FilesMatch",
     .kind = Kind::kSection,
     .contexts = kAnywhere,
     .arguments_usage = "PATTERN",
     .help = "The same by a regular expression.",
     .is_repeatable = true},
    {.name = "Location",
     .kind = Kind::kSection,
     .contexts = kHosts,
     .arity = {1, 2},
     .arguments_usage = "URL-PATH|~ PATTERN",
     .help = "For a URL path and all below it, after <Files>, in the order of the file.",
     .is_repeatable = true},
    {.name = "LocationMatch",
     .kind = Kind::kSection,
     .contexts = kHosts,
     .arguments_usage = "PATTERN",
     .help = "The same by a regular expression.",
     .is_repeatable = true},
};

}  // namespace

std::span<const Directive> section_directives() { return kRows; }

}  // namespace forkloom::config
