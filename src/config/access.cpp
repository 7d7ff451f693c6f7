#include "config/access.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/letters.h"
#include "config/network.h"
#include "config/values.h"

namespace forkloom::config {
namespace {

constexpr auto kOptions = std::to_array<std::pair<std::string_view, std::uint8_t>>(
    {{"Indexes", FolderOptions::kIndexes},
     {"FollowSymLinks", FolderOptions::kFollowSymLinks},
     {"SymLinksIfOwnerMatch", FolderOptions::kSymLinksIfOwnerMatch},
     {"ExecCGI", FolderOptions::kExecCgi},
     {"MultiViews", FolderOptions::kMultiViews},
     {"Includes", FolderOptions::kIncludes},
     {"IncludesNOEXEC", FolderOptions::kIncludes},
     {"None", 0},
     // httpd's All is everything but MultiViews.
     {"All", FolderOptions::kIndexes | FolderOptions::kFollowSymLinks | FolderOptions::kExecCgi |
                 FolderOptions::kIncludes}});

}  // namespace

Checked<Requirement> read_requirement(std::span<const std::string> arguments) {
  constexpr const char* kRemedy = "write all granted, all denied, ip NETWORK... or local";
  const std::string word = lower(arguments[0]);
  const std::span<const std::string> rest = arguments.subspan(1);
  Requirement requirement;
  if (word == "all" && rest.size() == 1) {
    const std::string verdict = lower(rest[0]);
    if (verdict != "granted" && verdict != "denied")
      return refuse_word(rest[0], "granted or denied");
    requirement.kind =
        verdict == "granted" ? Requirement::Kind::kGranted : Requirement::Kind::kDenied;
    return requirement;
  }
  if (word == "local" && rest.empty()) {
    requirement.kind = Requirement::Kind::kLocal;
    return requirement;
  }
  if (word == "ip" && !rest.empty()) {
    requirement.kind = Requirement::Kind::kAddress;
    for (const std::string& text : rest) {
      auto network = read_network(text);
      if (!network) return refuse(std::move(network.error()));
      requirement.networks.push_back(*network);
    }
    return requirement;
  }
  if (word == "not" || word == "host" || word == "forward-dns" || word == "expr" || word == "env" ||
      word == "method" || word == "user" || word == "group" || word == "valid-user" ||
      word == "ldap-user" || word == "wsgi-group") {
    return refuse(fmt::format("'{}' is httpd's, and not supported", word), kRemedy);
  }
  return refuse(fmt::format("'{}' is not a rule", fmt::join(arguments, " ")), kRemedy);
}

Checked<FolderOptions> read_folder_options(std::span<const std::string> arguments) {
  FolderOptions options;
  bool has_relative = false;
  for (const std::string& argument : arguments) {
    const bool is_relative = argument.starts_with('+') || argument.starts_with('-');
    const auto option = find_word(std::string_view(argument).substr(is_relative ? 1 : 0), kOptions);
    if (!option) {
      return refuse_word(argument,
                         "Indexes, FollowSymLinks, SymLinksIfOwnerMatch, ExecCGI, MultiViews, "
                         "Includes, All or None");
    }
    has_relative = has_relative || is_relative;
    options.is_absolute = options.is_absolute || !is_relative;
    if (argument.starts_with('-')) {
      options.removed |= *option;
      options.added &= static_cast<std::uint8_t>(~*option);
    } else {
      options.added |= *option;
      options.removed &= static_cast<std::uint8_t>(~*option);
    }
  }
  if (options.is_absolute && has_relative) {
    return refuse("words with + or - stand beside words without",
                  "write either all with a sign, or none");
  }
  return options;
}

}  // namespace forkloom::config
