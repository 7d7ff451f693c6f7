#pragma once

// Text between C++ and Python.

#include <optional>
#include <string>
#include <string_view>

#include "python/interpreter.h"
#include "python/ref.h"

namespace forkloom::python {

// A str of the bytes as Latin-1, the way PEP 3333 carries bytes in str. Null with a MemoryError.
PyRef from_latin1(Attached& py, std::string_view bytes);

// The characters of a str that has none above U+00FF, as bytes that live as long as the str.
// nullopt where it has any.
inline std::optional<std::string_view> latin1_view(Attached& /*py*/, PyObject* text) {
#if PY_VERSION_HEX < 0x030c0000
  if (PyUnicode_READY(text) < 0) {
    PyErr_Clear();
    return std::nullopt;
  }
#endif
  if (PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(PyUnicode_1BYTE_DATA(text)),
                          static_cast<std::size_t>(PyUnicode_GET_LENGTH(text)));
}

// A str as UTF-8 for a log line; what UTF-8 cannot carry (lone surrogates) as \udcxx.
std::string to_utf8(Attached& py, PyObject* text);

// str() or repr() of any object as UTF-8; "<unprintable int>" where that raises.
std::string str_of(Attached& py, PyObject* object);
std::string repr_of(Attached& py, PyObject* object);

// "module.Class", only "Class" for a built-in type.
std::string type_name(Attached& py, PyObject* object);

bool is_ascii(std::string_view bytes);

}  // namespace forkloom::python
