#include "wsgi/interpreter_state.h"

#include <utility>

#include "wsgi/error_stream.h"
#include "wsgi/file_wrapper.h"
#include "wsgi/input.h"
#include "wsgi/start_response.h"

namespace forkloom::wsgi {

Result<InterpreterState> InterpreterState::make(python::Attached& py) {
  auto start_response = make_start_response_type(py);
  if (!start_response) return fail(std::move(start_response.error()));
  auto write = make_write_type(py);
  if (!write) return fail(std::move(write.error()));
  auto input = make_input_type(py);
  if (!input) return fail(std::move(input.error()));
  auto error_stream = make_error_stream_type(py);
  if (!error_stream) return fail(std::move(error_stream.error()));
  auto file_wrapper = make_file_wrapper_type(py);
  if (!file_wrapper) return fail(std::move(file_wrapper.error()));
  return InterpreterState{.start_response = std::move(*start_response),
                          .write = std::move(*write),
                          .input = std::move(*input),
                          .error_stream = std::move(*error_stream),
                          .file_wrapper = std::move(*file_wrapper)};
}

}  // namespace forkloom::wsgi
