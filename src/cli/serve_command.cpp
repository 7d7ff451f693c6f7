#include "cli/serve_command.h"

#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/option_text.h"
#include "config/directives.h"

namespace forkloom::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  forkloom serve app.wsgi
  forkloom serve mysite.wsgi:application --chdir /srv/mysite --python venv
  forkloom serve 'shop.web:create_app()' --bind 8080 --bind unix:/run/x.sock
  forkloom serve app.py:app --threads 8 --access-log - --log-level info
  forkloom serve app.wsgi --static /static=static --config limits.conf

Every relative path is seen from --chdir.)";

constexpr const char* kListening = "Listening";
constexpr const char* kApplication = "Application";
constexpr const char* kFiles = "Files";
constexpr const char* kPython = "Python";
constexpr const char* kRunning = "Running";
constexpr const char* kLogs = "Logs";

std::string_view default_of(std::string_view directive) {
  return config::find_directive(directive)->default_text;
}

void add_application_options(CLI::App& command, ServeOptions& options) {
  command
      .add_option("TARGET", options.target,
                  "A script file (app.wsgi, app.py:CALLABLE),\n"
                  "MODULE, MODULE:CALLABLE or MODULE:FACTORY().\n"
                  "The callable is application unless named.")
      ->required()
      ->option_text(" ");
  add_text(command, options.mount,
           {"--mount", "/PREFIX", kApplication,
            "URL path that the application answers\n"
            "(default: /). Example: --mount /shop"});
  add_text(command, options.chdir,
           {"--chdir", "FOLDER", kApplication,
            "Working directory, where modules are found\n"
            "first (default: the current directory).\n"
            "Example: --chdir /srv/shop"});
}

void add_file_serving_options(CLI::App& command, ServeOptions& options) {
  add_list(command, options.static_files,
           {"--static", "/URL=PATH", kFiles,
            "Files below a folder, or one file, answer such\n"
            "URLs, before the application; repeatable.\n"
            "Example: --static /static=build/static"});
  add_text(command, options.document_root,
           {"--document-root", "FOLDER", kFiles,
            "Files answer the URLs that neither --static nor\n"
            "the application does, which needs --mount.\n"
            "Example: --document-root public"});
}

void add_python_options(CLI::App& command, ServeOptions& options) {
  add_text(command, options.python,
           {"--python", "PATH", kPython,
            fmt::format("Interpreter or virtual environment\n"
                        "(default: $VIRTUAL_ENV, else {}).\n"
                        "Example: --python /srv/shop/venv",
                        default_of("WSGIPythonHome"))});
  add_list(command, options.python_path,
           {"--python-path", "FOLDER", kPython,
            "A further folder with modules; repeatable.\n"
            "Example: --python-path lib"});
}

void add_listening_options(CLI::App& command, ServeOptions& options) {
  add_list(command, options.bind,
           {"--bind", "HOST:PORT|unix:PATH", kListening,
            fmt::format("Where to accept connections; repeatable\n"
                        "(default: {}).\n"
                        "Example: --bind '[::1]:8000'",
                        default_of("Listen"))});
}

void add_running_options(CLI::App& command, ServeOptions& options) {
  add_text(command, options.threads,
           {"--threads", "N", kRunning,
            fmt::format("Request threads (default: {}).\n"
                        "Example: --threads 8",
                        default_of("ThreadsPerChild"))});
  add_text(command, options.graceful_timeout,
           {"--graceful-timeout", "SECONDS", kRunning,
            fmt::format("How long requests may take to finish when the\n"
                        "server stops, 0 for no limit (default: {}).\n"
                        "Example: --graceful-timeout 60",
                        default_of("GracefulShutdownTimeout"))});
  add_text(command, options.limit_request_body,
           {"--limit-request-body", "BYTES", kRunning,
            fmt::format("Largest request body, 0 for no limit\n"
                        "(default: {}).\n"
                        "Example: --limit-request-body 10485760",
                        default_of("LimitRequestBody"))});
}

void add_log_options(CLI::App& command, ServeOptions& options) {
  add_text(command, options.access_log,
           {"--access-log", "FILE|-|off", kLogs,
            "A line per request, - for standard output\n"
            "(default: off).\n"
            "Example: --access-log /var/log/shop.log"});
  add_text(command, options.access_log_format,
           {"--access-log-format", "FORMAT", kLogs,
            fmt::format("common, combined, json, or a format string\n"
                        "of Apache's LogFormat (default: {}).\n"
                        "Example: --access-log-format json",
                        kDefaultAccessLogFormat)});
  add_text(command, options.error_log,
           {"--error-log", "FILE|-", kLogs,
            fmt::format("Errors and what applications print, - for\n"
                        "standard error (default: {}).\n"
                        "Example: --error-log /var/log/shop-errors.log",
                        default_of("ErrorLog"))});
  add_text(command, options.log_level,
           {"--log-level", "LEVEL", kLogs,
            fmt::format("crit, error, warn, notice, info, debug or\n"
                        "trace1 (default: {}).\n"
                        "Example: --log-level info",
                        default_of("LogLevel"))});
}

}  // namespace

CLI::App& add_serve_command(CLI::App& app, ServeOptions& options) {
  CLI::App& command = *app.add_subcommand("serve", "Serve one WSGI application");
  command.group("Commands");
  add_application_options(command, options);
  add_file_serving_options(command, options);
  add_python_options(command, options);
  add_listening_options(command, options);
  add_running_options(command, options);
  add_log_options(command, options);
  command.set_help_flag("-h,--help", "Print this help and exit")->group("Other");
  add_list(command, options.config,
           {"--config", "FILE", "Configuration",
            "A configuration file to begin with; options add\n"
            "to what it says, or replace it; repeatable.\n"
            "Example: --config limits.conf"});
  command
      .add_flag("--print-config", options.is_print_only,
                "Print the configuration in force, with every\n"
                "default, and exit")
      ->group("Other");
  command.footer(kExamples);
  return command;
}

}  // namespace forkloom::cli
