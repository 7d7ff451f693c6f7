#include "wsgi/request_thread.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <climits>

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

// An application of each kind, chosen by the path.
constexpr const char* kAllKinds = R"(
import gc, io, sys, wsgiref.validate
types = []
class Closing:
    def __iter__(self): return iter([b'a', b'b'])
    def close(self): pass
def kinds(environ, start_response):
    kind = environ['PATH_INFO'][1:]
    types[:] = [type(environ['wsgi.input']), type(environ['wsgi.errors']),
                environ['wsgi.file_wrapper'], type(start_response)]
    body = environ['wsgi.input'].read(5)
    if kind == 'raises': raise ValueError('x')
    write = start_response('200 OK', [('Content-Type', 'text/plain'), ('X-Kind', kind)])
    if kind == 'list': return [b'hello']
    if kind == 'large': return [b'hello' * 100000]
    if kind == 'tuple': return (b'hel', b'lo')
    if kind == 'generator': return (b for b in (b'hel', b'lo'))
    if kind == 'closing': return Closing()
    if kind == 'file': return environ['wsgi.file_wrapper'](io.BytesIO(b'hello'))
    if kind == 'errors': print('line', file=environ['wsgi.errors'])
    if kind == 'write': write(b'hello')
    if kind == 'nonbytes': return ['hello']
    if kind == 'middle': return (1 / 0 if i else b'a' for i in range(2))
    return []
checked = wsgiref.validate.validator(kinds)
application = kinds
)";
constexpr std::array<const char*, 11> kKinds = {"/list",     "/tuple",  "/generator", "/closing",
                                                "/file",     "/write",  "/errors",    "/large",
                                                "/nonbytes", "/middle", "/raises"};

TEST(RequestThread, TenThousandRequestsLeaveNothingBehind) {
  TestServer server(kAllKinds);
  std::vector<Asked> asked;
  for (const char* kind : kKinds) {
    asked.push_back({.path_info = kind,
                     .fields = {{"Host", "h"}, {"X-Kind", kind}, {"Content-Length", "9"}},
                     .body = "some body",
                     .is_spooled = kind == std::string("/file")});
  }
  // What each request touches: the application, our types, a constant block.
  const std::string count =
      "(gc.collect(), [sys.getrefcount(o) for o in (application, b'hello', *types)],"
      " len(gc.get_objects()))[1:]";
  const auto round = [&](int requests) {
    server.on_request_thread([&](app::RequestThread& thread) {
      for (int i = 0; i < requests; ++i) {
        PlayedExchange played(server.site, asked[static_cast<std::size_t>(i) % asked.size()]);
        thread.serve(played.exchange());
      }
    });
  };
  const auto blocks = [&] {
    return std::stol(server.eval("(gc.collect(), sys.getallocatedblocks())[1]"));
  };
  round(2000);
  server.eval(count);
  const std::string before = server.eval(count);
  // A reference lost by one kind of request leaves 909 blocks in each round; what Python's own
  // caches take differs from round to round.
  long least_growth = LONG_MAX;
  for (int i = 0; i < 3; ++i) {
    const long blocks_before = blocks();
    round(10000);
    least_growth = std::min(least_growth, blocks() - blocks_before);
  }
  EXPECT_EQ(server.eval(count), before);
  EXPECT_LT(least_growth, 500);
}

TEST(RequestThread, EveryKindPassesWsgirefValidate) {
  TestServer server(std::string(kAllKinds) + "application = checked\n");
  for (const char* kind : {"/list", "/tuple", "/generator", "/closing", "/write", "/errors"}) {
    // The validator's own write() and close() rules apply as well.
    const auto response = server.serve({.path_info = kind});
    EXPECT_EQ(response.finishes, 1) << kind << "\n" << server.log.text();
    EXPECT_EQ(response.status, 200);
  }
}

TEST(RequestThread, SeveralThreadsServeAtOnceWithoutMixingUp) {
  TestServer server(R"(
import threading
local = threading.local()
def application(environ, start_response):
    local.count = getattr(local, 'count', 0) + 1
    me = environ['QUERY_STRING']
    start_response('200 OK', [('X-Me', me)])
    def generate():
        for i in range(3):
            assert environ['QUERY_STRING'] == me
            yield me.encode()
        yield environ['wsgi.input'].read() + b' %d' % local.count
    if int(me.rsplit('-')[1]) % 2: return generate()
    return [b''.join(generate())]
)");
  std::atomic<int> wrong = 0;
  server.on_request_threads(8, [&](app::RequestThread& thread, int number) {
    for (int i = 0; i < 500; ++i) {
      const std::string me = std::to_string(number) + "-" + std::to_string(i);
      PlayedExchange played(server.site, {.query = me, .body = me + me, .is_spooled = i % 3 == 0});
      thread.serve(played.exchange());
      if (played.response.field("X-Me") != me ||
          played.response.body != me + me + me + me + me + " " + std::to_string(i + 1) ||
          played.response.finishes != 1) {
        ++wrong;
      }
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(server.log.text(), "");
}

TEST(RequestThread, ThreadNumbersReachTheApplication) {
  TestServer server(
      "seen = set()\n"
      "def application(environ, start_response):\n"
      "    seen.add(environ['forkloom.thread_id'])\n"
      "    start_response('200 OK', [])\n"
      "    return []\n");
  server.on_request_threads(3, [&](app::RequestThread& thread, int) {
    PlayedExchange played(server.site, {});
    thread.serve(played.exchange());
  });
  EXPECT_EQ(server.eval("sorted(seen)"), "[0, 1, 2]");
}

TEST(RequestThread, MemoryStaysWhereItIsWhileAnAnswerStreams) {
  TestServer server(
      "import tracemalloc\n"
      "peaks = []\n"
      "def application(environ, start_response):\n"
      "    start_response('200 OK', [])\n"
      "    tracemalloc.start()\n"
      "    for i in range(2000): yield b'%d' % i + b'x' * 50000\n"
      "    peaks.append(tracemalloc.get_traced_memory()[1])\n"
      "    tracemalloc.stop()\n");
  EXPECT_EQ(server.serve().calls.size(), 2000U);
  EXPECT_EQ(server.eval("peaks[0] < 1000000"), "True") << server.eval("peaks");
}

}  // namespace
}  // namespace forkloom::wsgi
