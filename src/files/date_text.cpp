#include "files/date_text.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "http/grammar.h"

namespace forkloom::files {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> kLongDays = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

// Takes what is expected from the front; once something was not there, it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  void literal(std::string_view expected) {
    if (!rest_.starts_with(expected)) return fail();
    rest_.remove_prefix(expected.size());
  }
  int number(std::size_t digits) {
    if (rest_.size() < digits || !http::is_digits(rest_.substr(0, digits))) {
      fail();
      return 0;
    }
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(digits);
    return value;
  }
  // asctime's day of the month: " 6" or "16".
  int padded_number() {
    if (!rest_.starts_with(' ')) return number(2);
    literal(" ");
    return number(1);
  }
  template <std::size_t kCount>
  int word(const std::array<std::string_view, kCount>& words) {
    const auto found = std::find_if(words.begin(), words.end(), [this](std::string_view word) {
      return rest_.starts_with(word);
    });
    if (found == words.end()) {
      fail();
      return 0;
    }
    rest_.remove_prefix(found->size());
    return static_cast<int>(found - words.begin());
  }
  bool is_done() const { return !has_failed_ && rest_.empty(); }

 private:
  void fail() { has_failed_ = true; }

  std::string_view rest_;
  bool has_failed_ = false;
};

struct Moment {
  int year = 0;
  int month = 0;  // from 0
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;

  void read_clock(Scanner& scanner) {
    hour = scanner.number(2);
    scanner.literal(":");
    minute = scanner.number(2);
    scanner.literal(":");
    second = scanner.number(2);
  }
};

int year_of(std::time_t time) {
  const auto day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(time)));
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
bool read_imf(std::string_view text, Moment& moment) {
  Scanner scanner(text);
  scanner.word(kDays);
  scanner.literal(", ");
  moment.day = scanner.number(2);
  scanner.literal(" ");
  moment.month = scanner.word(kMonths);
  scanner.literal(" ");
  moment.year = scanner.number(4);
  scanner.literal(" ");
  moment.read_clock(scanner);
  scanner.literal(" GMT");
  return scanner.is_done();
}

// "Sunday, 06-Nov-94 08:49:37 GMT"
bool read_rfc850(std::string_view text, std::time_t now, Moment& moment) {
  Scanner scanner(text);
  scanner.word(kLongDays);
  scanner.literal(", ");
  moment.day = scanner.number(2);
  scanner.literal("-");
  moment.month = scanner.word(kMonths);
  scanner.literal("-");
  const int this_year = year_of(now);
  moment.year = this_year / 100 * 100 + scanner.number(2);
  if (moment.year > this_year + 50) moment.year -= 100;
  scanner.literal(" ");
  moment.read_clock(scanner);
  scanner.literal(" GMT");
  return scanner.is_done();
}

// "Sun Nov  6 08:49:37 1994"
bool read_asctime(std::string_view text, Moment& moment) {
  Scanner scanner(text);
  scanner.word(kDays);
  scanner.literal(" ");
  moment.month = scanner.word(kMonths);
  scanner.literal(" ");
  moment.day = scanner.padded_number();
  scanner.literal(" ");
  moment.read_clock(scanner);
  scanner.literal(" ");
  moment.year = scanner.number(4);
  return scanner.is_done();
}

}  // namespace

std::optional<std::time_t> read_date(std::string_view text, std::time_t now) {
  Moment moment;
  if (!read_imf(text, moment) && !read_rfc850(text, now, moment) && !read_asctime(text, moment)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year(moment.year), std::chrono::month(static_cast<unsigned>(moment.month + 1)),
      std::chrono::day(static_cast<unsigned>(moment.day))};
  // Second 60 is a leap second.
  if (!date.ok() || moment.hour > 23 || moment.minute > 59 || moment.second > 60) {
    return std::nullopt;
  }
  const std::chrono::sys_seconds time =
      std::chrono::sys_days(date) + std::chrono::hours(moment.hour) +
      std::chrono::minutes(moment.minute) + std::chrono::seconds(moment.second);
  return time.time_since_epoch().count();
}

}  // namespace forkloom::files
