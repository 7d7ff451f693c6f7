#pragma once

// The Accept-Encoding field of a request (RFC 9110 section 12.5.3). Pure.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forkloom::files {

// In the order of the server's own preference.
enum class Coding : std::uint8_t { kBrotli, kZstd, kGzip };
constexpr std::array kCodings = {Coding::kBrotli, Coding::kZstd, Coding::kGzip};

std::string_view coding_name(Coding coding);       // "br"
std::string_view coding_extension(Coding coding);  // ".br"

class AcceptEncoding {
 public:
  // One field's value; each further field of that name adds to the list. Malformed elements count
  // for nothing.
  void add(std::string_view value);

  // 0 to 1000; 0 where the client does not name it, or refuses it.
  int quality(Coding coding) const;
  // What the client would rather have uncoded than in that quality: nullopt where it does not say.
  std::optional<int> identity_quality() const { return identity_; }

 private:
  std::array<std::optional<int>, kCodings.size()> named_;
  std::optional<int> identity_;
  std::optional<int> others_;  // "*"
};

}  // namespace forkloom::files
