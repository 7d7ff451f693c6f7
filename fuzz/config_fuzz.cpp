// Whatever a text is, it reads without a crash; where it is right, what is printed of it reads back
// to the same settings.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/memory_files.h"
#include "config/parser.h"
#include "config/print.h"
#include "config/without_origins.h"

namespace {

using forkloom::config::Configuration;
using forkloom::config::Diagnostic;
using forkloom::config::MemoryFiles;
using forkloom::config::read_configuration;
using forkloom::config::without_origins;

[[noreturn]] void give_up(const std::string& printed, const std::string& why) {
  std::fprintf(stderr, "%s\n%s:\n", printed.c_str(), why.c_str());
  std::abort();
}

// The text may include these, and itself.
MemoryFiles files_around(std::string_view text) {
  return {{"/self", std::string(text)},
          {"/folder/a.conf", "SetEnv INCLUDED ${NAME}\n"},
          {"/folder/b.conf", "<Location /b>\nWSGICallableObject b\n</Location>\n"}};
}

// Few texts are right by chance: without the lines that are complained of, more are.
std::string without_errors(std::string_view text, const std::vector<Diagnostic>& errors) {
  std::set<std::size_t> wrong;
  for (const Diagnostic& error : errors) wrong.insert(error.origin.line);
  std::string kept;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!wrong.contains(number)) kept += text.substr(0, size);
    text.remove_prefix(size);
  }
  return kept;
}

void check_round_trip(const Configuration& configuration) {
  const std::string printed = forkloom::config::print(configuration);
  const auto again = read_configuration(printed, "printed", MemoryFiles(), {});
  if (!again) give_up(printed, again.error().front().text());
  if (without_origins(again->settings) != without_origins(configuration.settings)) {
    give_up(printed, "does not read back to the same settings");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(bytes), size);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto read = read_configuration(text, "fuzz", files_around(text),
                                         {.defined = {"NAME=a value"}, .server_root = "/srv"});
    for (const Diagnostic& diagnostic : read ? read->warnings : read.error()) {
      if (diagnostic.fault.problem.empty() || diagnostic.fault.remedy.empty()) {
        give_up(diagnostic.text(), "has no problem or no remedy");
      }
    }
    if (read) {
      check_round_trip(*read);
      return 0;
    }
    text = without_errors(text, read.error());
  }
  return 0;
}
