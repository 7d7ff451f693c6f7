#pragma once

// What the whole process says of itself to its applications, and what it keeps from them. Immutable
// once the runtime stands.

#include <cstdint>
#include <string>

namespace forkloom::wsgi {

struct Options {
  std::string server_software = {};  // "Forkloom/<version>"
  // forkloom.version
  int version_major = 0;
  int version_minor = 0;
  int version_patch = 0;
  std::int64_t process_id = 0;    // forkloom.process_id
  bool is_multithread = false;    // wsgi.multithread: other threads may run the application
  bool is_multiprocess = false;   // wsgi.multiprocess
  bool is_run_once = false;       // wsgi.run_once
  bool restricts_stdin = false;   // WSGIRestrictStdin: sys.stdin raises OSError
  bool restricts_stdout = false;  // WSGIRestrictStdout
  bool restricts_signal = true;   // WSGIRestrictSignal: signal.signal has no effect
};

}  // namespace forkloom::wsgi
