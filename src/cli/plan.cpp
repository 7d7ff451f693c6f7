#include "cli/plan.h"

#include <cstdlib>
#include <utility>

#include "cli/site_check.h"
#include "config/print.h"

namespace forkloom::cli {

Plan plan(config::Configuration configuration, Purpose purpose, std::string_view file) {
  Plan made;
  made.report.messages = warnings_text(configuration.warnings);
  if (purpose == Purpose::kPrint) {
    made.report.output = config::print(configuration);
    return made;
  }
  const SiteCheck site = check_site(configuration);
  made.report.messages += warnings_text(site.warnings) + errors_text(site.errors);
  if (!site.errors.empty()) {
    if (!file.empty()) made.report.messages += count_text(site.errors.size(), file);
    made.report.status = kUsageError;
    return made;
  }
  if (!configuration.settings.unbuilt.empty()) {
    made.report.messages += refusals_text(configuration.settings.unbuilt);
    made.report.status = EXIT_FAILURE;
    return made;
  }
  made.start = std::move(configuration);
  return made;
}

}  // namespace forkloom::cli
