#include "worker/request_queue.h"

namespace forkloom::worker {

void RequestQueue::push(connection::Exchange* exchange) {
  const std::lock_guard lock(mutex_);
  if (parked_.empty()) {
    waiting_.push_back(exchange);
    return;
  }
  Parked& thread = *parked_.back();
  parked_.pop_back();
  thread.given = exchange;
  thread.is_released = true;
  thread.wake.notify_one();
}

connection::Exchange* RequestQueue::pop() {
  std::unique_lock lock(mutex_);
  if (!waiting_.empty()) {
    connection::Exchange* exchange = waiting_.front();
    waiting_.pop_front();
    return exchange;
  }
  if (is_closed_) return nullptr;
  Parked self;
  parked_.push_back(&self);
  self.wake.wait(lock, [&self] { return self.is_released; });
  return self.given;
}

void RequestQueue::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  for (Parked* thread : parked_) {
    thread->is_released = true;
    thread->wake.notify_one();
  }
  parked_.clear();
}

}  // namespace forkloom::worker
