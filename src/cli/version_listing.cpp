#include "cli/version_listing.h"

#include <chrono>
#include <string_view>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <CLI/Version.hpp>
#include <boost/version.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pcre2.h>

#include "base/version.h"
#include "cli/file_configuration.h"
#include "config/directives.h"
#include "os/file_facts.h"

namespace forkloom::cli {
namespace {

std::string compiler() {
#ifdef __clang__
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("gcc {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::string libraries() {
  return fmt::format("Boost {}.{}.{}, fmt {}.{}.{}, CLI11 {}, PCRE2 {}.{}", BOOST_VERSION / 100'000,
                     BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, FMT_VERSION / 10'000,
                     FMT_VERSION / 100 % 100, FMT_VERSION % 100, CLI11_VERSION, PCRE2_MAJOR,
                     PCRE2_MINOR);
}

// When the binary was written. The compiler's own date would make every build another one.
std::string built() {
  const auto facts = os::facts_of_path("/proc/self/exe");
  if (!facts) return "unknown";
  const auto time =
      std::chrono::duration_cast<std::chrono::seconds>(facts->modified.time_since_epoch());
  return fmt::format("{:%b %e %Y %H:%M:%S} UTC",
                     fmt::gmtime(static_cast<std::time_t>(time.count())));
}

std::string model_lines(config::Model model) {
  const auto lines = [](std::string_view name, bool is_threaded, bool is_forked) {
    return fmt::format("Server MPM:     {}\n  threaded:     {}\n    forked:     {}\n", name,
                       is_threaded ? "yes (fixed thread count)" : "no",
                       is_forked ? "yes (variable process count)" : "no");
  };
  switch (model) {
    case config::Model::kPrefork:
      return lines("Prefork", false, true);
    case config::Model::kWorker:
      return lines("Worker", true, true);
    case config::Model::kWinnt:
      break;
  }
  return lines("WinNT", true, false);
}

std::string default_line(std::string_view name, std::string_view directive) {
  return fmt::format(" -D {}=\"{}\"\n", name, config::find_directive(directive)->default_text);
}

}  // namespace

std::string version_listing(const config::Settings* settings) {
  std::string text;
  text += fmt::format("Server version: Forkloom/{}\n", kVersion);
  text += fmt::format("Server built:   {}\n", built());
  text += fmt::format("Compiled using: {}, {}\n", compiler(), libraries());
  text += fmt::format("Architecture:   {}-bit\n", 8 * sizeof(void*));
  text += "Process models: prefork worker winnt (today each as one process)\n";
  if (settings != nullptr) text += model_lines(settings->model);
  text += "Server compiled with....\n";
  text += default_line("DEFAULT_MPM", "MPM");
  text += default_line("DEFAULT_LISTEN", "Listen");
  text += default_line("DEFAULT_RUNTIMEDIR", "DefaultRuntimeDir");
  text += default_line("DEFAULT_ERRORLOG", "ErrorLog");
  text += default_line("DEFAULT_PYTHON", "WSGIPythonHome");
  return text;
}

Report version_report(const FileOptions& options, const std::filesystem::path& working_directory) {
  Report report;
  if (!options.file) {
    report.output = version_listing(nullptr);
    return report;
  }
  const FileConfiguration configuration = read_file_configuration(options, working_directory);
  if (configuration.read) {
    report.output = version_listing(&configuration.read->settings);
    return report;
  }
  const auto& errors = configuration.read.error();
  report.messages = errors_text(errors) + count_text(errors.size(), configuration.file);
  report.status = kUsageError;
  return report;
}

}  // namespace forkloom::cli
