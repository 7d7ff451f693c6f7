#include "python/text.h"

#include <cstdint>
#include <cstring>

namespace forkloom::python {
namespace {

std::string printed(Attached& py, PyObject* object, PyObject* (*print)(PyObject*)) {
  PyRef text = PyRef::steal(print(object));
  if (text) return to_utf8(py, text.get());
  PyErr_Clear();
  return "<unprintable " + type_name(py, object) + ">";
}

}  // namespace

bool is_ascii(std::string_view bytes) {
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t seen = 0;
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    seen |= word;
  }
  std::uint64_t rest = 0;
  if (left != 0) std::memcpy(&rest, at, left);  // `at` may be null where there is nothing
  return ((seen | rest) & 0x8080808080808080U) == 0;
}

PyRef from_latin1(Attached& /*py*/, std::string_view bytes) {
  const auto size = static_cast<Py_ssize_t>(bytes.size());
  if (!is_ascii(bytes)) return PyRef::steal(PyUnicode_DecodeLatin1(bytes.data(), size, nullptr));
  PyObject* text = PyUnicode_New(size, 127);
  if (text != nullptr && size != 0) {
    std::memcpy(PyUnicode_1BYTE_DATA(text), bytes.data(), bytes.size());
  }
  return PyRef::steal(text);
}

std::string to_utf8(Attached& /*py*/, PyObject* text) {
  Py_ssize_t size = 0;
  if (const char* utf8 = PyUnicode_AsUTF8AndSize(text, &size); utf8 != nullptr) {
    return {utf8, static_cast<std::size_t>(size)};
  }
  PyErr_Clear();
  PyRef bytes = PyRef::steal(PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace"));
  if (!bytes) {
    PyErr_Clear();
    return "<text that cannot be encoded>";
  }
  return {PyBytes_AS_STRING(bytes.get()), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.get()))};
}

std::string str_of(Attached& py, PyObject* object) { return printed(py, object, PyObject_Str); }
std::string repr_of(Attached& py, PyObject* object) { return printed(py, object, PyObject_Repr); }

std::string type_name(Attached& py, PyObject* object) {
  PyObject* type = reinterpret_cast<PyObject*>(Py_TYPE(object));
  PyRef name = PyRef::steal(PyObject_GetAttrString(type, "__qualname__"));
  PyRef module = PyRef::steal(PyObject_GetAttrString(type, "__module__"));
  PyErr_Clear();
  if (!name || !PyUnicode_Check(name.get())) return Py_TYPE(object)->tp_name;
  std::string text = to_utf8(py, name.get());
  if (!module || !PyUnicode_Check(module.get())) return text;
  const std::string prefix = to_utf8(py, module.get());
  return prefix == "builtins" ? text : prefix + "." + text;
}

}  // namespace forkloom::python
