#include "wsgi/error_stream.h"

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::ElementsAre;

std::vector<std::string> logged(RecordingLog& log) {
  std::vector<std::string> lines;
  for (const auto& line : log.lines()) {
    EXPECT_EQ(line.level, Level::kError);
    lines.push_back(line.request_id.substr(std::min<std::size_t>(line.request_id.size(), 14)) +
                    "|" + line.text);
  }
  return lines;
}

TEST(ErrorStream, LogsWholeLinesWithTheRequestsId) {
  TestServer server(R"(
def application(environ, start_response):
    errors = environ['wsgi.errors']
    assert errors.write('one\ntwo') == 7
    assert errors.write(' goes on\n') == 9
    errors.writelines(['three', '\n', 'four'])
    errors.flush()
    errors.flush()
    print('printed \u20ac \udcff', file=errors)
    assert errors.writable() and not errors.isatty()
    errors.write('rest')
    start_response('200 OK', [])
    return []
)");
  server.serve_all({{}, {.request_id = "00000000000000b2"}});
  std::vector<std::string> expected;
  for (const std::string id : {"a1|", "b2|"}) {
    for (const char* text :
         {"one", "two goes on", "three", "four", "printed \u20ac \\udcff", "rest"}) {
      expected.push_back(id + text);
    }
  }
  EXPECT_EQ(logged(server.log), expected);
}

TEST(ErrorStream, SeveralLinesOfOneWriteStayTogether) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    environ['wsgi.errors'].write('a\\nb\\nc')\n"
      "    start_response('200 OK', [])\n"
      "    return []\n");
  server.serve();
  EXPECT_THAT(logged(server.log), ElementsAre("a1|a\nb", "a1|c"));
}

TEST(ErrorStream, TakesStrOnly) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    environ['wsgi.errors'].write(b'bytes')\n");
  EXPECT_EQ(server.serve().aborts, 1);
  EXPECT_THAT(server.log.text(), testing::HasSubstr("wsgi.errors takes str, not bytes"));
}

TEST(ErrorStream, KeptBeyondTheRequestItLogsForNoRequest) {
  TestServer server(
      "kept = []\n"
      "def application(environ, start_response):\n"
      "    kept.append(environ['wsgi.errors'])\n"
      "    for errors in kept: errors.write('%d\\n' % len(kept))\n"
      "    start_response('200 OK', [])\n"
      "    return []\n");
  server.serve_all({{}, {.request_id = "00000000000000b2"}});
  server.run("kept[0].write('later\\n')\nkept.pop().write('dropped with its last reference')");
  EXPECT_THAT(logged(server.log),
              ElementsAre("a1|1", "|2", "b2|2", "|later", "|dropped with its last reference"));
}

TEST(ErrorStream, EachRequestWritesToTheLogOfItsPlace) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    environ['wsgi.errors'].write('to the log')\n"
      "    start_response('200 OK', [])\n"
      "    return []\n");
  RecordingLog second_log;
  Site second = server.site;
  second.place.number = 1;
  second.place.log = &second_log;
  server.on_request_thread([&](app::RequestThread& thread) {
    for (const Site* site : {&server.site, &second, &second}) {
      PlayedExchange played(*site, {});
      thread.serve(played.exchange());
    }
  });
  EXPECT_EQ(server.log.lines().size(), 1U);
  EXPECT_EQ(second_log.lines().size(), 2U);
}

TEST(ErrorStream, ALineWithoutEndIsLoggedInPieces) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    for i in range(100): environ['wsgi.errors'].write('x' * 1000)\n"
      "    start_response('200 OK', [])\n"
      "    return []\n");
  server.serve();
  const auto lines = server.log.lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text.size() + lines[1].text.size(), 100000U);
}

}  // namespace
}  // namespace forkloom::wsgi
