#pragma once

// The directive table: one row per directive, and the only place of its default. Constant data,
// safe from any thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"
#include "config/settings.h"
#include "config/values.h"

namespace forkloom::config {

// Where a directive may stand, as bits of a set. Virtual hosts and directories will be further
// bits.
enum class Context : std::uint8_t { kServer = 1 };

enum class ValueType : std::uint8_t {
  kNumber,    // within the row's range, in the row's unit
  kSwitch,    // On or Off
  kWord,      // one of a few words, or a name
  kPath,      // an absolute path, or what the row's help allows beside one
  kCompound,  // arguments of the directive's own: the row's usage shows them
};

struct Arity {
  std::size_t minimum = 1;
  std::size_t maximum = 1;
};

using Arguments = std::vector<std::string>;
struct Directive;

// One statement that brings about a part of Settings.
struct Occurrence {
  Arguments arguments;
  // Place among the statements that share a list in Settings (WSGIScriptAlias and
  // ForkloomApplication); 0 elsewhere.
  std::size_t position = 0;
};

// How a directive's arguments live in Settings.
struct Storage {
  ValueType type = ValueType::kCompound;
  // The number of arguments has been checked against the row.
  Checked<void> (*store)(const Directive& row, const Arguments& arguments,
                         Settings& settings) = nullptr;
  // The reverse of store; empty where the directive is not in force.
  std::vector<Occurrence> (*show)(const Settings& settings) = nullptr;
  // Repeatable directives only (nullptr: the last statement wins): what the statement stored last
  // has to itself, for people to read; "" where it may be repeated. Rows that share a list in
  // Settings share this function, and follow one another in the table.
  std::string (*last_claim)(const Settings& settings) = nullptr;
};

struct Directive {
  std::string_view name;
  std::uint8_t contexts = static_cast<std::uint8_t>(Context::kServer);
  Arity arity = {};
  // The arguments in force where no file has the directive; "": none.
  std::string_view default_text = {};
  Range range = {};
  std::string_view unit = {};
  std::string_view arguments_usage = {};  // "" where the type says enough
  std::string_view help;
  Storage storage;

  bool is_repeatable() const { return storage.last_claim != nullptr; }
  bool is_allowed_in(Context context) const {
    return (contexts & static_cast<std::uint8_t>(context)) != 0;
  }
  // "ThreadsPerChild NUMBER", "KeepAlive On|Off"
  std::string usage() const;
};

// In the order in which the printed configuration has them.
std::span<const Directive> directives();

// By name in any letter case; nullptr where there is none.
const Directive* find_directive(std::string_view name);

}  // namespace forkloom::config
