#include "handoff/channel.h"

#include <nlohmann/json.hpp>

#include "os/packet_socket.h"

namespace forkloom::handoff {
namespace {

using nlohmann::json;

// Well below a packet's limit, also when JSON writes each byte as six.
constexpr std::size_t kMostMessageBytes = 24U << 10;

// A traceback's end names the error and its beginning where it came from.
std::string without_middle(const std::string& text) {
  if (text.size() <= kMostMessageBytes) return text;
  return text.substr(0, kMostMessageBytes / 2) + "\n[...]\n" +
         text.substr(text.size() - kMostMessageBytes / 2);
}

json to_json(const Report& report) {
  if (const auto* const ready = std::get_if<Ready>(&report)) {
    return {{"report", "ready"},
            {"python_version", ready->python_version},
            {"python_executable", ready->python_executable},
            {"interpreter_flavour", ready->interpreter_flavour}};
  }
  const auto& failed = std::get<Failed>(report);
  return {{"report", "failed"},
          {"message", without_middle(failed.message)},
          {"is_final", failed.is_final}};
}

// Throws json::exception where a key is missing or of another type.
std::optional<Report> from_json(const json& text) {
  const auto kind = text.at("report").get<std::string>();
  if (kind == "ready") {
    return Ready{text.at("python_version").get<std::string>(),
                 text.at("python_executable").get<std::string>(),
                 text.at("interpreter_flavour").get<std::string>()};
  }
  if (kind == "failed") {
    return Failed{text.at("message").get<std::string>(), text.at("is_final").get<bool>()};
  }
  return std::nullopt;
}

}  // namespace

Result<std::pair<os::UniqueFd, os::UniqueFd>> make_channel() { return os::make_packet_pair(); }

Result<void> send_report(int fd, const Report& report) {
  // What is not UTF-8 (a path, a line of source in a traceback) is shown as U+FFFD.
  const std::string packet = to_json(report).dump(-1, ' ', false, json::error_handler_t::replace);
  return os::send_packet(fd, packet);
}

Result<std::optional<Report>> receive_report(int fd) {
  const auto packet = os::receive_packet(fd);
  if (!packet) return fail(packet.error());
  if (!*packet) return std::nullopt;
  try {
    if (auto report = from_json(json::parse(**packet))) return report;
    return fail("the child sent a report of an unknown kind");
  } catch (const json::exception& error) {
    return fail(Error(error.what()).within("the child sent no report"));
  }
}

}  // namespace forkloom::handoff
