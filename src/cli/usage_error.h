#pragma once

// What the command line parser refused, in one sentence that says what would be right.

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace forkloom::cli {

// Where there is none of the subcommands of `app`.
std::string missing_command(const CLI::App& app);

// `app` is the one that threw `error` in its parse.
std::string message_of(const CLI::ParseError& error, const CLI::App& app);

}  // namespace forkloom::cli
