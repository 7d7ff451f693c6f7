#pragma once

// For tests: a real Python as the child, with a script in the place of the runtime module, and a
// log that keeps its lines.

#include <string>

#include "base/log.h"
#include "os/process.h"
#include "scoreboard/scoreboard.h"
#include "supervisor/child.h"
#include "supervisor/interpreter_choice.h"

namespace forkloom::supervisor {

class KeptLog : public Log {
 public:
  KeptLog() : Log(Level::kDebug) {}
  std::string text;

 protected:
  void emit(Level level, std::string_view request_id, std::string_view line) noexcept override {
    text.append(level_name(level)).append(" ");
    if (!request_id.empty()) text.append("[").append(request_id).append("] ");
    text.append(line).append("\n");
  }
};

// The script has ready(), failed(message) and the parent's process id as `parent`.
inline ChildPlan python_child(const scoreboard::Scoreboard& scoreboard, const std::string& script) {
  static const std::string kPrelude =
      "import json, os, signal, socket, sys, time\n"
      "parent = os.getppid()\n"
      "inheritance = json.load(open('/proc/self/fd/' + sys.argv[1]))\n"
      "channel = socket.socket(fileno=inheritance['parent_channel'])\n"
      "def say(**report): channel.send(json.dumps(report).encode())\n"
      "def ready(): say(report='ready', python_version='3.x', python_executable=sys.executable,\n"
      "                 interpreter_flavour='')\n"
      "def failed(message): say(report='failed', message=message, is_final=True)\n";
  ChildPlan plan;
  const std::string python = choose_interpreter("python3").value();
  plan.program = {python, {python, "-I", "-c", kPrelude + script}, os::environment()};
  plan.inheritance.scoreboard_fd = scoreboard.fd();
  return plan;
}

}  // namespace forkloom::supervisor
