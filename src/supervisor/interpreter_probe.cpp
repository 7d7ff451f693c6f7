#include "supervisor/interpreter_probe.h"

#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/time.h"
#include "os/capture.h"

namespace forkloom::supervisor {
namespace {

using nlohmann::json;

constexpr int kOldestMinor = 10;
constexpr int kNewestMinor = 14;
constexpr seconds kProbeLimit{30};

// Runs in any Python 3; the marker tells the answer from what a .pth file or sitecustomize prints.
constexpr std::string_view kMarker = "forkloom-probe:";
constexpr const char* kProbe =
    "import json, sys, sysconfig\n"
    "get = sysconfig.get_config_var\n"
    "print('forkloom-probe:' + json.dumps({\n"
    "  'implementation': sys.implementation.name, 'executable': sys.executable,\n"
    "  'version': list(sys.version_info[:3]),\n"
    "  'suffix': get('EXT_SUFFIX') or '', 'free': bool(get('Py_GIL_DISABLED'))}))\n";

// The last line that is not empty: what Python says last is what is wrong.
std::string_view last_line(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t end = text.find_last_not_of(kSpace);
  if (end == std::string_view::npos) return "it printed nothing";
  text = text.substr(0, end + 1);
  return text.substr(text.find_last_of('\n') + 1);
}

Error no_python(const std::string& path, std::string_view why) {
  return Error(
      fmt::format("{} did not answer as a Python interpreter ({}): name an interpreter or "
                  "a virtual environment with --python",
                  path, why));
}

Error unsupported(const std::string& path, std::string_view what) {
  return Error(
      fmt::format("{} is {}: applications run on CPython 3.{} to 3.{}, name one with "
                  "--python",
                  path, what, kOldestMinor, kNewestMinor));
}

std::optional<std::string_view> find_answer(std::string_view out) {
  const std::size_t start = out.rfind(kMarker);
  if (start == std::string_view::npos) return std::nullopt;
  out.remove_prefix(start + kMarker.size());
  return out.substr(0, out.find('\n'));
}

// Throws json::exception where the answer is none of kProbe's.
Result<Interpreter> read_answer(const std::string& path, const json& answer) {
  const auto version = answer.at("version").get<std::array<int, 3>>();
  Interpreter found;
  found.version = fmt::format("{}.{}.{}", version[0], version[1], version[2]);
  const auto implementation = answer.at("implementation").get<std::string>();
  if (implementation != "cpython") {
    return fail(unsupported(path, fmt::format("{} {}", implementation, found.version)));
  }
  if (version[0] != 3 || version[1] < kOldestMinor || version[1] > kNewestMinor) {
    return fail(unsupported(path, fmt::format("Python {}", found.version)));
  }
  found.executable = answer.at("executable").get<std::string>();
  found.extension_suffix = answer.at("suffix").get<std::string>();
  found.is_free_threaded = answer.at("free").get<bool>();
  if (found.executable.empty()) found.executable = path;
  return found;
}

}  // namespace

Result<Interpreter> probe_interpreter(const std::string& path) {
  const auto captured =
      os::run_and_capture({path, {path, "-I", "-c", kProbe}, os::environment()}, kProbeLimit);
  if (!captured) return fail(no_python(path, captured.error().message()));
  const auto answer = find_answer(captured->out);
  if (!captured->end.is_clean() || !answer) {
    // -I came with Python 3.4.
    if (captured->err.find("Unknown option: -I") != std::string::npos) {
      return fail(unsupported(path, "a Python older than 3.4"));
    }
    return fail(no_python(path, captured->end.is_clean() || !captured->err.empty()
                                    ? last_line(captured->err)
                                    : captured->end.text()));
  }
  try {
    return read_answer(path, json::parse(*answer));
  } catch (const json::exception&) {
    return fail(no_python(path, *answer));
  }
}

}  // namespace forkloom::supervisor
