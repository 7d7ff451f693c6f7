#include "config/diagnostic.h"

#include <fmt/format.h>

namespace forkloom::config {

std::string Diagnostic::text() const {
  const std::string subject = directive.empty() ? "" : directive + ": ";
  const std::string line = source.empty() ? "" : fmt::format("\n    {}", source);
  return fmt::format("{}: {}{}: {}{}", origin.text(), subject, fault.problem, fault.remedy, line);
}

}  // namespace forkloom::config
