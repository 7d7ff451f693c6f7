#include "accesslog/format.h"

#include <cstdlib>
#include <ctime>

#include <gmock/gmock.h>

#include "accesslog/sample.h"

namespace forkloom::accesslog {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class FormatTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("TZ", "EST4", 1);
    ::tzset();
  }
  static void TearDownTestSuite() {
    ::unsetenv("TZ");
    ::tzset();
  }

  // The line without its line feed.
  std::string line(std::string_view format) const { return line(format, sample_.record); }
  static std::string line(std::string_view format, const Record& record) {
    const auto compiled = Format::compile(format);
    if (!compiled) return compiled.error().message();
    std::string out;
    compiled->append(record, out);
    EXPECT_TRUE(out.ends_with('\n'));
    out.pop_back();
    return out;
  }
  static std::string error(std::string_view format) {
    const auto compiled = Format::compile(format);
    return compiled ? "no error" : compiled.error().message();
  }

  Sample sample_;
};

TEST_F(FormatTest, WritesTheCommonFormats) {
  EXPECT_EQ(line("common"),
            "192.0.2.7 - - [18/Sep/2011:19:18:28 -0400] "
            "\"GET /shop/caf%C3%A9?page=2&sort=price HTTP/1.1\" 200 5120");
  EXPECT_EQ(line("combined"),
            line("common") +
                " \"https://shop.example/\" "
                "\"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"");
  EXPECT_EQ(line("vhost_common"), "www.example " + line("common"));
  EXPECT_THAT(line("vhost_combined"), ::testing::StartsWith("www.example:8443 192.0.2.7 - - ["));
  EXPECT_THAT(line("vhost_combined"), HasSubstr("\" 200 5400 \"https://"));
  EXPECT_EQ(line("referer"), R"(https://shop.example/ -> /shop/caf\xc3\xa9)");
  EXPECT_THAT(line("agent"), ::testing::StartsWith("Mozilla/5.0"));
}

TEST_F(FormatTest, WritesAddressesPortsAndNames) {
  EXPECT_EQ(line("%a %{c}a %h %{c}h %A"), "192.0.2.7 192.0.2.7 192.0.2.7 192.0.2.7 198.51.100.1");
  EXPECT_EQ(line("%p %{canonical}p %{local}p %{remote}p"), "8443 8443 8443 50123");
  EXPECT_EQ(line("%v %V"), "www.example shop.example");
}

TEST_F(FormatTest, WritesTheRequest) {
  EXPECT_EQ(line("%m %U %f %q %H %R %L"),
            R"(GET /shop/caf\xc3\xa9 /shop/caf\xc3\xa9 ?page=2&sort=price HTTP/1.1 wsgi )"
            "00c0ffee00000001");
  EXPECT_EQ(line("%r"), "GET /shop/caf%C3%A9?page=2&sort=price HTTP/1.1");
  EXPECT_EQ(line("%{accept-language}i %{X-Missing}i %{theme}C %{missing}C"),
            "en-US,en;q=0.5 - dark -");
  sample_.request.query = "";
  sample_.request.minor_version = 0;
  EXPECT_EQ(line("[%q] %H"), "[] HTTP/1.0");
}

TEST_F(FormatTest, WritesTheUserWhomTheRequestNames) {
  EXPECT_EQ(line("%l %u"), "- -");
  sample_.add("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(line("%u"), "Aladdin");
}

TEST_F(FormatTest, WritesTheResponse) {
  EXPECT_EQ(line("%s %>s %<s %b %B"), "200 200 200 5120 5120");
  EXPECT_EQ(line("%{content-type}o|%{Set-Cookie}o|%{X-Empty}o|%{X-Missing}o"),
            "text/html; charset=utf-8|a=1, b=2||-");
  sample_.record.body_bytes_sent = 0;
  EXPECT_EQ(line("%b %B"), "- 0");
}

TEST_F(FormatTest, WritesTheBytesOnTheWire) { EXPECT_EQ(line("%I %O %S"), "700 5400 6100"); }

TEST_F(FormatTest, WritesHowTheConnectionEnds) {
  EXPECT_EQ(line("%X %k"), "+ 3");
  sample_.record.is_keep_alive = false;
  EXPECT_EQ(line("%X"), "-");
  sample_.record.is_complete = false;
  EXPECT_EQ(line("%X"), "X");
}

TEST_F(FormatTest, WritesDurationsInEachUnit) {
  EXPECT_EQ(line("%D %T %{s}T %{ms}T %{us}T"), "2345678 2 2 2345 2345678");
}

TEST_F(FormatTest, WritesProcessAndThread) {
  EXPECT_EQ(line("%P %{pid}P %{tid}P %{hextid}P"), "4711 4711 4799 12bf");
}

TEST_F(FormatTest, WritesTheTimeOfBeginAndEnd) {
  const std::string begin = "[18/Sep/2011:19:18:28 -0400]";
  EXPECT_EQ(line("%t"), begin);
  EXPECT_EQ(line("%{begin}t"), begin);
  EXPECT_EQ(line("%{begin:}t"), begin);
  EXPECT_EQ(line("%{end}t"), "[18/Sep/2011:19:18:30 -0400]");
  EXPECT_EQ(line("%{end:%T}t %{begin:%T}t"), "19:18:30 19:18:28");
}

TEST_F(FormatTest, WritesTheTimeAsStrftimeDoes) {
  EXPECT_EQ(line("%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t"), "18/Sep/2011 19:18:28.123 -0400");
  EXPECT_EQ(line("%{at: %H:%M}t"), "at: 19:18");
}

TEST_F(FormatTest, WritesTheTimeSinceTheEpoch) {
  EXPECT_EQ(line("%{sec}t %{msec}t %{usec}t"), "1316387908 1316387908123 1316387908123456");
  EXPECT_EQ(line("%{end:sec}t %{end:usec_frac}t %{end:msec_frac}t"), "1316387910 469134 469");
  sample_.record.start = WallTime(seconds(5) + microseconds(7));
  EXPECT_EQ(line("%{msec_frac}t %{usec_frac}t"), "000 000007");
}

TEST_F(FormatTest, WritesADashForWhatForkloomDoesNotHave) {
  EXPECT_EQ(line("%{note}n %{X}^ti %{X}^to %^FB %{c}L"), "- - - - -");
}

TEST_F(FormatTest, WritesTheEnvironmentAsItWasAtStart) {
  ::setenv("FORKLOOM_TEST_VALUE", "a\nb", 1);
  const auto format = Format::compile("%{FORKLOOM_TEST_VALUE}e %{FORKLOOM_TEST_MISSING}e");
  ::unsetenv("FORKLOOM_TEST_VALUE");
  ASSERT_TRUE(format);
  std::string out;
  format->append(sample_.record, out);
  EXPECT_EQ(out, "a\\nb -\n");
}

TEST_F(FormatTest, WritesAFieldOnlyForTheStatusesThatItsConditionNames) {
  constexpr std::string_view kFormat = "%400,501{Referer}i|%!200,304{Referer}i|%>!404s";
  EXPECT_EQ(line(kFormat), "-|-|200");
  sample_.record.status = 501;
  EXPECT_EQ(line(kFormat), "https://shop.example/|https://shop.example/|501");
  sample_.record.status = 404;
  EXPECT_EQ(line(kFormat), "-|https://shop.example/|-");
}

TEST_F(FormatTest, TakesEscapesInTheFormatsOwnText) {
  EXPECT_EQ(line(R"(%%m\t\"%m\"\\\n\d100%%)"), "%m\t\"GET\"\\\n\\d100%");
}

TEST_F(FormatTest, WritesDashesWhereNoHeadCouldBeRead) {
  Record record;
  record.status = 408;
  record.start = sample_.record.start;
  EXPECT_EQ(line("combined", record), "- - - [18/Sep/2011:19:18:28 -0400] \"-\" 408 - \"-\" \"-\"");
  EXPECT_EQ(line("%m %U %f %q %H %u %V %v %p %A %{a}C %{b}o %R %L %X", record),
            "- - -  - - - - - - - - - - X");
}

TEST_F(FormatTest, LetsNoValueForgeALine) {
  constexpr std::string_view kEvil = "a\" 200\n1.2.3.4 - \x1b[2J";
  constexpr const char* kHarmless = R"(a\" 200\n1.2.3.4 - \x1b[2J)";
  sample_.request.query = kEvil;
  sample_.request.method = kEvil;
  sample_.request.path = "/%22%0a";
  sample_.request.authority = kEvil;
  sample_.add("X-Evil", kEvil);
  sample_.record.request_line = kEvil;
  sample_.record.server_name = kEvil;
  for (const char* directive : {"%r", "%m", "%{X-Evil}i", "%v", "%V"}) {
    EXPECT_EQ(line(directive), kHarmless) << directive;
  }
  EXPECT_EQ(line("%q"), std::string("?") + kHarmless);
  EXPECT_EQ(line("%U"), R"(/\"\n)");
}

TEST_F(FormatTest, NamesThePositionAndTheDirectiveThatIsNotKnown) {
  EXPECT_EQ(error("%h %Z"), "log format, position 4: %Z: there is no directive %Z");
  EXPECT_EQ(error("%h %>{x}y"), "log format, position 4: %>{x}y: there is no directive %y");
  EXPECT_THAT(error("%^xx"), HasSubstr("there is no directive %^xx"));
}

TEST_F(FormatTest, SaysHowADirectiveIsWritten) {
  EXPECT_EQ(error("%i"), "log format, position 1: %i: it is written as %{name}i");
  EXPECT_THAT(error("%{minutes}T"), HasSubstr("%T or %{s}T or %{ms}T or %{us}T"));
  EXPECT_THAT(error("%{x}m"), HasSubstr("it is written as %m"));
}

TEST_F(FormatTest, RefusesAFormatThatEndsWithinADirective) {
  for (const char* format : {"%h %", "%h %>", "%h %200", "%h %{x}", "%h %^"}) {
    EXPECT_THAT(error(format), HasSubstr("position 4")) << format;
  }
  EXPECT_THAT(error("%{Referer"), HasSubstr("has no }"));
}

TEST_F(FormatTest, RefusesConditionsThatAreNoStatuses) {
  EXPECT_THAT(error("%20s"), HasSubstr("three digits"));
  EXPECT_THAT(error("%2000s"), HasSubstr("three digits"));
  EXPECT_THAT(error("%099s"), HasSubstr("three digits"));
  EXPECT_THAT(error("%!s"), HasSubstr("list of statuses"));
}

TEST_F(FormatTest, NamesTheNamesThatThereAre) {
  EXPECT_THAT(error("combinde"), AllOf(HasSubstr("'combinde'"), HasSubstr("combined"),
                                       HasSubstr("vhost_combined"), HasSubstr("json")));
  EXPECT_THAT(error(""), HasSubstr("combined"));
}

}  // namespace
}  // namespace forkloom::accesslog
