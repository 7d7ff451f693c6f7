// Of the whole server: where it listens, who it is, its processes and threads.

#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "config/address.h"
#include "config/directives.h"
#include "config/modules.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

constexpr std::uint64_t kYear = 31'536'000;  // seconds
constexpr std::uint64_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();

Checked<void> store_listen(const Directive&, const Arguments& arguments, const Scope& scope) {
  auto address = read_address(arguments[0]);
  if (!address) return refuse(std::move(address.error()));
  const std::string protocol = arguments.size() == 2 ? lower(arguments[1]) : "http";
  if (protocol != "http") {
    if (protocol == "https") {
      scope.note_unbuilt("encrypted connections");
    } else {
      return refuse(fmt::format("'{}' is not a protocol", arguments[1]), "write http or nothing");
    }
  }
  // With port 0 the kernel chooses another port for each.
  const bool is_chosen_by_kernel = address->unix_path.empty() && address->port == 0;
  if (!is_chosen_by_kernel) {
    if (auto claimed = scope.claim(fmt::format("the address {}", address->text())); !claimed) {
      return claimed;
    }
  }
  scope.settings.listen.push_back(std::move(*address));
  return {};
}

Checked<void> store_server_root(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_absolute_path(arguments[0]).map([&](std::string&& path) {
    scope.settings.server_root = std::move(path);
  });
}

Checked<void> store_model(const Directive&, const Arguments& arguments, const Scope& scope) {
  const auto model = model_of_module(arguments[0]);
  if (!model) return refuse_word(arguments[0], "prefork, worker or winnt");
  scope.settings.model = *model;
  return {};
}

constexpr Directive kRows[] = {
    {.name = "ServerRoot",
     .arguments_usage = "/PATH",
     .help = "What relative paths are seen from. Where it is absent: the folder of the "
             "configuration file.",
     .storage = {.type = ValueType::kPath, .store = store_server_root}},
    {.name = "Listen",
     .arity = {1, 2},
     .default_text = "127.0.0.1:8000",
     .arguments_usage = "HOST:PORT|[IPv6]:PORT|PORT|unix:/PATH [http]",
     .help = "Where connections are accepted; repeatable. A port alone, or * as the host, is that "
             "port of every address, IPv4 and IPv6.",
     .is_repeatable = true,
     .default_yields = true,
     .storage = {.type = ValueType::kCompound, .store = store_listen}},
    {.name = "ListenBacklog",
     .default_text = "511",
     .range = {1, kMaxInt32},
     .unit = "connections",
     .help = "How many connections may wait to be accepted; the kernel may allow fewer.",
     .storage = number<&Settings::listen_backlog>()},
    {.name = "PidFile",
     .help = "A file that holds the server's process id while it runs.",
     .storage = path<&Settings::pid_file>()},
    {.name = "User",
     .arguments_usage = "NAME|#NUMBER",
     .help = "Who the processes that serve are, where the server is started by root.",
     .storage = checked_text<&Settings::user, read_account>(ValueType::kWord)},
    {.name = "Group",
     .arguments_usage = "NAME|#NUMBER",
     .help = "Their group; that of User where it is absent.",
     .storage = checked_text<&Settings::group, read_account>(ValueType::kWord)},
    {.name = "DefaultRuntimeDir",
     .default_text = "/run/forkloom",
     .help = "Where files live that exist while the server runs.",
     .storage = path<&Settings::runtime_folder>()},
    {.name = "ServerTokens",
     .default_text = "Full",
     .arguments_usage = "Full|OS|Minimal|Minor|Major|Prod",
     .help = "How much the Server field of answers tells.",
     .storage = checked_text<&Settings::server_tokens, read_server_tokens>(ValueType::kWord)},
    {.name = "GracefulShutdownTimeout",
     .default_text = "30",
     .range = {0, kYear},
     .unit = "seconds",
     .help = "How long running requests may take to finish when the server stops; 0 for no limit.",
     .storage = number<&Settings::graceful_timeout>()},
    {.name = "MPM",
     .default_text = "winnt",
     .arguments_usage = "prefork|worker|winnt",
     .help = "How requests meet processes and threads. Today there is one process with "
             "ThreadsPerChild request threads, which is winnt; worker runs so too, and prefork "
             "with one thread, until these models are built.",
     .storage = {.type = ValueType::kWord, .store = store_model}},
    {.name = "ThreadsPerChild",
     .default_text = "25",
     .range = {1, 20000},
     .unit = "threads",
     .help = "Request threads of each process; prefork always has one.",
     .storage = number<&Settings::threads>()},
    {.name = "StartServers",
     .kind = Kind::kAccepted,
     .range = {1, 20000},
     .unit = "processes",
     .help = "Processes that are started at first. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "ServerLimit",
     .kind = Kind::kAccepted,
     .range = {1, 20000},
     .unit = "processes",
     .help = "Most processes. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "ThreadLimit",
     .kind = Kind::kAccepted,
     .range = {1, 20000},
     .unit = "threads",
     .help = "Most threads of a process. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MaxRequestWorkers",
     .kind = Kind::kAccepted,
     .range = {1, kMaxInt32},
     .unit = "requests",
     .help = "Most requests at one time. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MaxClients",
     .kind = Kind::kAccepted,
     .range = {1, kMaxInt32},
     .unit = "requests",
     .help = "The old name of MaxRequestWorkers.",
     .storage = checked_number()},
    {.name = "MinSpareServers",
     .kind = Kind::kAccepted,
     .range = {1, 20000},
     .unit = "processes",
     .help = "Fewest idle processes of prefork. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MaxSpareServers",
     .kind = Kind::kAccepted,
     .range = {1, 20000},
     .unit = "processes",
     .help = "Most idle processes of prefork. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MinSpareThreads",
     .kind = Kind::kAccepted,
     .range = {1, kMaxInt32},
     .unit = "threads",
     .help = "Fewest idle threads of worker. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MaxSpareThreads",
     .kind = Kind::kAccepted,
     .range = {1, kMaxInt32},
     .unit = "threads",
     .help = "Most idle threads of worker. Checked only, until the models are built.",
     .storage = checked_number()},
    {.name = "MaxConnectionsPerChild",
     .kind = Kind::kAccepted,
     .range = {0, kMaxInt32},
     .unit = "connections",
     .help = "Connections after which a process is replaced; 0 for never. Checked only, until the "
             "models are built.",
     .storage = checked_number()},
    {.name = "MaxRequestsPerChild",
     .kind = Kind::kAccepted,
     .range = {0, kMaxInt32},
     .unit = "connections",
     .help = "The old name of MaxConnectionsPerChild.",
     .storage = checked_number()},
    {.name = "TypesConfig",
     .help = "A file of media types by extension, like /etc/mime.types; those that are built in "
             "where it is absent.",
     .storage = path<&Settings::types_file>()},
};

}  // namespace

std::span<const Directive> server_directives() { return kRows; }

}  // namespace forkloom::config
