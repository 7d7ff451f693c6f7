#pragma once

// An environ ready to be copied, for all requests with the same field names in the same order. It
// has every key; a request sets the values that differ from the last one's and copies it, which is
// much cheaper than filling a dictionary. Belongs to one request thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "http/request.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/environ_base.h"
#include "wsgi/request_values.h"
#include "wsgi/slot.h"

namespace forkloom::wsgi {

class Layout {
 public:
  // `base` has what is the same for all these requests, and outlives the layout. keys: for each
  // field its environ key, null where it is dropped.
  static std::unique_ptr<Layout> make(python::Attached& py, const EnvironBase& base,
                                      std::span<const http::Field> fields,
                                      std::span<const python::PyRef> keys);

  // Both need no Python.
  bool fits(const EnvironBase& base, std::span<const http::Field> fields) const;
  void compare(const RequestValues& values, std::span<const http::Field> fields);

  // The request's environ, after compare() with the same arguments still alive; null with an
  // exception set.
  python::PyRef copy(python::Attached& py, const app::Exchange& exchange);

 private:
  // A field's name: known ones by their number alone.
  struct Name {
    std::uint16_t known;
    std::string text;  // where known is 0
  };
  struct Change {
    std::size_t slot;
    std::string_view text;
  };
  static constexpr std::size_t kDropped = SIZE_MAX;

  explicit Layout(const EnvironBase& base) : base_(base) {}
  bool fill(python::Attached& py, std::span<const http::Field> fields,
            std::span<const python::PyRef> keys);
  void note(std::size_t slot, std::string_view text) {
    if (!slots_[slot].holds(text)) changes_.push_back({slot, text});
  }
  // Repeated fields become one value (RFC 9110 section 5.3; Cookie: RFC 6265).
  void join(std::size_t slot, std::span<const http::Field> fields);

  const EnvironBase& base_;
  python::PyRef template_;
  std::vector<Name> names_;
  std::vector<TextSlot> slots_;         // of Variables, then of fields
  std::vector<std::size_t> slot_of_;    // for each field its slot or kDropped
  std::vector<bool> is_repeated_;       // for each slot
  std::vector<std::string> joined_;     // for each slot, where repeated
  std::size_t length_slot_ = kDropped;  // CONTENT_LENGTH
  std::vector<NumberSlot> times_;       // request_start, queue_start, application_start
  std::vector<Change> changes_;
};

}  // namespace forkloom::wsgi
