#pragma once

// The directive table: one row per directive or section, and the only place of its default.
// Constant data, safe from any thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"
#include "config/scope.h"
#include "config/values.h"

namespace forkloom::config {

// Where a directive may stand, as bits of a set.
enum Context : std::uint8_t {
  kServer = 1,       // outside of any section
  kVirtualHost = 2,  // in <VirtualHost>
  kPath = 4,         // in <Directory>, <Files>, <Location> and their Match forms
  kInterpreter = 8,  // in <WSGIInterpreterOptions>
};
inline constexpr std::uint8_t kHosts = kServer | kVirtualHost;
inline constexpr std::uint8_t kAnywhere = kServer | kVirtualHost | kPath;

enum class Kind : std::uint8_t {
  kSetting,
  kSection,
  kReading,   // obeyed while the text is read: Include, Define and their kin
  kAccepted,  // httpd's; read and checked, without an effect of its own here
};

enum class ValueType : std::uint8_t {
  kNumber,    // within the row's range, in the row's unit
  kSwitch,    // On or Off
  kWord,      // one of a few words, or a name
  kPath,      // a path, seen from ServerRoot
  kCompound,  // arguments of the directive's own: the row's usage shows them
};

inline constexpr std::size_t kAnyCount = SIZE_MAX;

struct Arity {
  std::size_t minimum = 1;
  std::size_t maximum = 1;
};

using Arguments = std::vector<std::string>;
struct Directive;

// How a directive's arguments come into Settings.
struct Storage {
  ValueType type = ValueType::kCompound;
  // The number of arguments has been checked against the row. nullptr: nothing is stored.
  Checked<void> (*store)(const Directive& row, const Arguments& arguments,
                         const Scope& scope) = nullptr;
};

// The members are in the order in which rows read.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct Directive {
  std::string_view name;
  Kind kind = Kind::kSetting;
  std::uint8_t contexts = kServer;
  Arity arity = {};
  // The arguments in force where no file has the directive; "": none.
  std::string_view default_text = {};
  Range range = {};
  std::string_view unit = {};
  std::string_view arguments_usage = {};  // "" where the type says enough
  std::string_view help;
  // Every statement counts; otherwise the last one of a section does.
  bool is_repeatable = false;
  // The default counts only where no file has the directive; otherwise what is said adds to it.
  bool default_yields = false;
  // What it belongs to, where that is not built yet: "daemon process groups".
  std::string_view unbuilt = {};
  Storage storage = {};

  bool is_allowed_in(Context context) const { return (contexts & context) != 0; }
  // "ThreadsPerChild NUMBER", "KeepAlive On|Off", "<VirtualHost ADDRESS...>"
  std::string usage() const;
};

// In the order of the manual and of the printed configuration.
std::span<const Directive> directives();

// By name in any letter case; nullptr where there is none.
const Directive* find_directive(std::string_view name);

// The rows of one topic; directives() joins them.
std::span<const Directive> reading_directives();
std::span<const Directive> server_directives();
std::span<const Directive> host_directives();
std::span<const Directive> section_directives();
std::span<const Directive> mapping_directives();
std::span<const Directive> file_directives();
std::span<const Directive> request_directives();
std::span<const Directive> wsgi_directives();
std::span<const Directive> accepted_directives();

}  // namespace forkloom::config
