#include "wsgi/target_code.h"

#include <mutex>
#include <utility>

#include "python/error.h"
#include "wsgi/application.h"

namespace forkloom::wsgi {
namespace {

using python::Attached;
using python::Detached;
using python::PyRef;

// As mod_wsgi answers where the callable is missing.
constexpr int kMissingEmbedded = 404;
constexpr int kMissingInDaemon = 500;

// Waits without holding up others.
class LoadingLock {
 public:
  LoadingLock(Attached& py, std::mutex& mutex) : lock_(mutex, std::try_to_lock) {
    if (lock_) return;
    Detached detached(py);
    lock_.lock();
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace

Loaded<std::optional<ScriptStamp>> TargetCode::look(const app::Place& place) const {
  if (!place.reloads_script || unit_.file() == nullptr) return std::nullopt;
  auto stamp = unit_.file()->look();
  if (!stamp) return tl::unexpected(std::move(stamp.error()));
  return *stamp;
}

PyRef TargetCode::at_hand(Attached& /*py*/, const CodeUnit::Version& version) {
  const std::lock_guard guard(guard_);
  return version.module && number_ == version.number ? PyRef::borrow(callable_.get()) : PyRef();
}

bool TargetCode::has_changed(Attached& py, const CodeUnit::Version& version) const {
  const Detached detached(py);
  const auto stamp = unit_.file()->look();
  return !stamp || *stamp != version.stamp;
}

bool TargetCode::asks_for_reload(Attached& py, const CodeUnit::Version& version,
                                 const LoadReason& reason) const {
  const std::string& path = target_.script_path;
  const PyRef argument = PyRef::steal(
      PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size())));
  PyRef answer;
  if (argument) {
    answer = PyRef::steal(PyObject_CallOneArg(version.reload_required.get(), argument.get()));
  }
  const int is_true = answer ? PyObject_IsTrue(answer.get()) : -1;
  if (is_true >= 0) return is_true == 1;
  const std::string text = python::take_error(py);
  Detached detached(py);
  reason.log.write_for(reason.request_id, Level::kError,
                       "script '{}': reload_required() failed, the script is not reloaded:\n{}",
                       path, text);
  return false;
}

Loaded<PyRef> TargetCode::application(Attached& py, const std::optional<ScriptStamp>& stamp,
                                      const LoadReason& reason) {
  const std::uint64_t failures_before = failures_.load(std::memory_order_acquire);
  const CodeUnit::Version version = unit_.version(py);
  PyRef ready = at_hand(py, version);
  const bool is_watched = stamp && version.module;
  const bool is_changed = is_watched && version.stamp != *stamp;
  const bool is_rejected =
      is_watched && !is_changed && version.reload_required && asks_for_reload(py, version, reason);
  if (ready && !is_changed && !is_rejected) return ready;

  const LoadingLock lock(py, unit_.loading());
  // Others may have loaded it while this thread waited, or since it looked at the file.
  const CodeUnit::Version current = unit_.version(py);
  if (current.number == version.number &&
      (is_rejected || (is_changed && has_changed(py, current)))) {
    unit_.drop(py);
  } else if (PyRef loaded = at_hand(py, current)) {
    return loaded;
  }
  if (failures_.load(std::memory_order_acquire) != failures_before) {
    return fail_load(last_status_, "");
  }
  auto loaded = load(py, reason);
  if (!loaded) {
    last_status_ = loaded.error().status;
    failures_.fetch_add(1, std::memory_order_release);
  }
  return loaded;
}

Loaded<PyRef> TargetCode::load(Attached& py, const LoadReason& reason) {
  CodeUnit::Version version = unit_.version(py);
  if (!version.module) {
    if (auto loaded = unit_.load(py); !loaded) return tl::unexpected(std::move(loaded.error()));
    version = unit_.version(py);
  }
  auto callable = find_application(py, target_, version.module,
                                   reason.is_daemon ? kMissingInDaemon : kMissingEmbedded);
  if (!callable) return callable;
  PyRef kept = PyRef::borrow(callable->get());
  {
    const std::lock_guard guard(guard_);
    std::swap(callable_, kept);
    number_ = version.number;
  }
  return callable;
}

}  // namespace forkloom::wsgi
