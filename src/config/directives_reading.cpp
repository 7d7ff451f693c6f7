// What is obeyed while the text is read (config/reader.h).

#include "config/directives.h"

namespace forkloom::config {
namespace {

constexpr Directive kRows[] = {
    {.name = "Include",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arguments_usage = "PATH|PATTERN",
     .help = "Reads files as if they stood here; a folder means all files below it.",
     .is_repeatable = true},
    {.name = "IncludeOptional",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arguments_usage = "PATH|PATTERN",
     .help = "The same, where there may be no such file.",
     .is_repeatable = true},
    {.name = "Define",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "NAME [VALUE]",
     .help = "Makes a variable: ${NAME} stands for its value from here on, <IfDefine NAME> is met. "
             "${NAME} of no variable is that of the environment.",
     .is_repeatable = true},
    {.name = "UnDefine",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arguments_usage = "NAME",
     .help = "Forgets a variable.",
     .is_repeatable = true},
    {.name = "Error",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "TEXT",
     .help = "Makes the configuration invalid, with this message.",
     .is_repeatable = true},
    {.name = "LoadModule",
     .kind = Kind::kReading,
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "NAME_module [FILE]",
     .help = "Nothing is loaded: modules of httpd that are built in are accepted, others warned "
             "of. A multi-processing module chooses the model as MPM does.",
     .is_repeatable = true},
    {.name = "IfDefine",
     .kind = Kind::kSection,
     .contexts = kAnywhere,
     .arguments_usage = "[!]NAME",
     .help = "What it holds is read where the variable is defined, by Define or -D.",
     .is_repeatable = true},
    {.name = "IfModule",
     .kind = Kind::kSection,
     .contexts = kAnywhere,
     .arguments_usage = "[!]NAME_module|[!]mod_NAME.c",
     .help = "What it holds is read where the module is built in. Of multi-processing modules only "
             "the one that is chosen counts.",
     .is_repeatable = true},
    {.name = "IfVersion",
     .kind = Kind::kSection,
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "[[!]=|>|>=|<|<=|~] VERSION",
     .help = "What it holds is read where the version of httpd whose language this is, 2.4.71, "
             "compares so.",
     .is_repeatable = true},
};

}  // namespace

std::span<const Directive> reading_directives() { return kRows; }

}  // namespace forkloom::config
