#include "wsgi/lifecycle.h"

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
