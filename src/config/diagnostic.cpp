#include "config/diagnostic.h"

#include <fmt/format.h>

namespace forkloom::config {

std::string Diagnostic::text() const {
  const std::string subject = directive.empty() ? "" : directive + ": ";
  const std::string first = first_line == 0 ? "" : fmt::format(" (first on line {})", first_line);
  return fmt::format("{}:{}: {}{}{}: {}\n    {}", file, line, subject, fault.problem, first,
                     fault.remedy, source);
}

}  // namespace forkloom::config
