#include "os/accounts.h"

#include <cerrno>
#include <vector>

#include <grp.h>
#include <pwd.h>

namespace forkloom::os {
namespace {

// Enough for a group of many thousand members; a longer record is an error.
constexpr std::size_t kLongestRecord = std::size_t{4} << 20;

// `look` is getpwnam_r or getgrnam_r.
template <typename Record, typename Look>
Result<bool> has_record(const std::string& name, Look look) {
  std::vector<char> text(1024);
  for (;;) {
    Record record = {};
    Record* found = nullptr;
    const int error = look(name.c_str(), &record, text.data(), text.size(), &found);
    if (found != nullptr) return true;
    if (error == ERANGE && text.size() < kLongestRecord) {
      text.resize(2 * text.size());
      continue;
    }
    // Sources of accounts say in several ways that they have none (getpwnam(3)).
    if (error == 0 || error == ENOENT || error == ESRCH || error == EBADF || error == EPERM) {
      return false;
    }
    if (error != EINTR) return fail(Error::from_errno(error, "looking up " + name));
  }
}

}  // namespace

Result<bool> has_user(const std::string& name) { return has_record<passwd>(name, ::getpwnam_r); }
Result<bool> has_group(const std::string& name) { return has_record<group>(name, ::getgrnam_r); }

}  // namespace forkloom::os
