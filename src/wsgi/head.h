#pragma once

// What an application gave to start_response, checked and copied, so that nothing of Python is
// needed to send it. One per request thread, reused.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "python/interpreter.h"

namespace forkloom::wsgi {

class Head {
 public:
  // PEP 3333 "The start_response() Callable": a status of three digits, a space and a reason, and a
  // list of (name, value) tuples, all of them str in Latin-1 without control characters, none of
  // the fields hop-by-hop. false with a TypeError or ValueError set that says which and why; then
  // nothing is set any more.
  bool set(python::Attached& py, PyObject* status, PyObject* fields);
  void clear();

  int status() const { return status_; }
  bool is_set() const { return status_ != 0; }
  // What a Content-Length field declares.
  std::optional<std::uint64_t> content_length() const { return content_length_; }
  // Views that hold until the next set() or clear(). Needs no Python.
  app::ResponseHead view(std::optional<std::uint64_t> body_length);

 private:
  struct Piece {
    std::uint32_t begin;
    std::uint32_t name_size;
    std::uint32_t value_size;
  };

  bool set_status(python::Attached& py, PyObject* status);
  bool add_field(python::Attached& py, PyObject* field);
  bool note_content_length(python::Attached& py, std::string_view value);

  int status_ = 0;
  std::string reason_;
  std::string text_;  // names and values one after the other
  std::vector<Piece> pieces_;
  std::vector<http::Field> views_;
  std::optional<std::uint64_t> content_length_;
};

}  // namespace forkloom::wsgi
