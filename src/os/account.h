#pragma once

// Users and groups by name.

#include <string>

#include "base/result.h"
#include "os/process.h"

namespace forkloom::os {

bool is_root();

// `user` and `group`: a name, or "#123"; group "" is the user's own. With the user's supplementary
// groups. The Error says which of the two there is not. Reads the system's databases.
Result<Account> find_account(const std::string& user, const std::string& group);
// The group alone; the user stays this process's.
Result<Account> find_group(const std::string& group);

}  // namespace forkloom::os
