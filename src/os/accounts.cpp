#include "os/accounts.h"

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

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

std::optional<std::uint32_t> number_of(std::string_view text) {
  if (!text.starts_with('#')) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::uint32_t> group_number(const std::string& name) {
  if (const auto number = number_of(name)) return *number;
  const ::group* found = ::getgrnam(name.c_str());
  if (found == nullptr) return fail(fmt::format("there is no group {}", name));
  return found->gr_gid;
}

std::vector<std::uint32_t> groups_of(const char* user, std::uint32_t group) {
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  if (::getgrouplist(user, group, groups.data(), &count) < 0) {
    groups.resize(static_cast<std::size_t>(count));
    ::getgrouplist(user, group, groups.data(), &count);
  }
  groups.resize(static_cast<std::size_t>(count));
  return {groups.begin(), groups.end()};
}

}  // namespace

Result<bool> has_user(const std::string& name) { return has_record<passwd>(name, ::getpwnam_r); }
Result<bool> has_group(const std::string& name) { return has_record<group>(name, ::getgrnam_r); }

bool is_root() { return ::geteuid() == 0; }

Result<Account> find_account(const std::string& user, const std::string& group) {
  const auto number = number_of(user);
  const ::passwd* found = number ? ::getpwuid(*number) : ::getpwnam(user.c_str());
  if (found == nullptr && !number) return fail(fmt::format("there is no user {}", user));
  Account account;
  account.user = found != nullptr ? found->pw_uid : *number;
  const std::string name = found != nullptr ? found->pw_name : "";
  if (group.empty() && found == nullptr) {
    return fail(fmt::format("user {} has no entry that names a group: write Group", user));
  }
  account.group = found != nullptr ? found->pw_gid : 0;
  if (!group.empty()) {
    const auto of_group = group_number(group);
    if (!of_group) return fail(of_group.error());
    account.group = *of_group;
  }
  account.groups = name.empty() ? std::vector<std::uint32_t>{account.group}
                                : groups_of(name.c_str(), account.group);
  return account;
}

Result<Account> find_group(const std::string& group) {
  const auto number = group_number(group);
  if (!number) return fail(number.error());
  return Account{.user = ::getuid(), .group = *number, .groups = {*number}};
}

}  // namespace forkloom::os
