#include "wsgi/input.h"

#include <random>

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

// Does the same to wsgi.input and to an io.BytesIO of the same bytes.
constexpr const char* kComparing = R"(
import io, random, urllib.parse
def application(environ, start_response):
    start_response('200 OK', [])
    rng = random.Random(int(environ['QUERY_STRING']))
    real = environ['wsgi.input']
    model = io.BytesIO(bodies[int(environ['QUERY_STRING'])])
    for step in range(40):
        name = rng.choice(['read', 'readline', 'readlines', 'next', 'readinto', 'for'])
        size = rng.choice([None, -1, 0, 1, 2, 5, 100, 1000, 5000, 20000])
        if name == 'next':
            got, want = next(real, 'end'), next(model, 'end')
        elif name == 'for':
            if rng.random() < 0.9: continue
            got, want = list(real), list(model)
        elif name == 'readinto':
            a, b = bytearray(size or 3 if size != -1 else 3), bytearray(size or 3 if size != -1 else 3)
            got, want = (real.readinto(a), a), (model.readinto(b), b)
        else:
            args = [] if size == -1 and rng.random() < 0.5 else [size]
            got, want = getattr(real, name)(*args), getattr(model, name)(*args)
        assert got == want, (name, size, got, want)
        assert type(got) is type(want)
    assert real.read() == model.read()
    assert real.read() == b'' == real.readline() == real.read(5)
    assert real.readlines() == [] and list(real) == []
    return [b'same']
)";

TEST(Input, ReadsAsBytesIODoes) {
  for (const bool is_spooled : {false, true}) {
    TestServer server(kComparing);
    server.run(
        "rng = random.Random(7)\n"
        "def body():\n"
        "    size = rng.choice([0, 1, 10, 1000, 100000])\n"
        "    alphabet = rng.choice([b'\\n', b'ab\\n', b'x' * 200 + b'\\n\\r\\x00', b'y'])\n"
        "    return bytes(rng.choices(alphabet, k=size))\n"
        "bodies = [body() for i in range(200)]\n");
    std::vector<Asked> asked;
    for (int i = 0; i < 200; ++i) {
      const std::string hex = server.eval("bodies[" + std::to_string(i) + "].hex()");
      std::string body;
      for (std::size_t at = 0; at < hex.size(); at += 2) {
        body += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
      }
      asked.push_back({.query = std::to_string(i), .body = body, .is_spooled = is_spooled});
    }
    for (const auto& response : server.serve_all(asked)) EXPECT_EQ(response.body, "same");
    EXPECT_EQ(server.log.text(), "");
  }
}

TEST(Input, RefusesArgumentsThatAreNoSize) {
  TestServer server(R"(
errors = []
def application(environ, start_response):
    start_response('200 OK', [])
    i = environ['wsgi.input']
    for call in (lambda: i.read('x'), lambda: i.read(1, 2), lambda: i.readline(1.5),
                 lambda: i.read(1 << 100), lambda: i.readinto(b'const'), lambda: type(i)(),
                 lambda: setattr(type(i), 'x', 1), lambda: setattr(i, 'x', 1)):
        try: call()
        except Exception as e: errors.append(type(e).__name__)
    return [i.read()]
)");
  EXPECT_EQ(server.serve({.body = "whole"}).body, "whole");
  EXPECT_EQ(server.eval("errors"),
            "['TypeError', 'TypeError', 'TypeError', 'OverflowError', 'BufferError', 'TypeError', "
            "'TypeError', 'AttributeError']");
}

TEST(Input, KeptBeyondTheRequestItIsClosed) {
  for (const bool is_spooled : {false, true}) {
    TestServer server(R"(
kept = []
def application(environ, start_response):
    kept.append(environ['wsgi.input'])
    assert not kept[-1].closed and kept[-1].readable()
    start_response('200 OK', [])
    return [kept[-1].readline()]
)");
    const auto answers = server.serve_all({{.body = "one\nrest", .is_spooled = is_spooled},
                                           {.body = "two\nrest", .is_spooled = is_spooled}});
    EXPECT_EQ(answers[0].body, "one\n");
    EXPECT_EQ(answers[1].body, "two\n");
    server.run(R"(
assert kept[0] is not kept[1]
for i in kept:
    assert i.closed
    for call in (i.read, i.readline, i.readlines, lambda: list(i), lambda: i.readinto(bytearray(3))):
        try: call()
        except ValueError as e: assert 'after its request had ended' in str(e)
        else: assert False, call
)");
  }
}

TEST(Input, AFailingDiskIsAnOSError) {
  TestServer server(
      "def application(environ, start_response):\n"
      "    environ['wsgi.input'].read()\n");
  EXPECT_EQ(server.serve({.body = "lost", .is_spooled = true, .is_broken = true}).aborts, 1);
  EXPECT_THAT(server.log.text(), HasSubstr("OSError: the request's body cannot be read back"));
}

TEST(Input, AReadOfAnotherThreadEndsBeforeTheBodyDoes) {
  TestServer server(R"(
import threading
results = []
threads = []
def work(i):
    try:
        while True: results.append(len(i.read(3000)))
    except ValueError: pass
def application(environ, start_response):
    threads.append(threading.Thread(target=work, args=(environ['wsgi.input'],)))
    threads[-1].start()
    start_response('200 OK', [])
    return [b'x']
)");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(server.serve({.body = std::string(200000, 'x'), .is_spooled = true}).body, "x");
  }
  server.run("for t in threads: t.join()\nassert set(results) <= {0, 3000, 2000}, set(results)");
}

}  // namespace
}  // namespace forkloom::wsgi
