#include "wsgi/lifecycle.h"

#include <filesystem>
#include <fstream>

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

TEST(RestrictSignals, SignalSignalOnlyWarnsOncePerPlace) {
  TestServer server(
      "import signal\n"
      "original = signal.signal\n"
      "before = signal.getsignal(signal.SIGUSR1)\n"
      "def handler(*args): pass\n"
      "application = handler\n");
  auto py = python::Attached::by_caller();
  ASSERT_TRUE(restrict_signals(py, server.log));
  server.run(
      "for i in range(3): assert signal.signal(signal.SIGUSR1, handler) is before\n"
      "assert signal.getsignal(signal.SIGUSR1) is before\n"
      "\nsignal.signal(signal.SIGUSR2, handler)\n"
      "try: signal.signal(5)\n"
      "except TypeError: pass\n"
      "else: assert False\n"
      "signal.signal = original\n");
  const auto lines = server.log.lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].level, Level::kWarning);
  EXPECT_THAT(lines[0].text, HasSubstr("<string>:1 has no effect"));
  EXPECT_THAT(lines[1].text, HasSubstr("<string>:4 has no effect"));
}

TEST(RestrictStreams, UseOfThemIsAnOSErrorThatNamesTheDirective) {
  TestServer server("import sys\nstreams = sys.stdin, sys.stdout\n");
  auto py = python::Attached::by_caller();
  ASSERT_TRUE(apply_restrictions(
      py, {.restricts_stdin = true, .restricts_stdout = true, .restricts_signal = false},
      server.log));
  server.run(R"(
errors = []
for use in (lambda: sys.stdin.read(), lambda: input(), lambda: next(sys.stdin), lambda: list(sys.stdin),
            lambda: print('x'), lambda: sys.stdout.write('x'), lambda: sys.stdout.fileno()):
    try: use()
    except OSError as e: errors.append(str(e))
sys.stdout.flush()
kinds = isinstance(sys.stdout, str), type(sys.stdin).__name__
sys.stdin, sys.stdout = streams
)");
  EXPECT_EQ(server.eval("errors"),
            "['sys.stdin must not be used: WSGIRestrictStdin is On', "
            "'sys.stdin must not be used: WSGIRestrictStdin is On', "
            "'sys.stdin must not be used: WSGIRestrictStdin is On', "
            "'sys.stdin must not be used: WSGIRestrictStdin is On', "
            "'sys.stdout must not be used: WSGIRestrictStdout is On', "
            "'sys.stdout must not be used: WSGIRestrictStdout is On', "
            "'sys.stdout must not be used: WSGIRestrictStdout is On']");
  EXPECT_EQ(server.eval("kinds"), "(False, 'RestrictedStream')");
}

TEST(RestrictStreams, NothingIsRestrictedThatTheOptionsLeaveFree) {
  TestServer server("import signal, sys\nbefore = sys.stdin, sys.stdout, signal.signal\n");
  auto py = python::Attached::by_caller();
  ASSERT_TRUE(apply_restrictions(py, {.restricts_signal = false}, server.log));
  server.run("assert before == (sys.stdin, sys.stdout, signal.signal)");
}

TEST(ImportScript, RunsItOnceForTheTargetToo) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "forkloom_import_script_test.wsgi").string();
  std::ofstream(path) << "import sys\n"
                         "sys.forkloom_runs = getattr(sys, 'forkloom_runs', 0) + 1\n"
                         "def application(environ, start_response):\n"
                         "    start_response('200 OK', [])\n"
                         "    return [b'%d' % sys.forkloom_runs]\n";
  TestServer server;
  auto py = python::Attached::by_caller();
  ASSERT_TRUE(import_script(py, path, server.log));
  server.site.target.kind = app::Target::Kind::kScript;
  server.site.target.script_path = path;
  EXPECT_EQ(server.serve().body, "1");
  std::filesystem::remove(path);
  const auto missing = import_script(py, path, server.log);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message(), HasSubstr("is missing"));
}

TEST(EndInterpreter, JoinsThreadsRunsAtexitAndFlushes) {
  TestServer server(R"(
import atexit, io, sys, threading, time
done = []
def work():
    time.sleep(0.05)
    done.append('thread')
threading.Thread(target=work).start()
atexit.register(lambda: done.append('atexit'))
atexit.register(lambda: 1 / 0)
class Stream(io.StringIO):
    def flush(self): done.append('flush')
class Bad(io.StringIO):
    def flush(self): raise OSError('full')
streams = sys.stdout, sys.stderr
sys.stdout = Stream()
sys.stderr = Bad()
sys.unraisablehook = lambda unraisable: None
application = work
)");
  auto py = python::Attached::by_caller();
  end_interpreter(py, server.log);
  server.run("sys.stdout, sys.stderr = streams; sys.unraisablehook = sys.__unraisablehook__");
  EXPECT_EQ(server.eval("done"), "['thread', 'atexit', 'flush']");
  EXPECT_THAT(server.log.text(), HasSubstr("sys.stderr cannot be flushed:"));
  EXPECT_THAT(server.log.text(), HasSubstr("OSError: full"));
}

}  // namespace
}  // namespace forkloom::wsgi
