#pragma once

// A value of a template dictionary that changes from request to request; it may stand under a
// second key, the alias. It remembers the last value, so that an unchanged one costs a comparison
// without Python and nothing else, and writes a new one over it where nobody else has seen the old
// object.

#include <string_view>
#include <utility>

#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

class TextSlot {
 public:
  explicit TextSlot(python::PyRef key, python::PyRef alias = {})
      : key_(std::move(key)), alias_(std::move(alias)) {}

  // Needs no Python.
  bool holds(std::string_view text) const { return value_ && text == text_; }
  // Puts the text, as Latin-1, into `dictionary` under the keys. false with an exception set.
  bool set(python::Attached& py, PyObject* dictionary, std::string_view text);

 private:
  bool rewrite(std::string_view text);

  python::PyRef key_;
  python::PyRef alias_;
  python::PyRef value_;
  std::string_view text_;  // of value_
};

class NumberSlot {
 public:
  NumberSlot(python::PyRef key, python::PyRef alias)
      : key_(std::move(key)), alias_(std::move(alias)) {}

  bool set(python::Attached& py, PyObject* dictionary, double number);

 private:
  python::PyRef key_;
  python::PyRef alias_;
  python::PyRef value_;
};

}  // namespace forkloom::wsgi
