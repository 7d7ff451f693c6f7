#include "cli/serve_configuration.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "cli/paths.h"
#include "cli/target.h"
#include "config/parser.h"
#include "config/syntax.h"

namespace forkloom::cli {
namespace {

namespace fs = std::filesystem;

// Configuration text, one directive per line, that remembers which option each line is for.
class ConfigurationText {
 public:
  // `option` is "" where the parser's words say enough.
  void add(std::string_view option, std::string_view directive,
           const std::vector<std::string>& arguments) {
    const bool has_line_feed = std::any_of(
        arguments.begin(), arguments.end(),
        [](const std::string& argument) { return argument.find('\n') != std::string::npos; });
    if (has_line_feed) {
      errors_.push_back(labelled(option, "the value has a line feed: write it on one line"));
      return;
    }
    text_ += directive;
    for (const std::string& argument : arguments) {
      text_ += ' ';
      text_ += config::quote(argument);
    }
    text_ += '\n';
    options_.emplace_back(option);
  }

  void add_error(std::string message) { errors_.push_back(std::move(message)); }

  tl::expected<config::Settings, std::vector<std::string>> read() && {
    auto settings = config::parse(text_, "command line");
    if (!settings) {
      for (const config::Diagnostic& diagnostic : settings.error()) {
        errors_.push_back(
            labelled(options_[diagnostic.line - 1],
                     fmt::format("{}: {}", diagnostic.fault.problem, diagnostic.fault.remedy)));
      }
    }
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(*settings);
  }

 private:
  static std::string labelled(std::string_view option, std::string_view message) {
    return option.empty() ? std::string(message) : fmt::format("{}: {}", option, message);
  }

  std::string text_;
  std::vector<std::string> options_;  // of each line
  std::vector<std::string> errors_;
};

std::string address_from(const fs::path& folder, std::string_view text) {
  constexpr std::string_view kUnixScheme = "unix:";
  if (!text.starts_with(kUnixScheme)) return std::string(text);
  return fmt::format("{}{}", kUnixScheme, absolute_from(folder, text.substr(kUnixScheme.size())));
}

// The standard stream and what the parser refuses stay as they are.
std::string log_from(const fs::path& folder, std::string_view text) {
  if (text == "-" || text.starts_with('|')) return std::string(text);
  return absolute_from(folder, text);
}

// A name without a slash is a command's, unless a folder of that name is there: "--python venv".
std::string python_from(const fs::path& folder, std::string_view text) {
  std::error_code error;
  const bool is_path = text.find('/') != std::string_view::npos;
  if (!is_path && !fs::is_directory(folder / text, error)) return std::string(text);
  return absolute_from(folder, text);
}

// Each value may itself be a list with colons, like PYTHONPATH.
std::string path_list_from(const fs::path& folder, const std::vector<std::string>& values) {
  const std::string joined = fmt::format("{}", fmt::join(values, ":"));
  std::string list;
  for (std::string_view rest = joined;;) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    list += absolute_from(folder, rest.substr(0, colon));
    if (colon == rest.size()) return list;
    list += ':';
    rest.remove_prefix(colon + 1);
  }
}

void add_application(const ServeOptions& options, const fs::path& folder, ConfigurationText& text) {
  auto target = read_target(options.target, folder);
  if (!target) {
    text.add_error(target.error().message());
    return;
  }
  const std::string mount = options.mount.value_or("/");
  const bool has_callable = !target->callable.empty();
  if (target->kind == config::Application::Kind::kModule) {
    text.add("", "ForkloomApplication",
             {mount,
              has_callable ? fmt::format("{}:{}", target->name, target->callable) : target->name});
    return;
  }
  std::vector<std::string> arguments = {mount, target->name};
  if (has_callable) arguments.push_back(fmt::format("callable-object={}", target->callable));
  text.add("", "WSGIScriptAlias", arguments);
}

void add_python(const ServeOptions& options, const Surroundings& surroundings,
                const fs::path& folder, ConfigurationText& text) {
  if (options.python) {
    text.add("--python", "WSGIPythonHome", {python_from(folder, *options.python)});
  } else if (!surroundings.virtual_env.empty()) {
    text.add("VIRTUAL_ENV", "WSGIPythonHome",
             {absolute_from(surroundings.working_directory, surroundings.virtual_env)});
  }
  if (!options.python_path.empty()) {
    text.add("--python-path", "WSGIPythonPath", {path_list_from(folder, options.python_path)});
  }
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

tl::expected<config::Settings, std::vector<std::string>> settings_of(
    const ServeOptions& options, const Surroundings& surroundings) {
  const fs::path folder =
      absolute_from(surroundings.working_directory, options.chdir.value_or("."));
  std::error_code error;
  if (options.chdir && !fs::is_directory(folder, error)) {
    return tl::unexpected(std::vector<std::string>{
        fmt::format("--chdir: there is no folder {}: name one that exists", folder.string())});
  }

  ConfigurationText text;
  for (const std::string& address : options.bind) {
    text.add("--bind", "Listen", {address_from(folder, address)});
  }
  add_application(options, folder, text);
  add_python(options, surroundings, folder, text);
  text.add("--chdir", "ForkloomWorkingDirectory", {folder.string()});
  for (const auto& [option, directive, value] :
       std::initializer_list<std::tuple<const char*, const char*, std::optional<std::string>>>{
           {"--threads", "ThreadsPerChild", options.threads},
           {"--graceful-timeout", "GracefulShutdownTimeout", options.graceful_timeout},
           {"--limit-request-body", "LimitRequestBody", options.limit_request_body}}) {
    if (value) text.add(option, directive, {*value});
  }
  text.add("", "WSGIPassAuthorization", {"On"});
  add_logs(options, folder, text);
  return std::move(text).read();
}

}  // namespace forkloom::cli
