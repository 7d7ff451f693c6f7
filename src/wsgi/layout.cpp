#include "wsgi/layout.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "http/text.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::PyRef;

constexpr std::array<const char*, 3> kTimeNames = {"forkloom.request_start", "forkloom.queue_start",
                                                   "forkloom.application_start"};

double seconds_since_1970(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

std::unique_ptr<Layout> Layout::make(Attached& py, std::size_t application, PyObject* base,
                                     std::span<const http::Field> fields,
                                     std::span<const PyRef> keys) {
  std::unique_ptr<Layout> layout(new Layout);
  layout->application_ = application;
  if (!layout->fill(py, base, fields, keys)) return nullptr;
  return layout;
}

bool Layout::fill(Attached& py, PyObject* base, std::span<const http::Field> fields,
                  std::span<const PyRef> keys) {
  template_ = PyRef::steal(PyDict_Copy(base));
  if (!template_) return false;
  std::vector<PyObject*> slot_keys;
  const auto add_slot = [&](PyRef key) {
    slot_keys.push_back(key.get());
    slots_.emplace_back(std::move(key));
    return slots_.size() - 1;
  };
  for (const char* name : kVariableNames) {
    PyRef key = PyRef::steal(PyUnicode_InternFromString(name));
    if (!key) return false;
    add_slot(std::move(key));
  }
  for (const char* name : kTimeNames) {
    PyRef key = PyRef::steal(PyUnicode_InternFromString(name));
    if (!key) return false;
    times_.emplace_back(std::move(key));
    if (!times_.back().set(py, template_.get(), 0)) return false;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    names_.push_back({fields[i].known, fields[i].known == 0 ? std::string(fields[i].name) : ""});
    if (!keys[i]) {
      slot_of_.push_back(kDropped);
    } else if (const auto same = std::find_if(
                   slot_keys.begin(), slot_keys.end(),
                   [&](PyObject* key) { return PyUnicode_Compare(key, keys[i].get()) == 0; });
               same != slot_keys.end()) {
      slot_of_.push_back(static_cast<std::size_t>(same - slot_keys.begin()));
    } else {
      slot_of_.push_back(add_slot(PyRef::borrow(keys[i].get())));
    }
    // A chunked body has no length but the one it turned out to have.
    if ((fields[i].name.size() == 14 &&
         http::equals_ignoring_case(fields[i].name, "Content-Length")) ||
        (fields[i].name.size() == 17 &&
         http::equals_ignoring_case(fields[i].name, "Transfer-Encoding"))) {
      PyRef key = PyRef::steal(PyUnicode_InternFromString("CONTENT_LENGTH"));
      if (!key) return false;
      if (slot_of_.back() != kDropped) {
        length_slot_ = slot_of_.back();
        slot_of_.back() = kDropped;
      } else {
        length_slot_ = add_slot(std::move(key));
      }
    }
  }
  is_repeated_.resize(slots_.size());
  joined_.resize(slots_.size());
  std::vector<int> uses(slots_.size());
  for (const std::size_t slot : slot_of_) {
    if (slot != kDropped && ++uses[slot] > 1) is_repeated_[slot] = true;
  }
  return true;
}

bool Layout::fits(std::size_t application, std::span<const http::Field> fields) const {
  if (application != application_ || fields.size() != names_.size()) return false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].known != names_[i].known) return false;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].known == 0 && fields[i].name != names_[i].text) return false;
  }
  return true;
}

void Layout::compare(const RequestValues& values, std::span<const http::Field> fields) {
  changes_.clear();
  for (std::size_t i = 0; i < kVariableCount; ++i) note(i, values[static_cast<Variable>(i)]);
  if (length_slot_ != kDropped) note(length_slot_, values.content_length());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::size_t slot = slot_of_[i];
    if (slot == kDropped) continue;
    if (is_repeated_[slot]) {
      // Once, at the last of them.
      if (std::find(slot_of_.begin() + static_cast<std::ptrdiff_t>(i) + 1, slot_of_.end(), slot) ==
          slot_of_.end()) {
        join(slot, fields);
      }
    } else {
      note(slot, fields[i].value);
    }
  }
}

void Layout::join(std::size_t slot, std::span<const http::Field> fields) {
  std::string& whole = joined_[slot];
  whole.clear();
  bool is_first = true;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (slot_of_[i] != slot) continue;
    if (!is_first) {
      whole += http::equals_ignoring_case(fields[i].name, "Cookie") ? "; " : ", ";
    }
    is_first = false;
    whole += fields[i].value;
  }
  note(slot, whole);
}

PyRef Layout::copy(Attached& py, const app::Exchange& exchange) {
  PyObject* dictionary = template_.get();
  for (const Change& change : changes_) {
    if (!slots_[change.slot].set(py, dictionary, change.text)) return {};
  }
  changes_.clear();
  if (!times_[0].set(py, dictionary, seconds_since_1970(exchange.request_start)) ||
      !times_[1].set(py, dictionary, seconds_since_1970(exchange.queue_start)) ||
      !times_[2].set(py, dictionary, seconds_since_1970(WallClock::now()))) {
    return {};
  }
  return PyRef::steal(PyDict_Copy(dictionary));
}

}  // namespace forkloom::wsgi
