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

constexpr std::array<const char*, 3> kTimeNames = {"request_start", "queue_start",
                                                   "application_start"};

PyRef interned(const std::string& name) {
  return PyRef::steal(PyUnicode_InternFromString(name.c_str()));
}

double seconds_since_1970(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

std::unique_ptr<Layout> Layout::make(Attached& py, const EnvironBase& base,
                                     std::span<const http::Field> fields,
                                     std::span<const PyRef> keys) {
  std::unique_ptr<Layout> layout(new Layout(base));
  if (!layout->fill(py, fields, keys)) return nullptr;
  return layout;
}

bool Layout::fill(Attached& py, std::span<const http::Field> fields, std::span<const PyRef> keys) {
  template_ = PyRef::steal(PyDict_Copy(base_.dictionary.get()));
  if (!template_) return false;
  std::vector<PyObject*> slot_keys;
  const auto add_slot = [&](PyRef key, PyRef alias = {}) {
    slot_keys.push_back(key.get());
    slots_.emplace_back(std::move(key), std::move(alias));
    return slots_.size() - 1;
  };
  for (const VariableName& name : kVariableNames) {
    PyRef key = interned(name.name);
    PyRef alias = name.alias.empty() ? PyRef() : interned(std::string(name.alias));
    if (!key || (!alias && !name.alias.empty())) return false;
    add_slot(std::move(key), std::move(alias));
  }
  for (const std::string name : kTimeNames) {
    PyRef key = interned("forkloom." + name);
    PyRef alias = interned("mod_wsgi." + name);
    if (!key || !alias) return false;
    times_.emplace_back(std::move(key), std::move(alias));
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
      PyRef key = interned("CONTENT_LENGTH");
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

bool Layout::fits(const EnvironBase& base, std::span<const http::Field> fields) const {
  if (&base != &base_ || fields.size() != names_.size()) return false;
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
  PyRef environ = PyRef::steal(PyDict_Copy(dictionary));
  if (!environ) return {};
  for (const auto& [key, value] : base_.overrides) {
    if (PyDict_SetItem(environ.get(), key.get(), value.get()) < 0) return {};
  }
  return environ;
}

}  // namespace forkloom::wsgi
