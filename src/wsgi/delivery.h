#pragma once

// Sends what an application returned (PEP 3333 "Buffering and Streaming", "Handling the
// Content-Length Header"). One per request thread, reused.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange.h"
#include "python/interpreter.h"
#include "python/ref.h"
#include "wsgi/answer.h"
#include "wsgi/file_wrapper.h"
#include "wsgi/interpreter_state.h"

namespace forkloom::wsgi {

class Delivery {
 public:
  // What is left to do for the request once the thread is detached for good.
  enum class Rest : std::uint8_t {
    kSendBlocks,  // the whole answer stands ready in blocks(): send it, finish
    kFinish,      // all is sent: finish
    kRefuse,      // the server answers for the error status that the head has
    kAbort,       // an exception, logged already, or the client left: abort
  };

  Delivery(const InterpreterState& state, Answer& answer) : state_(state), answer_(answer) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  // exchange lives until end().
  void begin(const app::Exchange& exchange) { exchange_ = &exchange; }
  // Takes the application's result (or what it raised, where null) and sends it as far as Python is
  // needed. Its close() has been called once when this returns.
  Rest deliver(python::Attached& py, python::PyRef result);
  // Where kSendBlocks; detached.
  app::Sent send_blocks();

  // Lets go of the blocks of a list. Small ones may wait for the thread's next attachment.
  void drop_blocks(python::Attached& py);
  bool has_large_blocks() const { return blocks_size_ > kLarge; }

  // Logs the exception that is set, with its traceback. Detaches.
  void report(python::Attached& py, std::string_view what);

 private:
  static constexpr std::uint64_t kLarge = 64U << 10;

  Rest deliver_sequence(python::Attached& py, python::PyRef result);
  Rest deliver_file(python::Attached& py, const python::PyRef& wrapper);
  // The blocks that the wrapper reads, `length` bytes of the file's range in all.
  Rest read_file(python::Attached& py, const python::PyRef& wrapper, const FileRange& range,
                 std::uint64_t length);
  Rest iterate(python::Attached& py, const python::PyRef& iterable);
  // Sends one block, which the caller keeps, while detached.
  void send_block(python::Attached& py, std::string_view block,
                  std::optional<std::uint64_t> length);
  // An answer that has no body beyond what write() sent.
  Rest end_without_more(python::Attached& py);
  void close(python::Attached& py, const python::PyRef& result);
  // Whether start_response was called; raises and reports otherwise.
  bool has_head(python::Attached& py);
  Rest raised(python::Attached& py, std::string_view what) {
    report(py, what);
    return Rest::kAbort;
  }
  // The client wants no body, though the application may not know (WSGIMapHEADToGET).
  bool is_head_request() const { return exchange_->request.method == "HEAD"; }

  const InterpreterState& state_;
  Answer& answer_;
  const app::Exchange* exchange_ = nullptr;
  std::vector<python::PyRef> kept_;  // the bytes objects behind blocks_
  std::vector<std::string_view> blocks_;
  std::uint64_t blocks_size_ = 0;
};

}  // namespace forkloom::wsgi
