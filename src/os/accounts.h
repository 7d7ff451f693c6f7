#pragma once

// The users and groups that the system knows.

#include <string>

#include "base/result.h"
#include "os/process.h"

namespace forkloom::os {

// By name.
Result<bool> has_user(const std::string& name);
Result<bool> has_group(const std::string& name);

bool is_root();

// `user` and `group`: a name, or "#123"; group "" is the user's own. With the user's supplementary
// groups. The Error says which of the two there is not. Reads the system's databases.
Result<Account> find_account(const std::string& user, const std::string& group);
// The group alone; the user stays this process's.
Result<Account> find_group(const std::string& group);

}  // namespace forkloom::os
