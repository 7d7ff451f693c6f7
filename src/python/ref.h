#pragma once

// One owned reference to a Python object. Every PyObject* that we keep enters through steal() or
// borrow(). Made, moved and dropped only by an attached thread; a null reference (moved from, or
// the result of a call that failed) may be dropped anywhere.

#include "python/api.h"

namespace forkloom::python {

class PyRef {
 public:
  PyRef() = default;
  // Takes over the reference that the caller owns: what CPython calls a new reference.
  static PyRef steal(PyObject* object) { return PyRef(object); }
  // Adds a reference of our own to one that somebody else owns.
  static PyRef borrow(PyObject* object) {
    Py_XINCREF(object);
    return PyRef(object);
  }

  PyRef(PyRef&& other) noexcept : object_(other.release()) {}
  PyRef& operator=(PyRef&& other) noexcept {
    PyObject* old = object_;
    object_ = other.release();
    Py_XDECREF(old);
    return *this;
  }
  PyRef(const PyRef&) = delete;
  PyRef& operator=(const PyRef&) = delete;
  ~PyRef() { Py_XDECREF(object_); }

  PyObject* get() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

  // Gives the reference away, for a call that steals it.
  [[nodiscard]] PyObject* release() {
    PyObject* object = object_;
    object_ = nullptr;
    return object;
  }
  void reset() { Py_CLEAR(object_); }

 private:
  explicit PyRef(PyObject* object) : object_(object) {}

  PyObject* object_ = nullptr;
};

}  // namespace forkloom::python
