#include "wsgi/start_response.h"

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

std::string application(const std::string& body) {
  std::string source = "import sys\ndef application(environ, start_response):\n";
  std::size_t begin = 0;
  while (begin < body.size()) {
    const std::size_t end = std::min(body.find('\n', begin), body.size());
    source += "    " + body.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return source;
}

// What is logged for an application of this body, whose request is aborted before the head.
std::string refused(const std::string& body) {
  TestServer server(application(body));
  const auto response = server.serve();
  EXPECT_EQ(response.starts, 0);
  EXPECT_EQ(response.aborts, 1);
  const auto lines = server.log.lines();
  EXPECT_EQ(lines.size(), 1U);
  if (lines.empty()) return "";
  EXPECT_EQ(lines[0].level, Level::kError);
  EXPECT_EQ(lines[0].request_id, "00000000000000a1");
  return lines[0].text;
}

std::string refused_headers(const std::string& headers) {
  return refused("start_response('200 OK', " + headers + ")\nreturn [b'']");
}

TEST(StartResponse, GivesStatusAndFieldsInTheirOrder) {
  TestServer server(application(
      "start_response('404 Not \\xfcber', [('X-B', '1'), ('X-A', 'tw\\xf6'), ('X-B', '')])\n"
      "return [b'x']"));
  const auto response = server.serve();
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.reason,
            "Not \xfc"
            "ber");
  EXPECT_THAT(response.fields,
              testing::ElementsAre(std::pair("X-B", "1"), std::pair("X-A", "tw\xf6"),
                                   std::pair("X-B", "")));
  EXPECT_EQ(response.body_length, 1U);
  EXPECT_EQ(response.finishes, 1);
}

TEST(StartResponse, RefusesAStatusThatIsNone) {
  for (const char* status : {"b'200 OK'", "200", "'200'", "'OK'", "'2000 OK'", "'20x OK'",
                             "'200 O\\nK'", "'200 \\u20ac'", "'100 Continue'", "''", "None"}) {
    EXPECT_THAT(refused("start_response(" + std::string(status) + ", [])\nreturn [b'']"),
                HasSubstr("start_response: "))
        << status;
  }
}

TEST(StartResponse, RefusesFieldsThatAreNone) {
  EXPECT_THAT(refused_headers("(('A', 'b'),)"), HasSubstr("must be a list"));
  EXPECT_THAT(refused_headers("{'A': 'b'}"), HasSubstr("must be a list"));
  EXPECT_THAT(refused_headers("[['A', 'b']]"), HasSubstr("(name, value) tuple"));
  EXPECT_THAT(refused_headers("[('A', 'b', 'c')]"), HasSubstr("(name, value) tuple"));
  EXPECT_THAT(refused_headers("[('A', 1)]"), HasSubstr("must be str"));
  EXPECT_THAT(refused_headers("[(b'A', 'b')]"), HasSubstr("must be str"));
  EXPECT_THAT(refused_headers("[('', 'b')]"), HasSubstr("no header name"));
  EXPECT_THAT(refused_headers("[('A B', 'b')]"), HasSubstr("no header name"));
  EXPECT_THAT(refused_headers("[('A:', 'b')]"), HasSubstr("no header name"));
  EXPECT_THAT(refused_headers("[('\\xfc', 'b')]"), HasSubstr("no header name"));
  EXPECT_THAT(refused_headers("[('A', 'b\\r\\nSet-Cookie: x')]"), HasSubstr("control characters"));
  EXPECT_THAT(refused_headers("[('A', '\\x00')]"), HasSubstr("control characters"));
  EXPECT_THAT(refused_headers("[('A', '\\x7f')]"), HasSubstr("control characters"));
  EXPECT_THAT(refused_headers("[('A', '\\u20ac')]"), HasSubstr("Latin-1"));
}

TEST(StartResponse, RefusesHopByHopFieldsAndSaysWhatToDo) {
  for (const char* name : {"Connection", "keep-alive", "Proxy-Authenticate", "Proxy-Anything", "TE",
                           "Trailer", "TRAILERS", "Transfer-Encoding", "upgrade"}) {
    EXPECT_THAT(refused_headers("[('" + std::string(name) + "', 'x')]"), HasSubstr("hop-by-hop; "))
        << name;
  }
}

TEST(StartResponse, RefusesAContentLengthThatIsNoNumber) {
  for (const char* value : {"", "-1", "+1", "1, 1", "0x10", "99999999999999999999999"}) {
    EXPECT_THAT(refused_headers("[('Content-Length', '" + std::string(value) + "')]"),
                HasSubstr("Content-Length"))
        << value;
  }
  EXPECT_THAT(refused_headers("[('Content-Length', '1'), ('content-length', '1')]"),
              HasSubstr("more than one"));
}

TEST(StartResponse, ASecondCallNeedsExcInfo) {
  EXPECT_THAT(refused("start_response('200 OK', [])\nstart_response('200 OK', [])\nreturn [b'']"),
              HasSubstr("AssertionError: start_response was called a second time"));
}

TEST(StartResponse, ExcInfoReplacesAHeadThatWasNotSent) {
  for (const char* call : {"start_response('500 Oops', [('A', 'b')], sys.exc_info())",
                           "start_response('500 Oops', [('A', 'b')], exc_info=sys.exc_info())"}) {
    TestServer server(
        application("start_response('200 OK', [('C', 'd')])\n"
                    "try:\n  1/0\nexcept ZeroDivisionError:\n  " +
                    std::string(call) + "\nreturn [b'sorry']"));
    const auto response = server.serve();
    EXPECT_EQ(response.status, 500);
    EXPECT_THAT(response.fields, testing::ElementsAre(std::pair("A", "b")));
    EXPECT_EQ(response.body, "sorry");
    EXPECT_EQ(response.finishes, 1);
  }
}

TEST(StartResponse, ExcInfoIsRaisedAgainOnceTheHeadWasSent) {
  TestServer server(
      application("start_response('200 OK', [])(b'some')\n"
                  "try:\n  raise KeyError('deep')\nexcept KeyError:\n"
                  "  start_response('500 Oops', [], sys.exc_info())\n"
                  "return [b'not sent']"));
  const auto response = server.serve();
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "some");
  EXPECT_EQ(response.aborts, 1);
  EXPECT_THAT(server.log.text(), HasSubstr("line 5, in application"))
      << "where it was raised first";
  EXPECT_THAT(server.log.text(), HasSubstr("KeyError: 'deep'"));
}

TEST(StartResponse, RefusesOtherArguments) {
  for (const char* arguments : {"", "'200 OK'", "'200 OK', [], None, None", "'200 OK', [], bad=1",
                                "'200 OK', [], 5", "'200 OK', [], (1, 2)"}) {
    refused("start_response(" + std::string(arguments) + ")\nreturn [b'']");
  }
}

TEST(StartResponse, KeptBeyondTheRequestItRaises) {
  TestServer server(
      "kept = []\n"
      "def application(environ, start_response):\n"
      "    if not kept: kept[:] = [start_response, start_response('200 OK', [])]\n"
      "    else: start_response('200 OK', [])\n"
      "    return [b'x']\n");
  server.serve_all({{}, {}});
  server.run(R"(
for call in (lambda: kept[0]('200 OK', []), lambda: kept[1](b'x')):
    try:
        call()
    except RuntimeError as e:
        assert 'after the request had ended' in str(e), e
    else:
        assert False
)");
}

TEST(Write, SendsAtOnceAndComesBeforeTheIterable) {
  TestServer server(
      application("write = start_response('200 OK', [])\n"
                  "write(b'')\n"
                  "write(b'one ')\n"
                  "write(b'two ')\n"
                  "return [b'three']"));
  const auto response = server.serve();
  EXPECT_EQ(response.body, "one two three");
  EXPECT_THAT(response.calls, testing::ElementsAre(4, 4, 5));
  EXPECT_THAT(response.flows,
              testing::ElementsAre(app::Flow::kWait, app::Flow::kWait, app::Flow::kHandOver));
  EXPECT_EQ(response.body_length, std::nullopt);
  EXPECT_EQ(response.finishes, 1);
}

TEST(Write, TakesBytesOnly) {
  EXPECT_THAT(refused("start_response('200 OK', [])('text')\nreturn []"),
              HasSubstr("write() takes bytes, not str"));
}

TEST(Write, OfAnotherThreadIsRefused) {
  TestServer server(
      "import threading\n"
      "errors = []\n"
      "def call(write):\n"
      "    try: write(b'x')\n"
      "    except RuntimeError as e: errors.append(str(e))\n"
      "def application(environ, start_response):\n"
      "    write = start_response('200 OK', [])\n"
      "    t = threading.Thread(target=call, args=(write,)); t.start(); t.join()\n"
      "    return [b'done']\n");
  EXPECT_EQ(server.serve().body, "done");
  EXPECT_THAT(server.eval("errors"), HasSubstr("another thread"));
}

TEST(Write, RaisesOnceTheClientIsGone) {
  TestServer server(
      "count = 0\n"
      "def application(environ, start_response):\n"
      "    global count\n"
      "    write = start_response('200 OK', [])\n"
      "    while True:\n"
      "        write(b'x')\n"
      "        count += 1\n");
  const auto response = server.serve({.stops_after = 3});
  EXPECT_EQ(response.aborts, 1);
  EXPECT_EQ(server.eval("count"), "2");
  ASSERT_EQ(server.log.lines().size(), 1U);
  EXPECT_EQ(server.log.lines()[0].level, Level::kInfo) << "no error of the application";
}

TEST(Write, BeyondTheLengthIsSilentlyDropped) {
  TestServer server(
      application("write = start_response('200 OK', [('Content-Length', '1')])\n"
                  "for i in range(5): write(b'x')\n"
                  "return [b'y']"));
  const auto response = server.serve({.stops_after = 2, .stops_with = app::Sent::kOverLength});
  EXPECT_EQ(response.calls.size(), 2U);
  EXPECT_EQ(response.finishes, 1);
}

}  // namespace
}  // namespace forkloom::wsgi
