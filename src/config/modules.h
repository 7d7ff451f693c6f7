#pragma once

// LoadModule's modules of Apache httpd: which of them are part of Forkloom. Pure functions, safe
// from any thread.

#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"

namespace forkloom::config {

// Whether what the module does in httpd is built in. `name` as in LoadModule ("alias_module"),
// as a source file ("mod_alias.c") or bare ("alias").
bool is_built_in(std::string_view name);

// The process model that an MPM's module stands for; nullopt for any other module. "event" is
// worker: idle connections hold no thread in any model.
std::optional<Model> model_of_module(std::string_view name);

// What is missing without a module that is not built in: "encrypted connections".
std::string_view purpose_of(std::string_view name);

}  // namespace forkloom::config
