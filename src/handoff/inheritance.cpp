#include "handoff/inheritance.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "os/descriptor_flags.h"
#include "os/memory_file.h"

namespace forkloom::handoff {
namespace {

using nlohmann::json;

}  // namespace

int inherited_log(const Inheritance& inheritance, std::string_view path) {
  for (const Inheritance::LogFile& log : inheritance.logs) {
    if (log.path == path) return log.fd;
  }
  return -1;
}

std::vector<int> named_descriptors(const Inheritance& inheritance) {
  std::vector<int> descriptors;
  for (const auto& listener : inheritance.listeners) descriptors.push_back(listener.fd);
  for (const auto& log : inheritance.logs) descriptors.push_back(log.fd);
  for (const int fd : {inheritance.parent_channel_fd, inheritance.scoreboard_fd}) {
    if (fd >= 0) descriptors.push_back(fd);
  }
  return descriptors;
}

Result<os::UniqueFd> write_inheritance(const Inheritance& inheritance) {
  try {
    json listeners = json::array();
    for (const auto& listener : inheritance.listeners) {
      listeners.push_back({{"fd", listener.fd}, {"address", listener.address}});
    }
    json logs = json::array();
    for (const auto& log : inheritance.logs) logs.push_back({{"fd", log.fd}, {"path", log.path}});
    const json text = {{"settings", inheritance.settings_text},
                       {"logs", std::move(logs)},
                       {"listeners", std::move(listeners)},
                       {"parent_channel", inheritance.parent_channel_fd},
                       {"scoreboard", inheritance.scoreboard_fd},
                       {"child_number", inheritance.child_number}};
    return os::make_sealed_file("forkloom-inheritance", text.dump());
  } catch (const json::exception&) {
    // dump() refuses nothing else in texts and numbers.
    return fail("the configuration is not UTF-8: write it, and the paths in it, in UTF-8");
  }
}

Result<Inheritance> read_inheritance(int fd) {
  const auto content = os::read_whole(fd);
  if (!content) return fail(Error(content.error()).within("reading the inheritance"));
  Inheritance inheritance;
  try {
    const json text = json::parse(*content);
    text.at("settings").get_to(inheritance.settings_text);
    for (const json& listener : text.at("listeners")) {
      inheritance.listeners.push_back(
          {listener.at("fd").get<int>(), listener.at("address").get<std::string>()});
    }
    for (const json& log : text.at("logs")) {
      inheritance.logs.push_back({log.at("fd").get<int>(), log.at("path").get<std::string>()});
    }
    text.at("parent_channel").get_to(inheritance.parent_channel_fd);
    text.at("scoreboard").get_to(inheritance.scoreboard_fd);
    text.at("child_number").get_to(inheritance.child_number);
  } catch (const json::exception& error) {
    return fail(Error(error.what()).within("reading the inheritance"));
  }
  std::vector<int> descriptors = named_descriptors(inheritance);
  descriptors.push_back(fd);
  for (const int descriptor : descriptors) {
    if (auto marked = os::set_close_on_exec(descriptor, true); !marked) {
      return fail(std::move(marked).error().within("inherited descriptors"));
    }
  }
  return inheritance;
}

}  // namespace forkloom::handoff
