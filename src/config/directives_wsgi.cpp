// mod_wsgi's directives, and what runs Python.

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "config/daemon_options.h"
#include "config/directives.h"
#include "config/mapping.h"
#include "config/network.h"
#include "config/storage.h"

namespace forkloom::config {
namespace {

constexpr std::uint64_t kMaxUint32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::string_view kGroups = "daemon process groups";
constexpr std::string_view kInterpreters = "interpreters of an application's own";
constexpr std::string_view kScripts = "access and authentication scripts";
constexpr std::string_view kMetrics = "metrics";
constexpr std::string_view kGlobal = "%{GLOBAL}";

constexpr auto head_words() {
  return std::to_array<std::pair<std::string_view, HeadToGet>>(
      {{"Auto", HeadToGet::kAuto}, {"On", HeadToGet::kOn}, {"Off", HeadToGet::kOff}});
}

Checked<void> store_python_path(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_path_list(arguments[0]).map([&](std::vector<std::string>&& paths) {
    scope.settings.python_path = std::move(paths);
  });
}

Checked<void> store_warning(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_any_text(arguments[0]).map([&](std::string&& text) {
    scope.settings.python_warnings.push_back(std::move(text));
  });
}

Checked<void> store_hash_seed(const Directive& row, const Arguments& arguments,
                              const Scope& scope) {
  if (lower(arguments[0]) == "random") {
    scope.settings.python_hash_seed.reset();
    return {};
  }
  return read_number(arguments[0], row.range, row.unit).map([&](std::uint64_t seed) {
    scope.settings.python_hash_seed = static_cast<std::uint32_t>(seed);
  });
}

Checked<void> store_dont_write(const Directive&, const Arguments& arguments, const Scope& scope) {
  return read_switch(arguments[0]).map([&](bool is_on) {
    scope.settings.writes_bytecode = !is_on;
  });
}

// Seconds, with a fraction.
Checked<void> store_switch_interval(const Directive&, const Arguments& arguments,
                                    const Scope& scope) {
  constexpr const char* kRemedy = "write seconds, from 0.000001 to 100, like 0.005";
  const std::string& text = arguments[0];
  const std::size_t dot = std::min(text.find('.'), text.size());
  std::string fraction = dot < text.size() ? text.substr(dot + 1) : std::string();
  if (fraction.size() > 6) return refuse("it is finer than a microsecond", kRemedy);
  fraction.resize(6, '0');
  const auto whole = read_number(dot == 0 ? "0" : text.substr(0, dot), {0, 100}, "seconds");
  const auto micros = read_number(fraction, {0, 999'999}, "microseconds");
  if (!whole || !micros || (*whole == 0 && *micros == 0)) {
    return refuse(fmt::format("'{}' is not such a time", text), kRemedy);
  }
  const std::uint64_t sum = *whole * 1'000'000 + *micros;
  if (sum > 100'000'000) return refuse(fmt::format("'{}' is out of range", text), kRemedy);
  scope.settings.switch_interval = static_cast<std::uint32_t>(sum);
  return {};
}

Checked<void> store_callable(const Directive&, const Arguments& arguments, const Scope& scope) {
  if (arguments[0].starts_with("%{ENV:") && arguments[0].ends_with('}')) {
    scope.paths.callable_object = arguments[0];
    return {};
  }
  return read_callable(arguments[0]).map([&](Callable&&) {
    scope.paths.callable_object = arguments[0];
  });
}

Checked<void> store_proxy_headers(const Directive&, const Arguments& arguments,
                                  const Scope& scope) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"Forwarded", "X-Forwarded-For", "X-Client-IP", "X-Real-IP", "X-Forwarded-Host", "X-Host",
       "X-Forwarded-Server", "X-Forwarded-Port", "X-Script-Name", "X-Forwarded-Script-Name",
       "X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Forwarded-HTTPS", "X-Forwarded-SSL",
       "X-Scheme", "X-HTTPS"});
  for (const std::string& argument : arguments) {
    const bool is_known = std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
      return lower(name) == lower(argument);
    });
    if (!is_known) return refuse_word(argument, fmt::format("{}", fmt::join(kNames, ", ")));
  }
  scope.paths.trusted_proxy_headers = arguments;
  return {};
}

Checked<void> store_proxies(const Directive&, const Arguments& arguments, const Scope& scope) {
  std::vector<Requirement::Network> networks;
  for (const std::string& argument : arguments) {
    auto network = read_network(argument);
    if (!network) return refuse(std::move(network.error()));
    networks.push_back(*network);
  }
  scope.paths.trusted_proxies = std::move(networks);
  return {};
}

Checked<void> store_restrict_process(const Directive&, const Arguments& arguments,
                                     const Scope& scope) {
  auto& groups = scope.paths.allowed_process_groups.emplace();
  for (const std::string& argument : arguments) {
    groups.push_back(argument == kGlobal ? std::string() : argument);
  }
  return {};
}

Checked<void> store_import_script(const Directive&, const Arguments& arguments,
                                  const Scope& scope) {
  constexpr const char* kForm = "write PATH process-group=%{GLOBAL} application-group=%{GLOBAL}";
  ImportScript script{.path = scope.absolute(arguments[0]),
                      .process_group = {},
                      .application_group = {},
                      .origin = scope.statement.origin};
  if (arguments[0].empty()) return refuse("the script's path is empty", kForm);
  bool has_process_group = false;
  bool has_application_group = false;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    const std::size_t equals = std::min(option.find('='), option.size());
    const std::string name = lower(option.substr(0, equals));
    std::string value = equals < option.size() ? option.substr(equals + 1) : std::string();
    if (value.empty())
      return refuse(fmt::format("'{}' is not an option with a value", option), kForm);
    if (value == kGlobal) value.clear();
    if (name == "process-group") {
      script.process_group = std::move(value);
      has_process_group = true;
    } else if (name == "application-group") {
      script.application_group = std::move(value);
      has_application_group = true;
    } else {
      return refuse(fmt::format("'{}' is not an option", option), kForm);
    }
  }
  if (!has_process_group || !has_application_group) {
    return refuse("it needs both process-group= and application-group=", kForm);
  }
  if (!script.process_group.empty()) scope.note_unbuilt(kGroups);
  if (!script.application_group.empty()) scope.note_unbuilt(kInterpreters);
  scope.settings.import_scripts.push_back(std::move(script));
  return {};
}

Checked<void> store_process_group(const Directive& row, const Arguments& arguments,
                                  const Scope& scope) {
  if (arguments[0].empty())
    return refuse("the name is empty", fmt::format("write {}", row.usage()));
  if (arguments[0] != kGlobal) scope.note_unbuilt(kGroups);
  return {};
}

Checked<void> store_application_group(const Directive& row, const Arguments& arguments,
                                      const Scope& scope) {
  if (arguments[0].empty())
    return refuse("the name is empty", fmt::format("write {}", row.usage()));
  if (arguments[0] != kGlobal) scope.note_unbuilt(kInterpreters);
  return {};
}

Checked<void> store_daemon_process(const Directive&, const Arguments& arguments,
                                   const Scope& scope) {
  if (auto checked = check_daemon_process(arguments); !checked) return checked;
  return scope.claim(fmt::format("the process group {}", arguments[0]));
}

// Off is what is anyhow; On is for later.
template <const std::string_view& kWhat>
Checked<void> store_switch_for_later(const Directive&, const Arguments& arguments,
                                     const Scope& scope) {
  return read_switch(arguments[0]).map([&](bool is_on) {
    if (is_on) scope.note_unbuilt(kWhat);
  });
}

Checked<void> store_request_capsule(const Directive&, const Arguments& arguments, const Scope&) {
  const auto is_on = read_switch(arguments[0]);
  if (!is_on) return refuse(is_on.error());
  if (!*is_on) return {};
  return refuse("there is no request record of httpd to pass", "remove the line");
}

Checked<void> check_interpreter_options(const Directive& row, const Arguments& arguments,
                                        const Scope& /*scope*/) {
  for (const std::string& argument : arguments) {
    const std::size_t equals = std::min(argument.find('='), argument.size());
    const std::string name = lower(argument.substr(0, equals));
    const bool is_known = name == "process-group" || name == "application-group";
    if (!is_known || equals + 1 >= argument.size()) {
      return refuse(fmt::format("'{}' is not an option with a value", argument),
                    fmt::format("write {}", row.usage()));
    }
  }
  return {};
}

constexpr Directive kRows[] = {
    {.name = "WSGIPythonHome",
     .default_text = "python3",
     .help = "The Python that runs the applications: an interpreter, the folder of a virtual "
             "environment, or a command's name.",
     .storage = checked_text<&Settings::python, read_interpreter>(ValueType::kPath)},
    {.name = "WSGIPythonPath",
     .contexts = kServer | kInterpreter,
     .arguments_usage = "/PATH[:/PATH...]",
     .help = "Further folders in which modules are looked for.",
     .storage = {.store = store_python_path}},
    {.name = "WSGIPythonEggs",
     .help = "Where eggs are unpacked (PYTHON_EGG_CACHE).",
     .storage = path<&Settings::python_eggs>()},
    {.name = "WSGIPythonOptimize",
     .default_text = "0",
     .range = {0, 2},
     .unit = "levels",
     .help = "1 is Python's -O, 2 its -OO.",
     .storage = number<&Settings::python_optimize>()},
    {.name = "WSGIPythonWarnings",
     .arguments_usage = "FILTER",
     .help = "A filter of warnings, as Python's -W; repeatable.",
     .is_repeatable = true,
     .storage = {.type = ValueType::kWord, .store = store_warning}},
    {.name = "WSGIPythonHashSeed",
     .default_text = "random",
     .range = {0, kMaxUint32},
     .unit = "seeds",
     .arguments_usage = "random|NUMBER",
     .help = "What hash() of texts starts from.",
     .storage = {.type = ValueType::kWord, .store = store_hash_seed}},
    {.name = "WSGIDontWriteBytecode",
     .default_text = "Off",
     .help = "Whether Python keeps no .pyc files, as its -B.",
     .storage = {.type = ValueType::kSwitch, .store = store_dont_write}},
    {.name = "WSGISwitchInterval",
     .contexts = kServer | kInterpreter,
     .arguments_usage = "SECONDS",
     .help = "How long a thread may keep the interpreter while others wait "
             "(sys.setswitchinterval); Python's own where it is absent.",
     .storage = {.type = ValueType::kWord, .store = store_switch_interval}},
    {.name = "WSGIDestroyInterpreter",
     .default_text = "On",
     .help = "Whether exit hooks (atexit) run when a process ends.",
     .storage = on_off<&Settings::destroys_interpreter>()},
    {.name = "WSGIRestrictStdin",
     .contexts = kServer | kInterpreter,
     .default_text = "Off",
     .help = "Whether use of sys.stdin raises OSError.",
     .storage = on_off<&Settings::restricts_stdin>()},
    {.name = "WSGIRestrictStdout",
     .contexts = kServer | kInterpreter,
     .default_text = "Off",
     .help = "Whether use of sys.stdout raises OSError.",
     .storage = on_off<&Settings::restricts_stdout>()},
    {.name = "WSGIRestrictSignal",
     .contexts = kServer | kInterpreter,
     .default_text = "On",
     .help = "Whether signal.signal() is logged and has no effect.",
     .storage = on_off<&Settings::restricts_signal>()},
    {.name = "ForkloomWorkingDirectory",
     .help = "The working directory of processes that run applications; the server's own where it "
             "is absent.",
     .storage = path<&Settings::working_directory>()},
    {.name = "ForkloomRequireApplications",
     .default_text = "Off",
     .help = "Whether the server gives up where an application cannot be loaded at start; "
             "otherwise it is tried again with each request.",
     .storage = on_off<&Settings::requires_applications>()},
    {.name = "WSGIImportScript",
     .contexts = kHosts,
     .arity = {1, 3},
     .arguments_usage = "PATH process-group=NAME application-group=NAME",
     .help = "A script that is run when a process starts.",
     .is_repeatable = true,
     .storage = {.store = store_import_script}},
    {.name = "WSGIDaemonProcess",
     .contexts = kHosts,
     .arity = {1, kAnyCount},
     .arguments_usage = "NAME [OPTION=VALUE...]",
     .help = "A group of processes that run applications alone.",
     .is_repeatable = true,
     .unbuilt = kGroups,
     .storage = {.store = store_daemon_process}},
    {.name = "WSGIProcessGroup",
     .contexts = kAnywhere,
     .default_text = "%{GLOBAL}",
     .arguments_usage = "NAME|%{GLOBAL}|%{ENV:NAME}|%{SERVER}|%{HOST}|%{RESOURCE}",
     .help = "The process group that runs the applications there; %{GLOBAL} is the server's own "
             "processes, others are not built yet.",
     .storage = {.type = ValueType::kWord, .store = store_process_group}},
    {.name = "WSGIApplicationGroup",
     .contexts = kAnywhere,
     .default_text = "%{GLOBAL}",
     .arguments_usage = "NAME|%{GLOBAL}|%{ENV:NAME}|%{SERVER}|%{HOST}|%{RESOURCE}",
     .help = "The interpreter that runs the applications there; %{GLOBAL} is the main one, others "
             "are not built yet.",
     .storage = {.type = ValueType::kWord, .store = store_application_group}},
    {.name = "WSGICallableObject",
     .contexts = kAnywhere,
     .default_text = "application",
     .arguments_usage = "NAME|NAME()|%{ENV:NAME}",
     .help = "The application's name in its script; with () that of a function that makes it.",
     .storage = {.type = ValueType::kWord, .store = store_callable}},
    {.name = "WSGIScriptReloading",
     .contexts = kAnywhere,
     .default_text = "On",
     .help = "Whether a script that has changed is run again for the next request.",
     .storage = on_off<&PathSettings::script_reloading>()},
    {.name = "WSGIPassAuthorization",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether applications see the Authorization field.",
     .storage = on_off<&PathSettings::pass_authorization>()},
    {.name = "CGIPassAuth",
     .contexts = kAnywhere,
     .help = "The same, by httpd's name.",
     .storage = on_off<&PathSettings::pass_authorization>()},
    {.name = "WSGIChunkedRequest",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether applications take chunked bodies; otherwise they are answered with 411.",
     .storage = on_off<&PathSettings::chunked_request>()},
    {.name = "WSGIMapHEADToGET",
     .contexts = kAnywhere,
     .default_text = "Auto",
     .arguments_usage = "Auto|On|Off",
     .help = "Whether applications see HEAD as GET. Auto: where a filter changes bodies, of which "
             "there is none.",
     .storage = word<&PathSettings::head_to_get, head_words>()},
    {.name = "WSGIErrorOverride",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether the server's error document replaces an application's answer of status 400 "
             "or more.",
     .storage = on_off<&PathSettings::error_override>()},
    {.name = "WSGIEnableSendfile",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether the kernel sends a file of wsgi.file_wrapper by itself.",
     .storage = on_off<&PathSettings::wsgi_sendfile>()},
    {.name = "WSGIIgnoreActivity",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Whether requests there leave inactivity-timeout of their process group running.",
     .storage = on_off<&PathSettings::ignores_activity>()},
    {.name = "WSGITrustedProxyHeaders",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "FIELD...",
     .help =
         "Fields by which a proxy of WSGITrustedProxies says who asks: Forwarded (RFC 7239), "
         "X-Forwarded-For, X-Forwarded-Proto and their kin. From anybody else they are removed.",
     .storage = {.type = ValueType::kWord, .store = store_proxy_headers}},
    {.name = "WSGITrustedProxies",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "ADDRESS|NETWORK...",
     .help = "The proxies that are believed; nobody is where it is absent.",
     .storage = {.type = ValueType::kWord, .store = store_proxies}},
    {.name = "WSGIRestrictEmbedded",
     .default_text = "Off",
     .help = "Whether requests for applications outside of daemon process groups get 500.",
     .storage = on_off<&Settings::restricts_embedded>()},
    {.name = "WSGIRestrictProcess",
     .contexts = kAnywhere,
     .arity = {1, kAnyCount},
     .arguments_usage = "NAME|%{GLOBAL}...",
     .help = "The process groups that may run the applications there; others get 500.",
     .storage = {.type = ValueType::kWord, .store = store_restrict_process}},
    {.name = "WSGIDispatchScript",
     .contexts = kAnywhere,
     .arity = {1, 2},
     .arguments_usage = "PATH [application-group=NAME]",
     .help = "A script that chooses process group, application group and callable of each request.",
     .unbuilt = kGroups},
    {.name = "WSGIHandlerScript",
     .contexts = kAnywhere,
     .arity = {2, 5},
     .arguments_usage = "NAME PATH [OPTION...]",
     .help = "A script that answers for files of a handler.",
     .is_repeatable = true,
     .unbuilt = "script handlers"},
    {.name = "WSGIInterpreterOptions",
     .kind = Kind::kSection,
     .arity = {0, 2},
     .arguments_usage = "[process-group=NAME] [application-group=NAME]",
     .help = "Options of some interpreters alone.",
     .is_repeatable = true,
     .unbuilt = kInterpreters,
     .storage = {.store = check_interpreter_options}},
    {.name = "WSGIPerInterpreterGIL",
     .contexts = kServer | kInterpreter,
     .default_text = "Off",
     .help = "Whether each interpreter has a lock of its own.",
     .storage = {.type = ValueType::kSwitch, .store = store_switch_for_later<kInterpreters>}},
    {.name = "WSGIFreeThreading",
     .contexts = kServer | kInterpreter,
     .default_text = "Off",
     .help = "Whether a free-threaded Python runs without its lock.",
     .storage = {.type = ValueType::kSwitch, .store = store_switch_for_later<kInterpreters>}},
    {.name = "WSGIAccessScript",
     .contexts = kPath,
     .arity = {1, 2},
     .arguments_usage = "PATH [application-group=NAME]",
     .help = "A script that allows or denies access.",
     .unbuilt = kScripts},
    {.name = "WSGIAuthUserScript",
     .contexts = kPath,
     .arity = {1, 2},
     .arguments_usage = "PATH [application-group=NAME]",
     .help = "A script that checks passwords.",
     .unbuilt = kScripts},
    {.name = "WSGIAuthGroupScript",
     .contexts = kPath,
     .arity = {1, 2},
     .arguments_usage = "PATH [application-group=NAME]",
     .help = "A script that knows the groups of a user.",
     .unbuilt = kScripts},
    {.name = "WSGIGroupAuthoritative",
     .kind = Kind::kAccepted,
     .contexts = kPath,
     .help = "mod_wsgi never looks at it.",
     .storage = checked_switch()},
    {.name = "WSGIServerMetrics",
     .default_text = "Off",
     .help = "Whether applications may read the server's metrics.",
     .storage = {.type = ValueType::kSwitch, .store = store_switch_for_later<kMetrics>}},
    {.name = "WSGITelemetryService",
     .arity = {1, 2},
     .arguments_usage = "unix:/PATH [interval=SECONDS]",
     .help = "Where metrics are sent.",
     .unbuilt = kMetrics},
    {.name = "WSGITelemetryOptions",
     .arity = {1, kAnyCount},
     .arguments_usage = "[+|-]CaptureUserAgent|None|All...",
     .help = "What is sent there.",
     .unbuilt = kMetrics},
    {.name = "WSGISlowRequests",
     .arguments_usage = "SECONDS",
     .help = "How long a request takes that counts as slow there.",
     .unbuilt = kMetrics},
    {.name = "WSGIPassApacheRequest",
     .contexts = kAnywhere,
     .default_text = "Off",
     .help = "Off alone: there is no request record of httpd.",
     .storage = {.type = ValueType::kSwitch, .store = store_request_capsule}},
    {.name = "WSGICaseSensitivity",
     .kind = Kind::kAccepted,
     .help = "File names are as the file system has them.",
     .storage = checked_switch()},
    {.name = "WSGISocketPrefix",
     .kind = Kind::kAccepted,
     .help = "Process groups have no socket files here.",
     .storage = {.type = ValueType::kPath}},
    {.name = "WSGISocketRotation",
     .kind = Kind::kAccepted,
     .help = "Process groups have no socket files here.",
     .storage = checked_switch()},
    {.name = "WSGIAcceptMutex", .kind = Kind::kAccepted, .help = "There is no such lock here."},
    {.name = "WSGIVerboseDebugging",
     .kind = Kind::kAccepted,
     .help = "LogLevel debug is what shows more.",
     .storage = checked_switch()},
    {.name = "WSGILazyInitialization",
     .kind = Kind::kAccepted,
     .help = "mod_wsgi 6 has it no more.",
     .storage = checked_switch()},
};

}  // namespace

std::span<const Directive> wsgi_directives() { return kRows; }

}  // namespace forkloom::config
