#include "wsgi/input.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <new>
#include <optional>

#include "python/call.h"
#include "wsgi/body_reader.h"
#include "wsgi/critical_section.h"
#include "wsgi/types.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

// Portion in which lines of a spooled body are read from the disk.
constexpr std::uint64_t kPortion = 16U << 10;

struct InputBody {
  std::optional<BodyReader> reader;  // nothing once the request is over
  std::atomic<int> disk_reads = 0;   // under way, detached
};

struct InputObject {
  PyObject ob_base;
  InputBody body;
};

InputObject* as_input(PyObject* self) { return reinterpret_cast<InputObject*>(self); }

// The reader, or nullptr with a ValueError where the request is over.
BodyReader* reader_of(PyObject* self) {
  auto& reader = as_input(self)->body.reader;
  if (reader) return &*reader;
  PyErr_SetString(PyExc_ValueError, "wsgi.input was read after its request had ended");
  return nullptr;
}

// Reads from the disk while others run. The reader stays where it is, since end() waits for us; the
// position may have moved when we are back. false with an OSError set.
bool read_disk(Attached& py, PyObject* self, std::uint64_t offset, char* into,
               std::uint64_t count) {
  InputBody& body = as_input(self)->body;
  const BodyReader& reader = *body.reader;
  body.disk_reads.fetch_add(1);
  std::uint64_t done = 0;
  {
    Detached detached(py);
    done = reader.read_at(offset, into, count);
    body.disk_reads.fetch_sub(1);
    body.disk_reads.notify_all();
  }
  if (done == count) return true;
  PyErr_SetString(PyExc_OSError, "the request's body cannot be read back from its temporary file");
  return false;
}

PyObject* bytes_of(std::string_view text) {
  return PyBytes_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size()));
}

// The size argument: absent, None or negative for "no limit". false with a TypeError set.
bool parse_size(PyObject* const* args, Py_ssize_t count, const char* name,
                std::optional<std::uint64_t>& size) {
  size.reset();
  if (count > 1) {
    PyErr_Format(PyExc_TypeError, "%s() takes at most one argument", name);
    return false;
  }
  if (count == 0 || args[0] == Py_None) return true;
  const Py_ssize_t number = PyNumber_AsSsize_t(args[0], PyExc_OverflowError);
  if (number == -1 && PyErr_Occurred() != nullptr) return false;
  if (number >= 0) size = static_cast<std::uint64_t>(number);
  return true;
}

// Puts the next portion of a spooled body at hand.
bool read_portion(Attached& py, PyObject* self, std::uint64_t offset, std::uint64_t rest) {
  std::string portion(std::min(rest, kPortion), '\0');
  if (!read_disk(py, self, offset, portion.data(), portion.size())) return false;
  BodyReader* reader = reader_of(self);
  if (reader == nullptr) return false;
  reader->keep(offset, std::move(portion));
  return true;
}

PyObject* read_bytes(Attached& py, PyObject* self, std::uint64_t limit) {
  BodyReader* reader = reader_of(self);
  if (reader == nullptr) return nullptr;
  std::uint64_t count = std::min(limit, reader->rest());
  if (count > reader->at_hand().size() && count < kPortion / 4) {  // many small reads
    if (!read_portion(py, self, reader->position(), reader->rest())) return nullptr;
    count = std::min(limit, reader->rest());
  }
  const std::string_view at_hand = reader->at_hand();
  if (count <= at_hand.size()) {
    PyObject* bytes = bytes_of(at_hand.substr(0, count));
    if (bytes != nullptr) reader->skip(count);
    return bytes;
  }
  PyObject* bytes = PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(count));
  if (bytes == nullptr) return nullptr;
  const std::uint64_t offset = reader->position();
  reader->skip(count);  // before we detach, so that another thread's read goes on behind ours
  if (read_disk(py, self, offset, PyBytes_AS_STRING(bytes), count)) return bytes;
  Py_DECREF(bytes);
  return nullptr;
}

PyObject* read_line(Attached& py, PyObject* self, std::optional<std::uint64_t> limit) {
  std::string line;  // what earlier portions hold of it
  for (;;) {
    BodyReader* reader = reader_of(self);
    if (reader == nullptr) return nullptr;
    const std::uint64_t wanted = std::min(limit.value_or(UINT64_MAX) - line.size(), reader->rest());
    const std::string_view at_hand = reader->at_hand().substr(0, wanted);
    const std::size_t feed = at_hand.find('\n');
    const bool is_end = feed != std::string_view::npos || at_hand.size() == wanted;
    const std::string_view part =
        at_hand.substr(0, feed == std::string_view::npos ? feed : feed + 1);
    if (is_end && line.empty()) {
      PyObject* bytes = bytes_of(part);
      if (bytes != nullptr) reader->skip(part.size());
      return bytes;
    }
    line.append(part);
    reader->skip(part.size());
    if (is_end) return bytes_of(line);
    if (!read_portion(py, self, reader->position(), reader->rest())) return nullptr;
  }
}

PyObject* read(PyObject* self, PyObject* const* args, Py_ssize_t count) noexcept {
  Attached py = Attached::by_caller();
  std::optional<std::uint64_t> size;
  if (!parse_size(args, count, "read", size)) return nullptr;
  const CriticalSection alone(self);
  return read_bytes(py, self, size.value_or(UINT64_MAX));
}

PyObject* readline(PyObject* self, PyObject* const* args, Py_ssize_t count) noexcept {
  Attached py = Attached::by_caller();
  std::optional<std::uint64_t> size;
  if (!parse_size(args, count, "readline", size)) return nullptr;
  const CriticalSection alone(self);
  return read_line(py, self, size);
}

PyObject* readlines(PyObject* self, PyObject* const* args, Py_ssize_t count) noexcept {
  Attached py = Attached::by_caller();
  std::optional<std::uint64_t> hint;
  if (!parse_size(args, count, "readlines", hint)) return nullptr;
  if (hint == 0U) hint.reset();  // as io.BytesIO has it
  const CriticalSection alone(self);
  PyRef lines = PyRef::steal(PyList_New(0));
  if (!lines) return nullptr;
  std::uint64_t total = 0;
  while (!hint || total < *hint) {
    PyRef line = PyRef::steal(read_line(py, self, std::nullopt));
    if (!line) return nullptr;
    const Py_ssize_t size = PyBytes_GET_SIZE(line.get());
    if (size == 0) break;
    if (PyList_Append(lines.get(), line.get()) < 0) return nullptr;
    total += static_cast<std::uint64_t>(size);
  }
  return lines.release();
}

PyObject* readinto(PyObject* self, PyObject* target) noexcept {
  Attached py = Attached::by_caller();
  Py_buffer buffer;
  if (PyObject_GetBuffer(target, &buffer, PyBUF_WRITABLE) < 0) return nullptr;
  PyObject* answer = nullptr;
  {
    const CriticalSection alone(self);
    if (BodyReader* reader = reader_of(self); reader != nullptr) {
      const std::uint64_t count = std::min(static_cast<std::uint64_t>(buffer.len), reader->rest());
      const std::string_view at_hand = reader->at_hand();
      const std::uint64_t offset = reader->position();
      reader->skip(count);
      bool is_read = true;
      if (count <= at_hand.size()) {
        if (count != 0) std::memcpy(buffer.buf, at_hand.data(), count);
      } else {
        is_read = read_disk(py, self, offset, static_cast<char*>(buffer.buf), count);
      }
      if (is_read) answer = PyLong_FromUnsignedLongLong(count);
    }
  }
  PyBuffer_Release(&buffer);
  return answer;
}

PyObject* readable(PyObject* /*self*/, PyObject* /*none*/) noexcept { Py_RETURN_TRUE; }

PyObject* next_line(PyObject* self) noexcept {
  Attached py = Attached::by_caller();
  const CriticalSection alone(self);
  PyObject* line = read_line(py, self, std::nullopt);
  if (line == nullptr || PyBytes_GET_SIZE(line) != 0) return line;
  Py_DECREF(line);
  return nullptr;
}

PyObject* is_closed(PyObject* self, void* /*closure*/) noexcept {
  return PyBool_FromLong(as_input(self)->body.reader ? 0 : 1);
}

void free_input(PyObject* self) noexcept {
  as_input(self)->body.~InputBody();
  free_instance(self);
}

}  // namespace

Result<PyRef> make_input_type(Attached& py) {
  // The type refers to its methods for as long as the process lives.
  static const std::array<PyMethodDef, 6> kMethods = {
      PyMethodDef{"read", method(read), METH_FASTCALL, "read(size=-1) -> bytes"},
      PyMethodDef{"readline", method(readline), METH_FASTCALL, "readline(size=-1) -> bytes"},
      PyMethodDef{"readlines", method(readlines), METH_FASTCALL, "readlines(hint=-1) -> list"},
      PyMethodDef{"readinto", method(readinto), METH_O, "readinto(buffer) -> int"},
      PyMethodDef{"readable", method(readable), METH_NOARGS, "readable() -> True"},
      PyMethodDef{nullptr, nullptr, 0, nullptr}};
  static const std::array<PyGetSetDef, 2> kAttributes = {
      PyGetSetDef{"closed", is_closed, nullptr, "whether the request has ended", nullptr},
      PyGetSetDef{nullptr, nullptr, nullptr, nullptr, nullptr}};
  std::array<PyType_Slot, 7> slots = {
      PyType_Slot{Py_tp_dealloc, slot(free_input)},
      PyType_Slot{Py_tp_iter, slot(PyObject_SelfIter)},
      PyType_Slot{Py_tp_iternext, slot(next_line)},
      PyType_Slot{Py_tp_methods, const_cast<PyMethodDef*>(kMethods.data())},
      PyType_Slot{Py_tp_getset, const_cast<PyGetSetDef*>(kAttributes.data())},
      PyType_Slot{Py_tp_doc, const_cast<char*>("the request's body, wsgi.input")},
      PyType_Slot{0, nullptr}};
  PyType_Spec spec = {"forkloom.Input", sizeof(InputObject), 0, kSealedType, slots.data()};
  return python::checked(py, PyType_FromSpec(&spec));
}

PyObject* Input::begin(Attached& /*py*/, const app::Body& body) {
  if (!object_) {
    object_ = PyRef::steal(PyType_GenericAlloc(as_type(type_), 0));
    if (!object_) return nullptr;
    new (&as_input(object_.get())->body) InputBody();
  }
  as_input(object_.get())->body.reader.emplace(body);
  return object_.get();
}

void Input::end(Attached& py) {
  if (!object_) return;
  InputBody& body = as_input(object_.get())->body;
  for (;;) {
    int left = 0;
    {
      const CriticalSection alone(object_.get());  // a read begins with it held
      left = body.disk_reads.load();
      if (left == 0) body.reader.reset();
    }
    if (left == 0) break;
    Detached detached(py);
    body.disk_reads.wait(left);
  }
  if (!is_ours_alone(object_.get())) object_.reset();
}

void Input::drop(Attached& /*py*/) { object_.reset(); }

}  // namespace forkloom::wsgi
