#pragma once

// A request's body as it arrives: in memory up to a bound, beyond it in an unlinked temporary
// file. Filled by the network thread, read by one request thread afterwards.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/exchange.h"
#include "base/result.h"
#include "os/spool_file.h"

namespace forkloom::connection {

class RequestBody final : public app::Body {
 public:
  // `expected` bytes will come where the request says so (0: not known): memory or file is chosen
  // at once. The file is made in `folder`, which outlives the body.
  Result<void> begin(std::uint64_t expected, std::size_t in_memory, const std::string& folder);
  Result<void> append(std::string_view bytes);
  // Lets go of memory and file.
  void clear();

  std::uint64_t size() const override { return size_; }
  std::optional<std::string_view> in_memory() const override;
  std::int64_t read_at(std::uint64_t offset, std::span<char> into) const override;

 private:
  Result<void> spool();

  std::size_t limit_ = 0;
  const std::string* folder_ = nullptr;  // of the temporary file; outlives the body
  std::uint64_t size_ = 0;
  std::string memory_;
  std::optional<os::SpoolFile> file_;
};

}  // namespace forkloom::connection
