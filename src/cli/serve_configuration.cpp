#include "cli/serve_configuration.h"

#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "cli/configuration_text.h"
#include "cli/paths.h"
#include "cli/report.h"
#include "cli/static_option.h"
#include "cli/target.h"

namespace forkloom::cli {
namespace {

namespace fs = std::filesystem;

// The origin of lines that stand for no option.
constexpr const char* kOwnOrigin = "forkloom serve";
constexpr const char* kWholeSite = "/";

// Before --config, so that a file overrides it: what a server of one application should do, where
// httpd's defaults are those of a server of files.
void add_ground(const ServeOptions& options, const Surroundings& surroundings,
                const fs::path& folder, ConfigurationText& text) {
  constexpr std::pair<const char*, const char*> kGround[] = {{"MPM", "winnt"},
                                                             {"ForkloomRequireApplications", "On"},
                                                             {"WSGIPassAuthorization", "On"},
                                                             {"WSGIChunkedRequest", "On"},
                                                             {"WSGIScriptReloading", "Off"},
                                                             {"WSGIEnableSendfile", "On"},
                                                             {"AllowEncodedSlashes", "On"}};
  for (const auto& [directive, value] : kGround) text.add(kOwnOrigin, directive, {value});
  if (!options.chdir) text.add(kOwnOrigin, "ForkloomWorkingDirectory", {folder.string()});
  if (!options.python && !surroundings.virtual_env.empty()) {
    text.add("VIRTUAL_ENV", "WSGIPythonHome",
             {absolute_from(surroundings.working_directory, surroundings.virtual_env)});
  }
}

void add_files(const ServeOptions& options, const fs::path& folder, ConfigurationText& text) {
  const std::string mount = options.mount.value_or(kWholeSite);
  for (const std::string& option : options.static_files) {
    if (auto files = read_static_option(option, folder, mount)) {
      text.add("--static", "Alias", {files->url, files->path});
    } else {
      text.add_error("--static", std::move(files.error()));
    }
  }
  if (!options.document_root) return;
  if (mount == kWholeSite) {
    text.add_error("--document-root",
                   {"the application at / answers every URL",
                    "write --static /URL=PATH for its files, or --mount /PREFIX for it"});
    return;
  }
  text.add("--document-root", "DocumentRoot", {absolute_from(folder, *options.document_root)});
}

void add_application(const ServeOptions& options, const fs::path& folder, ConfigurationText& text) {
  auto target = read_target(options.target, folder);
  if (!target) {
    text.add_error("TARGET", std::move(target.error()));
    return;
  }
  const char* origin = options.mount ? "TARGET and --mount" : "TARGET";
  const std::string mount = options.mount.value_or(kWholeSite);
  const bool has_callable = !target->callable.empty();
  if (target->kind == config::Mapping::Kind::kModule) {
    text.add(origin, "ForkloomApplication",
             {mount,
              has_callable ? fmt::format("{}:{}", target->name, target->callable) : target->name});
    return;
  }
  std::vector<std::string> arguments = {mount, target->name};
  if (has_callable) arguments.push_back(fmt::format("callable-object={}", target->callable));
  text.add(origin, "WSGIScriptAlias", arguments);
}

// Where the application's own modules are found first: beside the script, or in the working
// directory.
std::string home_of(const ServeOptions& options, const fs::path& folder) {
  const auto target = read_target(options.target, folder);
  const bool is_script = target && target->kind == config::Mapping::Kind::kScript;
  return is_script ? fs::path(target->name).parent_path().string() : folder.string();
}

void add_python(const ServeOptions& options, const fs::path& folder, ConfigurationText& text) {
  if (options.chdir) text.add("--chdir", "ForkloomWorkingDirectory", {folder.string()});
  if (options.python) {
    text.add("--python", "WSGIPythonHome", {python_from(folder, *options.python)});
  }
  std::string path = home_of(options, folder);
  if (!options.python_path.empty()) path += ":" + path_list_from(folder, options.python_path);
  text.add(options.python_path.empty() ? "TARGET" : "--python-path", "WSGIPythonPath", {path});
}

void add_running(const ServeOptions& options, ConfigurationText& text) {
  const auto add = [&](const char* option, const char* directive,
                       const std::optional<std::string>& value) {
    if (value) text.add(option, directive, {*value});
  };
  add("--threads", "ThreadsPerChild", options.threads);
  add("--graceful-timeout", "GracefulShutdownTimeout", options.graceful_timeout);
  add("--limit-request-body", "LimitRequestBody", options.limit_request_body);
}

void add_logs(const ServeOptions& options, const fs::path& folder, ConfigurationText& text) {
  if (options.error_log) {
    text.add("--error-log", "ErrorLog", {log_from(folder, *options.error_log)});
  }
  if (options.log_level) text.add("--log-level", "LogLevel", {*options.log_level});
  if (options.access_log && *options.access_log != "off") {
    text.add("--access-log", "CustomLog",
             {log_from(folder, *options.access_log),
              options.access_log_format.value_or(kDefaultAccessLogFormat)});
  }
}

}  // namespace

tl::expected<config::Configuration, std::vector<config::Diagnostic>> configuration_of(
    const ServeOptions& options, const Surroundings& surroundings) {
  const fs::path folder =
      absolute_from(surroundings.working_directory, options.chdir.value_or("."));
  std::error_code error;
  if (options.chdir && !fs::is_directory(folder, error)) {
    return tl::unexpected(
        std::vector{wrong_option("--chdir", {fmt::format("there is no folder {}", folder.string()),
                                             "name one that exists"})});
  }

  ConfigurationText text;
  add_ground(options, surroundings, folder, text);
  for (const std::string& file : options.config) {
    text.add("--config", "Include", {absolute_from(folder, file)});
  }
  for (const std::string& address : options.bind) {
    text.add("--bind", "Listen", {address_from(folder, address)});
  }
  // Of aliases the first that fits counts: files before the application.
  add_files(options, folder, text);
  add_application(options, folder, text);
  add_python(options, folder, text);
  add_running(options, text);
  add_logs(options, folder, text);
  return std::move(text).read(folder.string());
}

Plan plan_serve(const ServeOptions& options, const Surroundings& surroundings) {
  auto configuration = configuration_of(options, surroundings);
  if (!configuration) {
    return {.report = {.output = {},
                       .messages = errors_text(configuration.error()),
                       .status = kUsageError},
            .start = {}};
  }
  return plan(std::move(*configuration), options.is_print_only ? Purpose::kPrint : Purpose::kStart,
              {});
}

}  // namespace forkloom::cli
