#include "config/daemon_options.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

enum class Form : std::uint8_t { kText, kNumber, kSwitch };

struct Option {
  std::string_view name;
  Form form = Form::kText;
  Range range = {};
};

constexpr std::uint64_t kMost = 2'147'483'647;

constexpr auto kOptions = std::to_array<Option>({
    {"processes", Form::kNumber, {1, 20000}},
    {"threads", Form::kNumber, {0, 20000}},
    {"user"},
    {"group"},
    {"supplementary-groups"},
    {"umask"},
    {"chroot"},
    {"home"},
    {"display-name"},
    {"lang"},
    {"locale"},
    {"python-home"},
    {"python-path"},
    {"python-eggs"},
    {"switch-interval"},
    {"stack-size", Form::kNumber, {0, kMost}},
    {"restart-interval", Form::kNumber, {0, kMost}},
    {"maximum-requests", Form::kNumber, {0, kMost}},
    {"inactivity-timeout", Form::kNumber, {0, kMost}},
    {"request-timeout", Form::kNumber, {0, kMost}},
    {"interrupt-timeout", Form::kNumber, {0, kMost}},
    {"deadlock-timeout", Form::kNumber, {0, kMost}},
    {"startup-timeout", Form::kNumber, {0, kMost}},
    {"graceful-timeout", Form::kNumber, {0, kMost}},
    {"eviction-timeout", Form::kNumber, {0, kMost}},
    {"shutdown-timeout", Form::kNumber, {0, kMost}},
    {"connect-timeout", Form::kNumber, {0, kMost}},
    {"socket-timeout", Form::kNumber, {0, kMost}},
    {"queue-timeout", Form::kNumber, {0, kMost}},
    {"response-socket-timeout", Form::kNumber, {0, kMost}},
    {"listen-backlog", Form::kNumber, {1, kMost}},
    {"send-buffer-size", Form::kNumber, {0, kMost}},
    {"receive-buffer-size", Form::kNumber, {0, kMost}},
    {"header-buffer-size", Form::kNumber, {0, kMost}},
    {"response-buffer-size", Form::kNumber, {0, kMost}},
    {"response-flush-delay", Form::kNumber, {0, kMost}},
    {"socket-user"},
    {"script-user"},
    {"script-group"},
    {"cpu-time-limit", Form::kNumber, {0, kMost}},
    {"cpu-priority"},
    {"memory-limit", Form::kNumber, {0, kMost * 1'000}},
    {"virtual-memory-limit", Form::kNumber, {0, kMost * 1'000}},
    {"server-metrics", Form::kSwitch, {}},
});

Checked<void> check_option(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::string name = lower(text.substr(0, equals));
  const auto option = std::find_if(kOptions.begin(), kOptions.end(),
                                   [&](const Option& row) { return row.name == name; });
  constexpr const char* kRemedy = "write options of mod_wsgi like processes=2 threads=15";
  if (option == kOptions.end()) return refuse(fmt::format("'{}' is not an option", text), kRemedy);
  if (equals == text.size()) return refuse(fmt::format("'{}' has no value", text), kRemedy);
  const std::string_view value = text.substr(equals + 1);
  if (option->form == Form::kNumber) {
    const auto number = read_number(value, option->range, "");
    if (!number)
      return refuse(fmt::format("{}: {}", name, number.error().problem), number.error().remedy);
  }
  if (option->form == Form::kSwitch) {
    const auto is_on = read_switch(value);
    if (!is_on)
      return refuse(fmt::format("{}: {}", name, is_on.error().problem), is_on.error().remedy);
  }
  return {};
}

}  // namespace

Checked<void> check_daemon_process(std::span<const std::string> arguments) {
  const std::string& name = arguments[0];
  if (name.empty() || name.find_first_of("=/%{} ") != std::string::npos) {
    return refuse(fmt::format("'{}' is not the name of a process group", name),
                  "write a plain name before the options");
  }
  for (const std::string& option : arguments.subspan(1)) {
    if (auto checked = check_option(option); !checked) return checked;
  }
  return {};
}

}  // namespace forkloom::config
