#include "os/text_file.h"

#include <algorithm>
#include <cerrno>
#include <span>

#include <fcntl.h>
#include <fmt/format.h>

#include "os/descriptor.h"
#include "os/file_facts.h"
#include "os/file_read.h"

namespace forkloom::os {

Result<std::string> read_text_file(const std::string& path, std::size_t most) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file.is_open()) return fail(Error::from_errno(errno, path));
  const auto facts = facts_of(file.get());
  if (!facts) return fail(Error(facts.error()).within(path));
  if (facts->is_folder()) return fail(fmt::format("{} is a folder, not a file", path));
  if (!facts->is_regular()) return fail(fmt::format("{} is not a regular file", path));

  // Read to the end, whatever the size that was told: files of /proc tell none. One byte more than
  // is allowed shows that there is more.
  std::string text;
  constexpr std::size_t kStep = 65'536;
  for (;;) {
    const std::size_t done = text.size();
    text.resize(std::min(done + kStep, most + 1));
    const auto count = read_file_at(file.get(), done, std::span(text).subspan(done));
    if (!count) return fail(Error(count.error()).within(path));
    text.resize(done + *count);
    if (text.size() > most) return fail(fmt::format("{} has more than {} bytes", path, most));
    if (*count < kStep) return text;
  }
}

}  // namespace forkloom::os
