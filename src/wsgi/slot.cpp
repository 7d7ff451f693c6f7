#include "wsgi/slot.h"

#include <cstring>

#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

bool put(PyObject* dictionary, const PyRef& key, const PyRef& alias, const PyRef& value) {
  return PyDict_SetItem(dictionary, key.get(), value.get()) == 0 &&
         (!alias || PyDict_SetItem(dictionary, alias.get(), value.get()) == 0);
}

// Only the slot and the template, once for each key, refer to the object: no application has it, so
// that it may change.
bool is_unseen(PyObject* value, const PyRef& alias) {
#ifdef Py_GIL_DISABLED
  (void)value;
  (void)alias;
  return false;
#else
  return Py_REFCNT(value) == (alias ? 3 : 2);
#endif
}

}  // namespace

bool TextSlot::rewrite(std::string_view text) {
  if (!value_ || text.empty() || text.size() != text_.size() || !is_unseen(value_.get(), alias_))
    return false;
  auto* header = reinterpret_cast<PyASCIIObject*>(value_.get());
  // A str that was hashed may be somebody's key, and only a hashed one can be interned.
  if (header->hash != -1 || !PyUnicode_IS_ASCII(value_.get()) || !python::is_ascii(text)) {
    return false;
  }
  std::memcpy(PyUnicode_1BYTE_DATA(value_.get()), text.data(), text.size());
  return true;
}

bool TextSlot::set(Attached& py, PyObject* dictionary, std::string_view text) {
  if (rewrite(text)) return true;
  auto value = python::from_latin1(py, text);
  if (!value || !put(dictionary, key_, alias_, value)) return false;
  value_ = std::move(value);
  text_ = *python::latin1_view(py, value_.get());
  return true;
}

bool NumberSlot::set(Attached& /*py*/, PyObject* dictionary, double number) {
  if (value_ && is_unseen(value_.get(), alias_)) {
    reinterpret_cast<PyFloatObject*>(value_.get())->ob_fval = number;
    return true;
  }
  auto value = PyRef::steal(PyFloat_FromDouble(number));
  if (!value || !put(dictionary, key_, alias_, value)) return false;
  value_ = std::move(value);
  return true;
}

}  // namespace forkloom::wsgi
