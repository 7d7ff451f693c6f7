#include "config/directives.h"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "config/address.h"
#include "config/application.h"
#include "config/letters.h"
#include "config/read_timeout.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

constexpr std::uint64_t kYear = 31'536'000;  // seconds
constexpr std::uint64_t kMaxInt32 = std::numeric_limits<std::int32_t>::max();
constexpr std::uint64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();

constexpr Storage kListen = {
    .type = ValueType::kCompound,
    .store =
        [](const Directive&, const Arguments& arguments, Settings& settings) {
          return read_address(arguments[0]).map([&](ListenAddress address) {
            settings.listen.push_back(std::move(address));
          });
        },
    .show =
        [](const Settings& settings) {
          std::vector<Occurrence> occurrences;
          for (const ListenAddress& address : settings.listen) {
            occurrences.push_back({.arguments = {address.text()}});
          }
          return occurrences;
        },
    // With port 0 the kernel chooses another port for each.
    .last_claim =
        [](const Settings& settings) {
          const ListenAddress& last = settings.listen.back();
          const bool is_chosen_by_kernel = last.unix_path.empty() && last.port == 0;
          return is_chosen_by_kernel ? std::string() : fmt::format("the address {}", last.text());
        }};

using ReadApplication = Checked<Application> (*)(std::span<const std::string>);

std::string claim_of_last_mount(const Settings& settings) {
  return fmt::format("the mount point {}", arguments_of(settings.applications.back()).front());
}

template <Application::Kind kKind, ReadApplication kRead>
constexpr Storage application() {
  return {.type = ValueType::kCompound,
          .store =
              [](const Directive&, const Arguments& arguments, Settings& settings) {
                return kRead(arguments).map(
                    [&](Application read) { settings.applications.push_back(std::move(read)); });
              },
          .show =
              [](const Settings& settings) {
                std::vector<Occurrence> occurrences;
                for (std::size_t i = 0; i < settings.applications.size(); ++i) {
                  const Application& application = settings.applications[i];
                  if (application.kind != kKind) continue;
                  occurrences.push_back({.arguments = arguments_of(application), .position = i});
                }
                return occurrences;
              },
          .last_claim = claim_of_last_mount};
}

constexpr Storage kPythonPath = {
    .type = ValueType::kCompound,
    .store =
        [](const Directive&, const Arguments& arguments, Settings& settings) {
          return read_path_list(arguments[0]).map([&](std::vector<std::string> paths) {
            settings.python_path = std::move(paths);
          });
        },
    .show = [](const Settings& settings) -> std::vector<Occurrence> {
      if (settings.python_path.empty()) return {};
      return {{.arguments = {fmt::format("{}", fmt::join(settings.python_path, ":"))}}};
    }};

constexpr Storage kRequestReadTimeout = {
    .type = ValueType::kCompound,
    .store = [](const Directive&, const Arguments& arguments, Settings& settings) -> Checked<void> {
      for (const std::string& argument : arguments) {
        if (auto read = read_request_timeout(argument, settings); !read) return read;
      }
      return {};
    },
    .show = [](const Settings& settings) -> std::vector<Occurrence> {
      return {{.arguments = {fmt::format("header={}", text_of(settings.header_read_timeout)),
                             fmt::format("body={}", text_of(settings.body_read_timeout))}}};
    }};

constexpr Storage kLogLevel = {
    .type = ValueType::kWord,
    .store =
        [](const Directive&, const Arguments& arguments, Settings& settings) {
          return read_level(arguments[0]).map([&](Level level) { settings.log_level = level; });
        },
    .show = [](const Settings& settings) -> std::vector<Occurrence> {
      return {{.arguments = {std::string(level_name(settings.log_level))}}};
    }};

constexpr Storage kCustomLog = {
    .type = ValueType::kCompound,
    .store = [](const Directive&, const Arguments& arguments, Settings& settings) -> Checked<void> {
      if (arguments[1].empty()) {
        return refuse("the format is empty", "write common, combined, json or a LogFormat string");
      }
      return read_log_path(arguments[0]).map([&](std::string path) {
        settings.access_log = std::move(path);
        settings.log_format = arguments[1];
      });
    },
    .show = [](const Settings& settings) -> std::vector<Occurrence> {
      if (settings.access_log.empty()) return {};
      return {{.arguments = {settings.access_log, settings.log_format}}};
    }};

constexpr Directive kDirectives[] = {
    {.name = "Listen",
     .default_text = "127.0.0.1:8000",
     .arguments_usage = "HOST:PORT|[IPv6]:PORT|PORT|unix:/PATH",
     .help = "Where connections are accepted; repeatable. A port alone is that port of every IPv4 "
             "address.",
     .storage = kListen},
    {.name = "ListenBacklog",
     .default_text = "511",
     .range = {1, kMaxInt32},
     .unit = "connections",
     .help = "How many connections may wait to be accepted; the kernel may allow fewer.",
     .storage = number<&Settings::listen_backlog>()},
    {.name = "WSGIScriptAlias",
     .arity = {2, 3},
     .arguments_usage = "/MOUNT /PATH/SCRIPT.wsgi [callable-object=NAME]",
     .help = "Mounts the application of a script file; repeatable.",
     .storage = application<Application::Kind::kScript, read_script_application>()},
    {.name = "ForkloomApplication",
     .arity = {2, 2},
     .arguments_usage = "/MOUNT MODULE[:CALLABLE|:FACTORY()]",
     .help = "Mounts the application of an importable module; repeatable.",
     .storage = application<Application::Kind::kModule, read_module_application>()},
    {.name = "WSGIPythonHome",
     .default_text = "python3",
     .help = "The Python that runs the applications: an interpreter, the folder of a virtual "
             "environment, or a command's name.",
     .storage = checked_text<&Settings::python, read_interpreter>(ValueType::kPath)},
    {.name = "WSGIPythonPath",
     .arguments_usage = "/PATH[:/PATH...]",
     .help = "Further folders in which modules are looked for.",
     .storage = kPythonPath},
    {.name = "ForkloomWorkingDirectory",
     .help = "The working directory of processes that run applications; the server's own where it "
             "is absent.",
     .storage = checked_text<&Settings::working_directory, read_absolute_path>(ValueType::kPath)},
    {.name = "ThreadsPerChild",
     .default_text = "25",
     .range = {1, 20000},
     .unit = "threads",
     .help = "Request threads of each process.",
     .storage = number<&Settings::threads>()},
    {.name = "LimitRequestLine",
     .default_text = "8190",
     .range = {1, 1'048'576},
     .unit = "bytes",
     .help = "Longest request line, without its line end.",
     .storage = number<&Settings::limit_request_line>()},
    {.name = "LimitRequestFields",
     .default_text = "100",
     .range = {0, 32767},
     .unit = "fields",
     .help = "Most header fields of a request; 0 for no limit.",
     .storage = number<&Settings::limit_request_fields>()},
    {.name = "LimitRequestFieldSize",
     .default_text = "8190",
     .range = {1, 1'048'576},
     .unit = "bytes",
     .help = "Longest header field line.",
     .storage = number<&Settings::limit_request_field_size>()},
    {.name = "LimitRequestBody",
     .default_text = "1073741824",
     .range = {0, kMaxInt64},
     .unit = "bytes",
     .help = "Largest request body; 0 for no limit.",
     .storage = number<&Settings::limit_request_body>()},
    {.name = "RequestReadTimeout",
     .arity = {1, 2},
     .default_text = "header=20-40,MinRate=500 body=20,MinRate=500",
     .arguments_usage = "[header=SECONDS[-MAXIMUM][,MinRate=BYTES]] "
                        "[body=SECONDS[-MAXIMUM][,MinRate=BYTES]]",
     .help = "Time in which a request's head and body have to arrive, and by how much a client "
             "that keeps sending extends it; 0 for no limit.",
     .storage = kRequestReadTimeout},
    {.name = "Timeout",
     .default_text = "60",
     .range = {1, kYear},
     .unit = "seconds",
     .help = "How long a connection may stand still while something is sent or received.",
     .storage = number<&Settings::timeout>()},
    {.name = "KeepAlive",
     .default_text = "On",
     .help = "Whether a connection may carry more than one request.",
     .storage = on_off<&Settings::keep_alive>()},
    {.name = "KeepAliveTimeout",
     .default_text = "5",
     .range = {1, kYear},
     .unit = "seconds",
     .help = "How long an idle connection is kept for the next request.",
     .storage = number<&Settings::keep_alive_timeout>()},
    {.name = "MaxKeepAliveRequests",
     .default_text = "100",
     .range = {0, kMaxInt32},
     .unit = "requests",
     .help = "Most requests of one connection; 0 for no limit.",
     .storage = number<&Settings::max_keep_alive_requests>()},
    {.name = "GracefulShutdownTimeout",
     .default_text = "30",
     .range = {0, kYear},
     .unit = "seconds",
     .help = "How long running requests may take to finish when the server stops; 0 for no limit.",
     .storage = number<&Settings::graceful_timeout>()},
    {.name = "ServerName",
     .arguments_usage = "NAME",
     .help = "The name the server gives itself; the request's Host where it is absent.",
     .storage = checked_text<&Settings::server_name, read_server_name>(ValueType::kWord)},
    {.name = "ServerTokens",
     .default_text = "Full",
     .arguments_usage = "Full|OS|Minimal|Minor|Major|Prod",
     .help = "How much the Server field of answers tells.",
     .storage = checked_text<&Settings::server_tokens, read_server_tokens>(ValueType::kWord)},
    {.name = "WSGIPassAuthorization",
     .default_text = "Off",
     .help = "Whether applications see the Authorization field.",
     .storage = on_off<&Settings::pass_authorization>()},
    {.name = "ErrorLog",
     .default_text = "-",
     .arguments_usage = "/PATH|-",
     .help = "The error log's file, or - for standard error.",
     .storage = checked_text<&Settings::error_log, read_log_path>(ValueType::kPath)},
    {.name = "LogLevel",
     .default_text = "warn",
     .arguments_usage = "emerg|alert|crit|error|warn|notice|info|debug|trace1...trace8",
     .help = "The least urgent lines that the error log keeps.",
     .storage = kLogLevel},
    {.name = "CustomLog",
     .arity = {2, 2},
     .arguments_usage = "/PATH|- common|combined|json|FORMAT",
     .help = "The access log's file, or - for standard output, and the format of its lines; no "
             "access log where it is absent.",
     .storage = kCustomLog},
    {.name = "PidFile",
     .help = "A file that holds the server's process id while it runs.",
     .storage = checked_text<&Settings::pid_file, read_absolute_path>(ValueType::kPath)},
};

std::string_view usage_of(ValueType type) {
  switch (type) {
    case ValueType::kNumber:
      return "NUMBER";
    case ValueType::kSwitch:
      return "On|Off";
    case ValueType::kPath:
      return "/PATH";
    case ValueType::kWord:
    case ValueType::kCompound:
      break;
  }
  return "VALUE";
}

}  // namespace

std::string Directive::usage() const {
  return fmt::format("{} {}", name,
                     arguments_usage.empty() ? usage_of(storage.type) : arguments_usage);
}

std::span<const Directive> directives() { return kDirectives; }

const Directive* find_directive(std::string_view name) {
  const std::string wanted = lower(name);
  for (const Directive& row : kDirectives) {
    if (lower(row.name) == wanted) return &row;
  }
  return nullptr;
}

}  // namespace forkloom::config
