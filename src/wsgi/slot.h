#pragma once

// A value of a template dictionary that changes from request to request. It remembers the last
// value, so that an unchanged one costs a comparison without Python and nothing else, and writes a
// new one over it where nobody else has seen the old object.

#include <string_view>
#include <utility>

#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::wsgi {

class TextSlot {
 public:
  explicit TextSlot(python::PyRef key) : key_(std::move(key)) {}

  // Needs no Python.
  bool holds(std::string_view text) const { return value_ && text == text_; }
  // Puts the text, as Latin-1, into `dictionary` under the key. false with an exception set.
  bool set(python::Attached& py, PyObject* dictionary, std::string_view text);

 private:
  bool rewrite(std::string_view text);

  python::PyRef key_;
  python::PyRef value_;
  std::string_view text_;  // of value_
};

class NumberSlot {
 public:
  explicit NumberSlot(python::PyRef key) : key_(std::move(key)) {}

  bool set(python::Attached& py, PyObject* dictionary, double number);

 private:
  python::PyRef key_;
  python::PyRef value_;
};

}  // namespace forkloom::wsgi
