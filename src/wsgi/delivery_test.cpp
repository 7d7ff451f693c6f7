#include "wsgi/delivery.h"

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// closed counts close(); each application returns `make(...)` after start_response.
std::string returning(const std::string& expression) {
  return R"(
import sys
closed = 0
made = []
class Iterable:
    def __init__(self, blocks, size=None):
        self.blocks = blocks
        if size is not None:
            self.__class__ = Sized
            self.size = size
    def __iter__(self):
        for block in self.blocks:
            made.append(block)
            if isinstance(block, type) and issubclass(block, BaseException):
                raise block('in the middle')
            yield block
    def close(self):
        global closed
        closed += 1
class Sized(Iterable):
    def __len__(self):
        if self.size < 0: raise OSError
        return self.size
class BadClose(Iterable):
    def close(self):
        super().close()
        raise SystemExit('bad close')
def application(environ, start_response):
    start_response('200 OK', [])
    return )" +
         expression + "\n";
}

TEST(Delivery, AListGoesOutWholeInOneCall) {
  for (const char* result : {"[b'one', b'', b'two']", "(b'one', b'two')"}) {
    TestServer server(returning(result));
    const auto response = server.serve();
    EXPECT_EQ(response.body, "onetwo");
    EXPECT_THAT(response.calls, ElementsAre(6));
    EXPECT_THAT(response.flows, ElementsAre(app::Flow::kHandOver));
    EXPECT_TRUE(response.is_whole);
    EXPECT_EQ(response.body_length, std::nullopt);
    EXPECT_EQ(response.finishes, 1);
  }
}

TEST(Delivery, AnEmptyAnswerHasLengthZero) {
  for (const char* result : {"[]", "()", "[b'']", "iter([])", "Iterable([b'', b''])", "''", "{}"}) {
    TestServer server(returning(result));
    const auto response = server.serve();
    EXPECT_EQ(response.body, "") << result;
    EXPECT_EQ(response.body_length, 0U) << result;
    EXPECT_TRUE(response.is_whole) << result;
    EXPECT_EQ(response.finishes, 1) << result;
  }
}

TEST(Delivery, AnIterableGoesOutBlockByBlock) {
  TestServer server(returning("Iterable([b'', b'one', b'', b'two'])"));
  const auto response = server.serve();
  EXPECT_EQ(response.body, "onetwo");
  EXPECT_THAT(response.calls, ElementsAre(3, 3));
  EXPECT_THAT(response.flows, ElementsAre(app::Flow::kWait, app::Flow::kWait));
  EXPECT_EQ(response.body_length, std::nullopt);
  EXPECT_EQ(response.finishes, 1);
  EXPECT_EQ(server.eval("closed"), "1");
}

TEST(Delivery, AnIterableOfLengthOneHasALength) {
  TestServer one(returning("Iterable([b'hello'], size=1)"));
  EXPECT_EQ(one.serve().body_length, 5U);
  EXPECT_EQ(one.eval("closed"), "1");
  TestServer two(returning("Iterable([b'hel', b'lo'], size=2)"));
  EXPECT_EQ(two.serve().body_length, std::nullopt);
  TestServer bad(returning("Iterable([b'hello'], size=-1)"));
  const auto response = bad.serve();
  EXPECT_EQ(response.body, "hello");
  EXPECT_EQ(response.finishes, 1);
}

TEST(Delivery, IterablesOfEveryKind) {
  for (const char* result :
       {"iter([b'a', b'b'])", "(x for x in (b'a', b'b'))", "{b'a': 1, b'b': 2}",
        "map(bytes, [b'a', b'b'])", "type('L', (list,), {})([b'a', b'b'])",
        "type('G', (), {'__getitem__': lambda self, i: [b'a', b'b'][i]})()"}) {
    TestServer server(returning(result));
    const auto response = server.serve();
    EXPECT_EQ(response.body, "ab") << result << "\n" << server.log.text();
    EXPECT_EQ(response.finishes, 1) << result;
  }
}

TEST(Delivery, StartResponseMayComeFromTheGenerator) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    yield b''\n"
      "    start_response('201 Made', [])\n"
      "    yield b'x'\n");
  const auto response = server.serve();
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "x");
  EXPECT_EQ(response.finishes, 1);
}

TEST(Delivery, WithoutStartResponseThereIsNoAnswer) {
  for (const char* source :
       {"def application(e, s): return [b'x']", "def application(e, s): return []",
        "def application(e, s): yield b'x'", "def application(e, s):\n  if 0: yield b'x'"}) {
    TestServer server(source);
    const auto response = server.serve();
    EXPECT_EQ(response.starts, 0) << source;
    EXPECT_EQ(response.aborts, 1) << source;
    EXPECT_THAT(server.log.text(), HasSubstr("did not call start_response")) << source;
  }
}

TEST(Delivery, ResultsThatAreNoBlocksAreExplained) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"None", "'NoneType' object is not iterable"},
      {"'text'", "is a str: it must be bytes"},
      {"b'body'", "must return an iterable of bytes, like [body]"},
      {"['text']", "is a str: it must be bytes"},
      {"[b'a', 5]", "is int: it must be bytes"},
      {"iter(['text'])", "is a str: it must be bytes"},
      {"5", "'int' object is not iterable"}};
  for (const auto& [result, message] : cases) {
    TestServer server(returning(result));
    const auto response = server.serve();
    EXPECT_EQ(response.starts, 0) << result;
    EXPECT_EQ(response.aborts, 1) << result;
    EXPECT_THAT(server.log.text(), HasSubstr(message)) << result;
  }
}

TEST(Delivery, WhateverIsRaisedBeforeTheHeadIsA500) {
  for (const char* exception : {"ValueError('x')", "SystemExit(1)", "KeyboardInterrupt()",
                                "GeneratorExit()", "StopIteration()", "MemoryError()"}) {
    TestServer server("def application(e, s):\n    s('200 OK', [])\n    raise " +
                      std::string(exception));
    const auto answers = server.serve_all({{}, {}});
    for (const auto& response : answers) {
      EXPECT_EQ(response.starts, 0);
      EXPECT_EQ(response.aborts, 1);
    }
    EXPECT_THAT(server.log.text(), HasSubstr("Traceback (most recent call last)"));
    EXPECT_EQ(server.log.lines().size(), 2U);
  }
}

TEST(Delivery, WhateverIsRaisedAfterTheHeadCutsTheAnswer) {
  for (const char* exception : {"ValueError", "SystemExit", "KeyboardInterrupt", "GeneratorExit"}) {
    TestServer server(returning("Iterable([b'one', " + std::string(exception) + ", b'two'])"));
    const auto response = server.serve();
    EXPECT_EQ(response.body, "one");
    EXPECT_EQ(response.aborts, 1);
    EXPECT_EQ(server.eval("closed"), "1");
    EXPECT_THAT(server.log.text(), HasSubstr(std::string(exception) + ": in the middle"));
  }
}

TEST(Delivery, AnExceptionBeforeTheFirstBlockIsA500AndCloses) {
  TestServer server(returning("Iterable([b'', ValueError])"));
  const auto response = server.serve();
  EXPECT_EQ(response.starts, 0);
  EXPECT_EQ(response.aborts, 1);
  EXPECT_EQ(server.eval("closed"), "1");
}

TEST(Delivery, CloseThatRaisesIsLoggedAndTheAnswerStands) {
  TestServer server(returning("BadClose([b'one'])"));
  const auto response = server.serve();
  EXPECT_EQ(response.body, "one");
  EXPECT_EQ(response.finishes, 1);
  EXPECT_EQ(server.eval("closed"), "1");
  EXPECT_THAT(server.log.text(), HasSubstr("SystemExit: bad close"));
}

TEST(Delivery, AClientThatLeftStopsTheIterationAndCloses) {
  TestServer server(returning("Iterable([b'1', b'2', b'3', b'4'])"));
  const auto response = server.serve({.stops_after = 2});
  EXPECT_EQ(response.calls.size(), 2U);
  EXPECT_EQ(server.eval("made"), "[b'1', b'2']");
  EXPECT_EQ(server.eval("closed"), "1");
  EXPECT_EQ(response.aborts, 1);
}

TEST(Delivery, TooMuchStopsTheIterationAndFinishes) {
  TestServer server(returning("Iterable([b'1', b'2', b'3', b'4'])"));
  const auto response = server.serve({.stops_after = 2, .stops_with = app::Sent::kOverLength});
  EXPECT_EQ(server.eval("made"), "[b'1', b'2']");
  EXPECT_EQ(server.eval("closed"), "1");
  EXPECT_EQ(response.finishes, 1);
}

TEST(Delivery, AListForAClientThatLeftIsAborted) {
  TestServer server(returning("[b'x']"));
  EXPECT_EQ(server.serve({.stops_after = 1}).aborts, 1);
}

TEST(Delivery, HeadNeedsNoMoreThanTheFirstBlock) {
  TestServer server(returning("Iterable([b'1', b'2', b'3'])"));
  const auto response = server.serve({.method = "HEAD"});
  EXPECT_EQ(server.eval("made"), "[b'1']");
  EXPECT_EQ(server.eval("closed"), "1");
  EXPECT_EQ(response.finishes, 1);
}

TEST(Delivery, AnEmptyListForHeadSaysNothingOfTheLength) {
  TestServer server(returning("[]"));
  EXPECT_EQ(server.serve({.method = "HEAD"}).body_length, std::nullopt);
  TestServer full(returning("[b'12345']"));
  EXPECT_EQ(full.serve({.method = "HEAD"}).body_length, 5U);
}

TEST(Delivery, AnIterableMayCloseOnlyItselfNotItsIterator) {
  TestServer server(R"(
closed = []
class It:
    def __next__(self): raise StopIteration
    def __iter__(self): return self
    def close(self): closed.append('iterator')
class Able:
    def __iter__(self): return It()
    def close(self): closed.append('iterable')
def application(environ, start_response):
    start_response('200 OK', [])
    return Able()
)");
  server.serve();
  EXPECT_EQ(server.eval("closed"), "['iterable']");
}

TEST(Delivery, LargeBlocksOfAListAreDroppedOnceSentSmallOnesAtTheNextRequest) {
  TestServer server(R"(
alive = []
class Block(bytes):
    def __new__(cls, size):
        alive.append(size)
        return super().__new__(cls, b'x' * size)
    def __del__(self): alive.remove(len(self))
def application(environ, start_response):
    start_response('200 OK', [('X-Alive', str(alive))])
    return [Block(int(environ['QUERY_STRING']))]
)");
  const auto answers = server.serve_all({{.query = "10"}, {.query = "100000"}, {.query = "20"}});
  EXPECT_EQ(answers[0].body.size(), 10U);
  EXPECT_EQ(answers[1].body.size(), 100000U);
  EXPECT_EQ(answers[1].field("X-Alive"), "[]");
  EXPECT_EQ(answers[2].field("X-Alive"), "[]");
  EXPECT_EQ(server.eval("alive"), "[]") << "the thread has ended";
}

TEST(Delivery, CloseStillReadsTheInputAndWritesErrorsOfTheRequest) {
  TestServer server(R"(
read = []
class Answer:
    def __init__(self, environ): self.environ = environ
    def __iter__(self): return iter([b'x'])
    def close(self):
        read.append(self.environ['wsgi.input'].read())
        self.environ['wsgi.errors'].write('from close')
def application(environ, start_response):
    start_response('200 OK', [])
    return Answer(environ)
)");
  server.serve({.body = "body"});
  EXPECT_EQ(server.eval("read"), "[b'body']");
  ASSERT_EQ(server.log.lines().size(), 1U);
  EXPECT_EQ(server.log.lines()[0].text, "from close");
  EXPECT_EQ(server.log.lines()[0].request_id, "00000000000000a1");
}

TEST(Delivery, TheServerAnswersInPlaceOfAnErrorWhereThePlaceSaysSo) {
  for (const std::string body :
       {"return Iterable([b'own words'])", "write(b'own words')\n    return []",
        "return [b'own words']", "return iter([])", "yield b'own words'",
        "return environ['wsgi.file_wrapper'](io.BytesIO(b'own words'))"}) {
    const std::string source = returning("[]") +
                               "import io\n"
                               "def application(environ, start_response):\n"
                               "    write = start_response(environ['QUERY_STRING'], [])\n    " +
                               body + "\n";
    TestServer server(source);
    server.site.place.overrides_errors = true;
    const auto answers = server.serve_all({{.query = "503 Down"}, {.query = "399 Fine"}});
    EXPECT_EQ(answers[0].refusals, 1) << body;
    EXPECT_EQ(answers[0].status, 503) << body;
    EXPECT_EQ(answers[0].body, "") << body;
    EXPECT_EQ(answers[1].status, 399) << body;
    EXPECT_EQ(answers[1].finishes, 1) << body;
    EXPECT_EQ(server.log.text(), "");
    server.site.place.overrides_errors = false;
    EXPECT_EQ(server.serve({.query = "503 Down"}).refusals, 0) << body;
  }
}

TEST(Delivery, AnOverriddenAnswerIsClosedWithoutBeingMade) {
  TestServer server(returning("Iterable([b'1'])") +
                    "inner = application\n"
                    "def application(environ, start_response):\n"
                    "    return inner(environ, lambda *a: start_response('404 Gone', []))\n");
  server.site.place.overrides_errors = true;
  EXPECT_EQ(server.serve().refusals, 1);
  EXPECT_EQ(server.eval("(closed, made)"), "(1, [])");
}

TEST(Delivery, WhereHeadBecameGetAnEmptyAnswerHasALength) {
  TestServer server(returning("[]"));
  Asked asked = {.method = "HEAD"};
  asked.appearance.method = "GET";
  EXPECT_EQ(server.serve(asked).body_length, 0U);
}

TEST(Delivery, ComplaintsGoToTheLogOfThePlace) {
  TestServer server("def application(environ, start_response): raise ValueError('x')");
  RecordingLog other;
  server.site.place.log = &other;
  server.serve();
  EXPECT_EQ(server.log.text(), "");
  EXPECT_THAT(other.text(), HasSubstr("ValueError: x"));
}

}  // namespace
}  // namespace forkloom::wsgi
