#include "wsgi/head.h"

#include <algorithm>
#include <charconv>

#include "http/grammar.h"
#include "http/text.h"
#include "python/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// Fields that speak of this connection, not of the answer (RFC 9110 section 7.6.1): the server
// decides them. Says what to do instead, nullptr for any other field.
const char* hop_by_hop_advice(std::string_view name) {
  const auto is = [name](std::string_view other) {
    return http::equals_ignoring_case(name, other);
  };
  switch (name[0] | 0x20) {
    case 'c':
      if (is("Connection")) return "leave it out: the server decides whether the connection stays";
      break;
    case 'k':
      if (is("Keep-Alive")) return "leave it out: the server decides how long connections stay";
      break;
    case 'p':
      if (name.size() > 6 && is("Proxy-Authenticate"))
        return "it is for proxies: use 401 and WWW-Authenticate";
      if (name.size() > 6 && http::equals_ignoring_case(name.substr(0, 6), "Proxy-")) {
        return "leave it out: it is for proxies, not for applications";
      }
      break;
    case 't':
      if (is("TE")) return "leave it out: it belongs to requests";
      if (is("Trailer") || is("Trailers")) return "leave it out: WSGI has no trailers";
      if (is("Transfer-Encoding")) {
        return "leave it out: set Content-Length where the length is known, the server uses chunks "
               "where it is not";
      }
      break;
    case 'u':
      if (is("Upgrade")) return "leave it out: WSGI cannot change the protocol";
      break;
    default:
      break;
  }
  return nullptr;
}

}  // namespace

void Head::clear() {
  status_ = 0;
  text_.clear();
  pieces_.clear();
  content_length_.reset();
}

bool Head::set(Attached& py, PyObject* status, PyObject* fields) {
  clear();
  if (!PyList_Check(fields)) {
    PyErr_Format(PyExc_TypeError,
                 "start_response: the headers must be a list of (name, value) tuples, not %.200s",
                 Py_TYPE(fields)->tp_name);
    return false;
  }
#ifdef Py_GIL_DISABLED
  const auto snapshot = python::PyRef::steal(PyList_AsTuple(fields));
  if (!snapshot) return false;
  fields = snapshot.get();
#endif
  // Checking runs no Python code, so the list keeps its size meanwhile.
  const Py_ssize_t count = PySequence_Fast_GET_SIZE(fields);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (add_field(py, PySequence_Fast_GET_ITEM(fields, i))) continue;
    clear();
    return false;
  }
  if (set_status(py, status)) return true;
  clear();
  return false;
}

bool Head::set_status(Attached& py, PyObject* status) {
  if (!PyUnicode_Check(status)) {
    PyErr_Format(PyExc_TypeError,
                 "start_response: the status must be a str like '200 OK', not %.200s",
                 Py_TYPE(status)->tp_name);
    return false;
  }
  const auto line = python::latin1_view(py, status);
  if (!line || has_control(*line)) {
    PyErr_Format(PyExc_ValueError,
                 "start_response: the status %R has characters that are not Latin-1 or are control "
                 "characters",
                 status);
    return false;
  }
  if (line->size() < 4 || !http::is_digits(line->substr(0, 3)) || (*line)[3] != ' ') {
    PyErr_Format(PyExc_ValueError,
                 "start_response: the status must be three digits, a space and a reason, like "
                 "'200 OK', not %R",
                 status);
    return false;
  }
  const int number = ((*line)[0] - '0') * 100 + ((*line)[1] - '0') * 10 + ((*line)[2] - '0');
  if (number < 200) {
    PyErr_Format(
        PyExc_ValueError,
        "start_response: %R is no final status: a WSGI application answers with 200 or more",
        status);
    return false;
  }
  status_ = number;
  reason_.assign(line->substr(4));
  return true;
}

bool Head::add_field(Attached& py, PyObject* field) {
  if (!PyTuple_Check(field) || PyTuple_GET_SIZE(field) != 2) {
    PyErr_Format(PyExc_TypeError, "start_response: a header must be a (name, value) tuple, not %R",
                 field);
    return false;
  }
  PyObject* name_object = PyTuple_GET_ITEM(field, 0);
  PyObject* value_object = PyTuple_GET_ITEM(field, 1);
  if (!PyUnicode_Check(name_object) || !PyUnicode_Check(value_object)) {
    PyErr_Format(PyExc_TypeError, "start_response: name and value of a header must be str, not %R",
                 field);
    return false;
  }
  const auto name = python::latin1_view(py, name_object);
  if (!name || !http::is_token(*name)) {
    PyErr_Format(PyExc_ValueError,
                 "start_response: %R is no header name: letters, digits and !#$%%&'*+-.^_`|~ only",
                 name_object);
    return false;
  }
  const auto value = python::latin1_view(py, value_object);
  if (!value || has_control(*value)) {
    PyErr_Format(
        PyExc_ValueError,
        "start_response: the value %R of the header %R has characters that are not Latin-1 "
        "or are control characters",
        value_object, name_object);
    return false;
  }
  if (const char* advice = hop_by_hop_advice(*name); advice != nullptr) {
    PyErr_Format(PyExc_ValueError, "start_response: the header %R is hop-by-hop; %s", name_object,
                 advice);
    return false;
  }
  if (name->size() == 14 && http::equals_ignoring_case(*name, "Content-Length") &&
      !note_content_length(py, *value)) {
    return false;
  }
  if (text_.size() + name->size() + value->size() > UINT32_MAX) {
    PyErr_SetString(PyExc_ValueError, "start_response: the headers are longer than 4 GiB");
    return false;
  }
  pieces_.push_back({static_cast<std::uint32_t>(text_.size()),
                     static_cast<std::uint32_t>(name->size()),
                     static_cast<std::uint32_t>(value->size())});
  text_.append(*name).append(*value);
  return true;
}

bool Head::note_content_length(Attached& /*py*/, std::string_view value) {
  if (content_length_) {
    PyErr_SetString(PyExc_ValueError, "start_response: there is more than one Content-Length");
    return false;
  }
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (!http::is_digits(value) || error != std::errc() || end != value.data() + value.size()) {
    PyErr_SetString(PyExc_ValueError, "start_response: the Content-Length is no decimal number");
    return false;
  }
  content_length_ = length;
  return true;
}

app::ResponseHead Head::view(std::optional<std::uint64_t> body_length) {
  views_.clear();
  const std::string_view text = text_;
  for (const Piece& piece : pieces_) {
    views_.push_back({.name = text.substr(piece.begin, piece.name_size),
                      .value = text.substr(piece.begin + piece.name_size, piece.value_size)});
  }
  return {.status = status_,
          .reason = reason_,
          .fields = views_,
          .body_length = content_length_ ? std::nullopt : body_length};
}

}  // namespace forkloom::wsgi
