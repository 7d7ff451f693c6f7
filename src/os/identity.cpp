#include "os/identity.h"

#include <string>

#include <pthread.h>
#include <unistd.h>

namespace forkloom::os {

std::int32_t process_id() { return ::getpid(); }

std::uint64_t thread_id() {
  // A thread never changes its id, except by a fork, whose child does not come back here.
  thread_local const auto id = static_cast<std::uint64_t>(::gettid());
  return id;
}

void name_thread(const char* name) {
  ::pthread_setname_np(::pthread_self(), std::string(name).substr(0, 15).c_str());
}

}  // namespace forkloom::os
