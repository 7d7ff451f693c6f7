#include "supervisor/runtime_module.h"

#include <system_error>

#include <fmt/format.h>

namespace forkloom::supervisor {
namespace {

namespace fs = std::filesystem;

// The import system's own modules, which every interpreter has loaded and which have not changed
// from 3.10 to 3.14. `import importlib.util` would look into sys.path[0] first, where a file of
// the application may bear the name of a module of the standard library that it needs.
constexpr const char* kStart =
    "import sys, _frozen_importlib as b, _frozen_importlib_external as e; "
    "n = 'forkloom_runtime'; "
    "s = b.ModuleSpec(n, e.ExtensionFileLoader(n, sys.argv[1]), origin=sys.argv[1]); "
    "s.has_location = True; "
    "m = sys.modules[n] = b.module_from_spec(s); s.loader.exec_module(m); "
    "sys.exit(m.main(int(sys.argv[2])))";

}  // namespace

Result<fs::path> binary_folder() {
  std::error_code error;
  const fs::path binary = fs::read_symlink("/proc/self/exe", error);
  if (error) return fail(Error::from_errno(error.value(), "/proc/self/exe"));
  return binary.parent_path();
}

Result<std::string> find_runtime_module(const Interpreter& interpreter,
                                        const fs::path& binary_folder) {
  const std::string name = "forkloom_runtime" + interpreter.extension_suffix;
  const fs::path beside = binary_folder / name;
  const fs::path installed = binary_folder.parent_path() / "lib" / "forkloom" / name;
  for (const fs::path& path : {beside, installed}) {
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path.string();
  }
  return fail(fmt::format(
      "there is no runtime module for Python {0}{1} ({2}): neither {3} nor {4} exists. Build it in "
      "Forkloom's source folder:\n  cmake --preset release -DFORKLOOM_PYTHONS={2} && cmake --build "
      "build",
      interpreter.version, interpreter.is_free_threaded ? ", free-threaded" : "",
      interpreter.executable, beside.string(), installed.string()));
}

os::Program runtime_program(const Interpreter& interpreter, const std::string& module_path) {
  return {interpreter.executable,
          {interpreter.executable, "-c", kStart, module_path},
          os::environment()};
}

Result<os::Program> own_program() {
  std::error_code error;
  const std::string binary = fs::read_symlink("/proc/self/exe", error);
  if (error) return fail(Error::from_errno(error.value(), "/proc/self/exe"));
  return os::Program{binary, {binary, kOwnCommand}, os::environment()};
}

}  // namespace forkloom::supervisor
