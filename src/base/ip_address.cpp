#include "base/ip_address.h"

#include <algorithm>
#include <charconv>

namespace forkloom {
namespace {

constexpr std::array<std::uint8_t, 12> kIpv4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Writes the four bytes of an IPv4 address.
bool read_ipv4(std::string_view text, std::uint8_t* into) {
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    const auto part = take_ipv4_part(text);
    if (!part) return false;
    into[i] = *part;
  }
  return text.empty();
}

// One to four hexadecimal digits, which are removed.
std::optional<std::uint16_t> take_group(std::string_view& text) {
  std::uint16_t group = 0;
  const char* begin = text.data();
  const auto [end, error] =
      std::from_chars(begin, begin + std::min<std::size_t>(text.size(), 4), group, 16);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - begin));
  return group;
}

class Ipv6Reader {
 public:
  std::optional<IpAddress> read(std::string_view text) {
    if (text.starts_with("::")) {
      gap_ = 0;
      text.remove_prefix(2);
      if (text.empty()) return address_;
    }
    for (;;) {
      const std::size_t end = std::min(text.find(':'), text.size());
      if (text.substr(0, end).find('.') != std::string_view::npos) {
        return end == text.size() && take_ipv4_tail(text) ? finish() : std::nullopt;
      }
      if (!take(text)) return std::nullopt;
      if (text.empty()) return finish();
      if (text.front() != ':') return std::nullopt;
      text.remove_prefix(1);
      if (text.starts_with(':')) {
        if (gap_ != kNone) return std::nullopt;
        gap_ = size_;
        text.remove_prefix(1);
        if (text.empty()) return finish();
      }
    }
  }

 private:
  static constexpr std::size_t kNone = 17;  // beyond every place that "::" may have

  bool take(std::string_view& text) {
    const auto group = take_group(text);
    if (!group || size_ + 2 > address_.size()) return false;
    address_[size_++] = static_cast<std::uint8_t>(*group >> 8);
    address_[size_++] = static_cast<std::uint8_t>(*group & 0xff);
    return true;
  }

  bool take_ipv4_tail(std::string_view text) {
    if (size_ + 4 > address_.size() || !read_ipv4(text, &address_[size_])) return false;
    size_ += 4;
    return true;
  }

  // Moves what follows "::" to the end. "::" stands for at least one group.
  std::optional<IpAddress> finish() {
    if (gap_ == kNone) {
      return size_ == address_.size() ? std::optional(address_) : std::nullopt;
    }
    if (size_ == address_.size()) return std::nullopt;
    std::rotate(address_.begin() + gap_, address_.begin() + size_, address_.end());
    return address_;
  }

  IpAddress address_{};
  std::size_t size_ = 0;     // bytes read
  std::size_t gap_ = kNone;  // bytes before "::"
};

}  // namespace

std::optional<std::uint8_t> take_ipv4_part(std::string_view& text) {
  std::size_t digits = 0;
  unsigned value = 0;
  while (digits < std::min<std::size_t>(text.size(), 4) && is_digit(text[digits])) {
    value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
  }
  if (digits == 0 || value > 255 || (digits > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(digits);
  return static_cast<std::uint8_t>(value);
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return Ipv6Reader().read(text);
  IpAddress address{};
  std::copy(kIpv4Prefix.begin(), kIpv4Prefix.end(), address.begin());
  if (!read_ipv4(text, &address[kIpv4Prefix.size()])) return std::nullopt;
  return address;
}

std::optional<IpAddress> parse_scoped_ip(std::string_view text) {
  return parse_ip(text.substr(0, text.find('%')));
}

bool is_ipv4(const IpAddress& address) {
  return std::equal(kIpv4Prefix.begin(), kIpv4Prefix.end(), address.begin());
}

}  // namespace forkloom
