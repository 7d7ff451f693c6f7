#include "wsgi/delivery.h"

#include <algorithm>
#include <utility>

#include "python/error.h"
#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

// A block as bytes; false with a TypeError that names the usual mistakes.
bool check_block(PyObject* block, PyObject* result) {
  if (PyBytes_Check(block)) return true;
  if (PyBytes_Check(result) || PyByteArray_Check(result)) {
    PyErr_Format(
        PyExc_TypeError,
        "the application returned %.200s itself: it must return an iterable of bytes, like "
        "[body]",
        Py_TYPE(result)->tp_name);
  } else if (PyUnicode_Check(block)) {
    PyErr_SetString(PyExc_TypeError,
                    "a block of the answer is a str: it must be bytes, like text.encode()");
  } else {
    PyErr_Format(PyExc_TypeError, "a block of the answer is %.200s: it must be bytes",
                 Py_TYPE(block)->tp_name);
  }
  return false;
}

std::string_view view_of(PyObject* bytes) {
  return {PyBytes_AS_STRING(bytes), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes))};
}

// len(iterable) == 1: its only block is the whole body. Without an exception, whatever len() does.
bool is_one_block(PyObject* iterable) {
  const PySequenceMethods* sequence = Py_TYPE(iterable)->tp_as_sequence;
  const PyMappingMethods* mapping = Py_TYPE(iterable)->tp_as_mapping;
  if ((sequence == nullptr || sequence->sq_length == nullptr) &&
      (mapping == nullptr || mapping->mp_length == nullptr)) {
    return false;
  }
  const Py_ssize_t size = PyObject_Size(iterable);
  if (size < 0) PyErr_Clear();
  return size == 1;
}

}  // namespace

void Delivery::report(Attached& py, std::string_view what) {
  const PyRef exception = python::take_exception(py);
  // write() of ours said so; the application need not have handled it.
  const bool is_departure =
      answer_.is_gone() && PyErr_GivenExceptionMatches(exception.get(), PyExc_BrokenPipeError) != 0;
  const Level level = is_departure ? Level::kInfo : Level::kError;
  Log& log = *exchange_->place.log;
  if (!log.is_on(level)) return;
  const std::string text = python::describe_exception(py, exception);
  Detached detached(py);
  log.write_for(exchange_->request_id, level, "{} {}: {}\n{}", exchange_->request.method,
                exchange_->request.target, what, text);
}

bool Delivery::has_head(Attached& /*py*/) {
  if (answer_.head().is_set()) return true;
  PyErr_SetString(PyExc_AssertionError,
                  "the application did not call start_response before the first block");
  return false;
}

Delivery::Rest Delivery::deliver(Attached& py, PyRef result) {
  if (!result) return raised(py, "the application raised an exception");
  if (answer_.is_overridden()) {
    close(py, result);
    return Rest::kRefuse;
  }
  if (PyList_CheckExact(result.get()) || PyTuple_CheckExact(result.get())) {
    return deliver_sequence(py, std::move(result));
  }
  const bool is_wrapper =
      reinterpret_cast<PyObject*>(Py_TYPE(result.get())) == state_.file_wrapper.get();
  const Rest rest = is_wrapper ? deliver_file(py, result) : iterate(py, result);
  close(py, result);
  return rest;
}

Delivery::Rest Delivery::deliver_sequence(Attached& py, PyRef result) {
#ifdef Py_GIL_DISABLED
  if (PyList_CheckExact(result.get())) {
    result = PyRef::steal(PyList_AsTuple(result.get()));
    if (!result) return raised(py, "the application's answer could not be read");
  }
#endif
  if (!has_head(py)) return raised(py, "the application gave no status");
  const Py_ssize_t count = PySequence_Fast_GET_SIZE(result.get());
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* block = PySequence_Fast_GET_ITEM(result.get(), i);
    if (!check_block(block, result.get())) {
      return raised(py, "the application returned a block that is not bytes");
    }
    if (PyBytes_GET_SIZE(block) == 0) continue;
    kept_.push_back(PyRef::borrow(block));
    blocks_.push_back(view_of(block));
    blocks_size_ += blocks_.back().size();
  }
  answer_.commit(py);
  return Rest::kSendBlocks;
}

app::Sent Delivery::send_blocks() {
  // One block is the whole body (PEP 3333 "Handling the Content-Length Header"); several are framed
  // as blocks. An application that left the body out of its answer to HEAD does not say that a GET
  // has none.
  const bool is_length_known =
      blocks_.size() == 1 || (blocks_.empty() && exchange_->appearance.method != "HEAD");
  return answer_.send(blocks_, app::Flow::kHandOver,
                      is_length_known ? std::optional(blocks_size_) : std::nullopt, true);
}

void Delivery::drop_blocks(Attached& /*py*/) {
  blocks_.clear();
  blocks_size_ = 0;
  kept_.clear();
}

void Delivery::send_block(Attached& py, std::string_view block,
                          std::optional<std::uint64_t> length) {
  answer_.commit(py);
  Detached detached(py);
  answer_.send({&block, 1}, app::Flow::kWait, length, false);
}

Delivery::Rest Delivery::end_without_more(Attached& py) {
  if (answer_.is_gone()) return Rest::kAbort;
  if (answer_.is_overridden()) return Rest::kRefuse;
  if (answer_.is_committed()) return Rest::kFinish;
  answer_.commit(py);
  return Rest::kSendBlocks;
}

Delivery::Rest Delivery::iterate(Attached& py, const PyRef& iterable) {
  const PyRef iterator = PyRef::steal(PyObject_GetIter(iterable.get()));
  if (!iterator) return raised(py, "the application did not return an iterable of bytes");
  const bool is_one = is_one_block(iterable.get());
  const iternextfunc next = Py_TYPE(iterator.get())->tp_iternext;
  while (answer_.takes_more()) {
    const PyRef block = PyRef::steal(next(iterator.get()));
    if (!block) {
      if (PyErr_Occurred() != nullptr) {
        if (PyErr_ExceptionMatches(PyExc_StopIteration) == 0) {
          return raised(py, "the application raised an exception while it made its answer");
        }
        PyErr_Clear();
      }
      if (!has_head(py)) return raised(py, "the application gave no status");
      break;
    }
    if (!check_block(block.get(), iterable.get())) {
      return raised(py, "the application made a block that is not bytes");
    }
    const auto size = static_cast<std::uint64_t>(PyBytes_GET_SIZE(block.get()));
    if (size == 0) continue;
    if (!has_head(py)) return raised(py, "the application gave no status");
    if (answer_.is_overridden()) break;
    send_block(py, view_of(block.get()), is_one ? std::optional(size) : std::nullopt);
    if (is_head_request()) break;  // the head is all that is wanted
  }
  return end_without_more(py);
}

Delivery::Rest Delivery::deliver_file(Attached& py, const PyRef& wrapper) {
  if (!answer_.head().is_set()) return iterate(py, wrapper);
  const auto range = file_behind(py, wrapper.get(), answer_.response());
  if (!range) return iterate(py, wrapper);
  const std::uint64_t length =
      std::min(range->length, answer_.head().content_length().value_or(UINT64_MAX));
  const bool is_head_only = length == 0 || is_head_request();
  if (!exchange_->place.sends_files && !is_head_only) return read_file(py, wrapper, *range, length);
  answer_.commit(py);
  {
    Detached detached(py);
    answer_.send({}, app::Flow::kHandOver, range->length, is_head_only);
    if (!is_head_only) answer_.send_file(range->fd, range->offset, length);
  }
  return end_without_more(py);
}

Delivery::Rest Delivery::read_file(Attached& py, const PyRef& wrapper, const FileRange& range,
                                   std::uint64_t length) {
  const iternextfunc next = Py_TYPE(wrapper.get())->tp_iternext;
  while (length > 0 && answer_.takes_more()) {
    const PyRef block = PyRef::steal(next(wrapper.get()));
    if (!block) {
      if (PyErr_Occurred() != nullptr) return raised(py, "the application's file cannot be read");
      break;  // it has become shorter
    }
    const std::string_view bytes = view_of(block.get()).substr(0, length);
    send_block(py, bytes, range.length);
    length -= bytes.size();
  }
  return end_without_more(py);
}

void Delivery::close(Attached& py, const PyRef& result) {
#if PY_VERSION_HEX >= 0x030d0000
  PyObject* found = nullptr;
  PyObject_GetOptionalAttrString(result.get(), "close", &found);
  PyRef method = PyRef::steal(found);
#else
  PyRef method = PyRef::steal(PyObject_GetAttrString(result.get(), "close"));
  if (!method && PyErr_ExceptionMatches(PyExc_AttributeError) != 0) PyErr_Clear();
#endif
  if (method) {
    const PyRef answer = PyRef::steal(PyObject_CallNoArgs(method.get()));
    if (answer) return;
  } else if (PyErr_Occurred() == nullptr) {
    return;
  }
  report(py, "close() of the application's answer raised an exception");
}

}  // namespace forkloom::wsgi
