#include "wsgi/code_unit.h"

#include <utility>

#include <fmt/format.h>

#include "python/call.h"
#include "wsgi/script_module.h"

namespace forkloom::wsgi {

using python::Attached;
using python::Detached;
using python::PyRef;

CodeUnit::CodeUnit(const app::Target& target) {
  if (target.kind == app::Target::Kind::kScript) {
    file_.emplace(target.script_path);
  } else {
    module_name_ = target.module;
  }
}

bool CodeUnit::is_of(const app::Target& target) const {
  return target.kind == app::Target::Kind::kScript ? file_ && file_->path() == target.script_path
                                                   : !file_ && module_name_ == target.module;
}

CodeUnit::Version CodeUnit::version(Attached& /*py*/) {
  const std::lock_guard guard(guard_);
  return {PyRef::borrow(version_.module.get()), PyRef::borrow(version_.reload_required.get()),
          version_.stamp, version_.number};
}

void CodeUnit::set(Attached& /*py*/, Version version) {
  const std::lock_guard guard(guard_);
  version.number = version_.number + 1;
  std::swap(version_, version);
}

void CodeUnit::drop(Attached& py) { set(py, {}); }

Loaded<void> CodeUnit::load(Attached& py) {
  auto version = file_ ? load_script(py) : load_module(py);
  if (!version) return tl::unexpected(std::move(version.error()));
  set(py, std::move(*version));
  was_loaded_ = true;
  return {};
}

Loaded<CodeUnit::Version> CodeUnit::load_script(Attached& py) {
  Loaded<ScriptStamp> stamp;
  {
    Detached detached(py);
    stamp = file_->look();
  }
  if (!stamp) return tl::unexpected(std::move(stamp.error()));
  Version version{.module = {}, .reload_required = {}, .stamp = *stamp, .number = 0};
  if (!was_loaded_) version.module = imported_script(py, file_->path(), *stamp);
  if (!version.module) {
    auto module = run_script(py, file_->path(), *stamp);
    if (!module) return tl::unexpected(std::move(module.error()));
    version.module = std::move(*module);
  }
  version.reload_required =
      PyRef::steal(PyObject_GetAttrString(version.module.get(), "reload_required"));
  PyErr_Clear();
  return version;
}

Loaded<CodeUnit::Version> CodeUnit::load_module(Attached& py) {
  auto module = python::import_module(py, module_name_);
  if (!module) {
    return fail_load(500, fmt::format("module '{}' cannot be loaded:\n{}", module_name_,
                                      module.error().message()));
  }
  return Version{.module = std::move(*module), .reload_required = {}, .stamp = {}, .number = 0};
}

}  // namespace forkloom::wsgi
