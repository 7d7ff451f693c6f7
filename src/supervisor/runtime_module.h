#pragma once

// The runtime module: the extension that makes an interpreter a child of Forkloom, one per CPython
// version.

#include <filesystem>
#include <string>

#include "base/result.h"
#include "os/process.h"
#include "supervisor/interpreter_probe.h"

namespace forkloom::supervisor {

// Where this program's file is.
Result<std::filesystem::path> binary_folder();

// forkloom_runtime<EXT_SUFFIX>, beside the binary (a build folder) or in ../lib/forkloom (an
// installation). The Error gives the command that builds it.
Result<std::string> find_runtime_module(const Interpreter& interpreter,
                                        const std::filesystem::path& binary_folder);

// The interpreter with a start that imports the module and calls its main() with the descriptor
// number of the inheritance, which is to be appended to the arguments. The environment is this
// process's.
os::Program runtime_program(const Interpreter& interpreter, const std::string& module_path);

// What serves where nothing runs Python: this binary itself.
Result<os::Program> own_program();
inline constexpr const char* kOwnCommand = "serve-as-child";

}  // namespace forkloom::supervisor
