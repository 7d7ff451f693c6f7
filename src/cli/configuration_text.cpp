#include "cli/configuration_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/disk_files.h"
#include "cli/option_origins.h"
#include "cli/report.h"
#include "config/syntax.h"

namespace forkloom::cli {

void ConfigurationText::add(std::string_view origin, std::string_view directive,
                            const std::vector<std::string>& arguments) {
  const bool has_line_feed = std::any_of(
      arguments.begin(), arguments.end(),
      [](const std::string& argument) { return argument.find('\n') != std::string::npos; });
  if (has_line_feed) {
    add_error(origin, {"the value has a line feed", "write it on one line"});
    return;
  }
  text_ += directive;
  for (const std::string& argument : arguments) {
    text_ += ' ';
    text_ += config::quote(argument);
  }
  text_ += '\n';
  origins_.emplace_back(origin);
}

void ConfigurationText::add_error(std::string_view origin, config::Fault fault) {
  errors_.push_back(wrong_option(origin, std::move(fault)));
}

tl::expected<config::Configuration, std::vector<config::Diagnostic>> ConfigurationText::read(
    const std::string& server_root) && {
  auto configuration = config::read_configuration(text_, kCommandLine, DiskFiles(),
                                                  {.defined = {}, .server_root = server_root});
  if (configuration) {
    name_options(*configuration, origins_);
  } else {
    auto& more = configuration.error();
    name_options(more, origins_);
    errors_.insert(errors_.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
  }
  if (!errors_.empty()) return tl::unexpected(std::move(errors_));
  return configuration;
}

}  // namespace forkloom::cli
