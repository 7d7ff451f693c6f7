#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <pcre2.h>

namespace forkloom {
namespace {

// Steps of the matcher: some milliseconds of work, far more than a sane pattern needs.
constexpr std::uint32_t kMatchLimit = 1'000'000;
constexpr std::uint32_t kMostGroups = 100;

struct FreeMatch {
  void operator()(pcre2_match_data* match) const { pcre2_match_data_free(match); }
};
struct FreeContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

// One per thread, so that matching allocates nothing.
struct Workspace {
  Workspace()
      : match(pcre2_match_data_create(kMostGroups, nullptr)),
        context(pcre2_match_context_create(nullptr)) {
    pcre2_set_match_limit(context.get(), kMatchLimit);
  }
  std::unique_ptr<pcre2_match_data, FreeMatch> match;
  std::unique_ptr<pcre2_match_context, FreeContext> context;
};

Workspace& workspace() {
  thread_local Workspace space;
  return space;
}

}  // namespace

struct Pattern::Code {
  Code(std::string pattern_text, Case pattern_case, pcre2_code* compiled)
      : text(std::move(pattern_text)), letter_case(pattern_case), code(compiled) {}
  ~Code() { pcre2_code_free(code); }
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;

  const std::string text;
  const Case letter_case;
  pcre2_code* const code;
};

Pattern::Pattern(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

Result<Pattern> Pattern::compile(std::string_view text, Case letter_case) {
  int error = 0;
  PCRE2_SIZE offset = 0;
  // As httpd does: a line feed in a decoded path must not let it slip past a pattern.
  std::uint32_t options = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY;
  if (letter_case == Case::kIgnored) options |= PCRE2_CASELESS;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options,
                                   &error, &offset, nullptr);
  if (code == nullptr) {
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    return fail(fmt::format("{} at character {}", reinterpret_cast<const char*>(message.data()),
                            offset + 1));
  }
  // Where there is no just-in-time compiler, matching is slower and right.
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  return Pattern(std::make_shared<const Code>(std::string(text), letter_case, code));
}

bool Pattern::matches(std::string_view subject) const {
  const Workspace& space = workspace();
  return pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0,
                     0, space.match.get(), space.context.get()) >= 0;
}

bool Pattern::matches(std::string_view subject, Groups& groups) const {
  if (!matches(subject)) return false;
  const Workspace& space = workspace();
  std::uint32_t count = 0;
  pcre2_pattern_info(code_->code, PCRE2_INFO_CAPTURECOUNT, &count);
  const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(space.match.get());
  groups.assign(std::min(count + 1, kMostGroups), {});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (ends[2 * i] == PCRE2_UNSET || ends[2 * i + 1] < ends[2 * i]) continue;
    groups[i] = subject.substr(ends[2 * i], ends[2 * i + 1] - ends[2 * i]);
  }
  return true;
}

const std::string& Pattern::text() const { return code_->text; }

bool Pattern::operator==(const Pattern& other) const {
  return code_ == other.code_ ||
         (code_->text == other.code_->text && code_->letter_case == other.code_->letter_case);
}

std::string substitute(std::string_view text, const Pattern::Groups& groups) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '\\' && next == '$') {
      result += next;
      ++i;
    } else if (c == '$' && next >= '0' && next <= '9') {
      const auto group = static_cast<std::size_t>(next - '0');
      if (group < groups.size()) result += groups[group];
      ++i;
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace forkloom
