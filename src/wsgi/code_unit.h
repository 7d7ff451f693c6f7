#pragma once

// One script or module of an interpreter. Several targets may take their callables from it: it is
// loaded once for all of them, and again when a script has changed. What runs in the old module
// ends there.

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "app/exchange.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/attached_guard.h"
#include "wsgi/load_failure.h"
#include "wsgi/script_file.h"

namespace forkloom::wsgi {

class CodeUnit {
 public:
  // What is loaded. A number stands for one loading and never comes again.
  struct Version {
    python::PyRef module;           // null where nothing is loaded
    python::PyRef reload_required;  // the script's function of that name, null where it has none
    ScriptStamp stamp;
    std::uint64_t number = 0;
  };

  explicit CodeUnit(const app::Target& target);
  CodeUnit(const CodeUnit&) = delete;
  CodeUnit& operator=(const CodeUnit&) = delete;

  bool is_of(const app::Target& target) const;
  // nullptr for a module.
  const ScriptFile* file() const { return file_ ? &*file_ : nullptr; }

  Version version(python::Attached& py);

  // Held by the thread that loads; awaited detached.
  std::mutex& loading() { return loading_; }
  // Both by the holder of loading(). load() detaches, and runs the application's code.
  Loaded<void> load(python::Attached& py);
  void drop(python::Attached& py);

 private:
  Loaded<Version> load_script(python::Attached& py);
  Loaded<Version> load_module(python::Attached& py);
  void set(python::Attached& py, Version version);

  std::optional<ScriptFile> file_;
  std::string module_name_;
  std::mutex loading_;
  AttachedGuard guard_;  // of version_
  Version version_;
  bool was_loaded_ = false;
};

}  // namespace forkloom::wsgi
