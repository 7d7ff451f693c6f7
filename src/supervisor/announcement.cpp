#include "supervisor/announcement.h"

#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "base/version.h"

namespace forkloom::supervisor {
namespace {

void add_line(std::string& text, std::string_view name, std::string_view value) {
  fmt::format_to(std::back_inserter(text), "  {:<12} {}\n", name, value);
}

}  // namespace

std::string announcement(const config::Settings& settings,
                         const std::vector<handoff::Inheritance::Listener>& listeners,
                         const handoff::Ready& ready, int pid) {
  std::string text = fmt::format("Forkloom {} (pid {})\n", kVersion, pid);
  for (const auto& listener : listeners) {
    const bool is_unix = listener.address.starts_with("unix:");
    add_line(text, "listening", (is_unix ? "" : "http://") + listener.address);
  }
  for (const std::string& name : config::application_names(settings)) {
    add_line(text, "application", name);
  }
  if (!ready.python_version.empty()) {
    add_line(text, "python",
             fmt::format("{} {}{}{}", ready.python_version, ready.python_executable,
                         ready.interpreter_flavour.empty() ? "" : ", ", ready.interpreter_flavour));
    add_line(text, "threads", fmt::format("{}", settings.threads));
  }
  text += "  stop with Ctrl-C\n";
  return text;
}

}  // namespace forkloom::supervisor
