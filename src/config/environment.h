#pragma once

// SetEnvIf and its kin. Pure functions, safe from any thread.

#include <span>
#include <string>

#include "config/fault.h"
#include "config/site.h"

namespace forkloom::config {

// SetEnvIf: ATTRIBUTE PATTERN [!]NAME[=VALUE]...; ATTRIBUTE is a request field's name, Remote_Addr,
// Remote_Host, Server_Addr, Request_Method, Request_Protocol, Request_URI, or a variable.
Checked<EnvironmentRule> read_condition(std::span<const std::string> arguments,
                                        Pattern::Case letter_case);

// A name that may be a variable's: no "=", no control character.
Checked<std::string> read_variable_name(std::string_view text);

// "env=NAME" or "env=!NAME".
struct VariableTest {
  std::string name;
  bool wants_variable = true;
};
Checked<VariableTest> read_variable_test(std::string_view text);

}  // namespace forkloom::config
