// How code is loaded for requests: on demand, again after a failure, again after a change.

#include "wsgi/target_code.h"

#include <atomic>
#include <filesystem>
#include <fstream>

#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

class LoadingOnDemand : public testing::Test {
 protected:
  LoadingOnDemand() {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    path_ = (std::filesystem::temp_directory_path() / ("forkloom_" + name + ".wsgi")).string();
    server_.site.target.kind = app::Target::Kind::kScript;
    server_.site.target.script_path = path_;
    server_.site.place.reloads_script = true;
    server_.run(
        "import sys, threading, time\nsys.forkloom_test = sys.modules[__name__]\nruns = []");
  }
  ~LoadingOnDemand() override { std::filesystem::remove(path_); }

  // Each state of the script is one second younger than the last.
  void write(const std::string& source) {
    std::ofstream(path_) << source;
    std::filesystem::last_write_time(
        path_, std::filesystem::file_time_type(std::chrono::seconds(1000 + ++states_)));
  }
  static std::string saying(const std::string& word) {
    return "import sys\nfrom sys import forkloom_test as test\n"
           "test.runs.append('" +
           word +
           "')\n"
           "def application(environ, start_response):\n"
           "    start_response('200 OK', [])\n"
           "    return ['" +
           word + "'.encode()]\n";
  }

  // A second target, for a thread that has to run some Python of its own.
  class OtherScript {
   public:
    OtherScript(const LoadingOnDemand& test, const std::string& source) : site_(test.server_.site) {
      site_.target.number = 1;
      site_.target.script_path += ".other";
      std::ofstream(site_.target.script_path) << "from sys import forkloom_test as test\n"

                                              << source
                                              << "def application(environ, start_response):\n"
                                                 "    start_response('200 OK', [])\n"
                                                 "    return []\n";
    }
    ~OtherScript() { std::filesystem::remove(site_.target.script_path); }

    void serve_on(app::RequestThread& thread) {
      PlayedExchange played(site_, {});
      thread.serve(played.exchange());
    }

   private:
    Site site_;
  };

  TestServer server_;
  std::string path_;
  int states_ = 0;
};

TEST_F(LoadingOnDemand, TheFirstRequestLoadsTheOthersUseIt) {
  write(saying("one"));
  for (const auto& response : server_.serve_all({{}, {}, {}})) EXPECT_EQ(response.body, "one");
  EXPECT_EQ(server_.serve().body, "one") << "another thread";
  EXPECT_EQ(server_.eval("runs"), "['one']");
}

TEST_F(LoadingOnDemand, APreloadedTargetIsNotLoadedAgain) {
  write(saying("one"));
  ASSERT_TRUE(server_.preload(server_.site.target));
  EXPECT_EQ(server_.serve().body, "one");
  EXPECT_EQ(server_.eval("runs"), "['one']");
  app::Target missing = server_.site.target;
  missing.number = 1;
  missing.callable = "nothing";
  const auto failed = server_.preload(missing);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message(),
              HasSubstr("has no 'nothing'; its callables are: application"));
}

TEST_F(LoadingOnDemand, SeveralThreadsLoadItOnceAndWait) {
  write(
      "from sys import forkloom_test as test\n"
      "test.time.sleep(0.05)\n" +
      saying("one"));
  std::atomic<int> right = 0;
  server_.on_request_threads(8, [&](app::RequestThread& thread, int) {
    PlayedExchange played(server_.site, {});
    thread.serve(played.exchange());
    if (played.response.body == "one") ++right;
  });
  EXPECT_EQ(right, 8);
  EXPECT_EQ(server_.eval("runs"), "['one']");
  EXPECT_EQ(server_.log.text(), "");
}

TEST_F(LoadingOnDemand, ThoseThatWaitedForAFailureShareIt) {
  server_.run("go_on = threading.Event()");
  write(
      "from sys import forkloom_test as test\n"
      "test.runs.append('try')\n"
      "test.go_on.wait()\n"
      "1 / 0\n");
  std::atomic<int> coming = 0;
  std::atomic<int> refused = 0;
  server_.on_request_threads(4, [&](app::RequestThread& thread, int number) {
    if (number != 0) {
      PlayedExchange played(server_.site, {});
      ++coming;
      thread.serve(played.exchange());
      if (played.response.status == 500 && played.response.refusals == 1) ++refused;
      return;
    }
    while (coming < 3) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // for their way to the lock
    OtherScript other(*this, "test.go_on.set()\n");
    other.serve_on(thread);
  });
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(server_.eval("runs"), "['try']");
  ASSERT_EQ(server_.log.lines().size(), 1U);
  EXPECT_THAT(server_.log.text(), HasSubstr("ZeroDivisionError"));
}

TEST_F(LoadingOnDemand, AFailureIsLoggedAndTriedAgainAtTheNextRequest) {
  server_.site.place.reloads_script = false;
  write("raise ValueError('not yet')\n");
  for (const auto& response : server_.serve_all({{}, {}})) {
    EXPECT_EQ(response.refusals, 1);
    EXPECT_EQ(response.status, 500);
  }
  ASSERT_EQ(server_.log.lines().size(), 2U);
  EXPECT_EQ(server_.log.lines()[0].request_id, "00000000000000a1");
  EXPECT_THAT(server_.log.lines()[0].text, HasSubstr("line 1, in <module>"));
  EXPECT_THAT(server_.log.lines()[0].text, HasSubstr("ValueError: not yet"));
  write(saying("now"));
  EXPECT_EQ(server_.serve().body, "now");
}

TEST_F(LoadingOnDemand, AMissingScriptIsNotFoundAndAFolderForbidden) {
  for (const bool reloads : {true, false}) {
    server_.site.place.reloads_script = reloads;
    const auto missing = server_.serve();
    EXPECT_EQ(missing.refusals, 1);
    EXPECT_EQ(missing.status, 404);
    EXPECT_THAT(server_.log.lines().back().text, HasSubstr("is missing"));
  }
  server_.site.target.script_path = std::filesystem::temp_directory_path().string();
  server_.site.target.number = 1;
  EXPECT_EQ(server_.serve().status, 403);
}

TEST_F(LoadingOnDemand, AMissingCallableIsNotFound) {
  write("application_ = 5\n");
  const auto response = server_.serve();
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(server_.log.text(), HasSubstr("has no 'application'"));
}

TEST_F(LoadingOnDemand, AChangedScriptServesTheRequestThatFindsIt) {
  write(saying("one"));
  EXPECT_EQ(server_.serve().body, "one");
  write(saying("two"));
  for (const auto& response : server_.serve_all({{}, {}})) EXPECT_EQ(response.body, "two");
  EXPECT_EQ(server_.eval("runs"), "['one', 'two']");
  EXPECT_EQ(server_.eval("[n for n in sys.modules if n.startswith('_wsgi_') and "
                         "sys.modules[n].__file__.endswith('FindsIt.wsgi')].__len__()"),
            "1");
}

TEST_F(LoadingOnDemand, AChangeOfTheSizeAloneIsAChange) {
  write(saying("one"));
  EXPECT_EQ(server_.serve().body, "one");
  --states_;
  write(saying("longer"));
  EXPECT_EQ(server_.serve().body, "longer");
}

TEST_F(LoadingOnDemand, WithoutReloadingAChangeIsNotSeen) {
  server_.site.place.reloads_script = false;
  write(saying("one"));
  EXPECT_EQ(server_.serve().body, "one");
  write(saying("two"));
  EXPECT_EQ(server_.serve().body, "one");
  std::filesystem::remove(path_);
  EXPECT_EQ(server_.serve().body, "one");
}

TEST_F(LoadingOnDemand, AFactoryIsCalledAgain) {
  const std::string factory =
      "from sys import forkloom_test as test\n"
      "def create():\n"
      "    test.runs.append('made')\n"
      "    def application(environ, start_response):\n"
      "        start_response('200 OK', [])\n"
      "        return [b'%d' % len(test.runs)]\n"
      "    return application\n";
  server_.site.target.callable = "create";
  server_.site.target.is_factory = true;
  write(factory);
  EXPECT_EQ(server_.serve_all({{}, {}})[1].body, "1");
  write(factory);
  EXPECT_EQ(server_.serve().body, "2");
}

TEST_F(LoadingOnDemand, ARequestInTheOldCodeEndsThere) {
  write(
      "from sys import forkloom_test as test\n"
      "word = b'old'\n"
      "def application(environ, start_response):\n"
      "    start_response('200 OK', [])\n"
      "    test.inside.wait()\n"
      "    test.go_on.wait()\n"
      "    return [word]\n");
  server_.run("inside = threading.Barrier(2)\ngo_on = threading.Event()");
  std::string slow;
  std::string fast;
  server_.on_request_threads(2, [&](app::RequestThread& thread, int number) {
    if (number == 0) {
      PlayedExchange played(server_.site, {.query = "slow"});
      thread.serve(played.exchange());
      slow = played.response.body;
      return;
    }
    OtherScript other(*this, "test.inside.wait()\n");
    other.serve_on(thread);
    write(
        "from sys import forkloom_test as test\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [])\n"
        "    test.go_on.set()\n"
        "    return [b'new']\n");
    PlayedExchange played(server_.site, {});
    thread.serve(played.exchange());
    fast = played.response.body;
  });
  EXPECT_EQ(slow, "old");
  EXPECT_EQ(fast, "new");
}

TEST_F(LoadingOnDemand, AFailedReloadIsAnErrorUntilItSucceeds) {
  write(saying("one"));
  EXPECT_EQ(server_.serve().body, "one");
  write("def :\n");
  for (const auto& response : server_.serve_all({{}, {}})) EXPECT_EQ(response.status, 500);
  EXPECT_EQ(server_.log.lines().size(), 2U);
  write(saying("two"));
  EXPECT_EQ(server_.serve().body, "two");
}

TEST_F(LoadingOnDemand, ReloadRequiredDecidesToo) {
  write(saying("one") +
        "def reload_required(path):\n"
        "    test.asked = path\n"
        "    if test.answer is None: raise KeyError('asked')\n"
        "    return test.answer\n");
  server_.run("answer = False");
  server_.serve_all({{}, {}});
  EXPECT_EQ(server_.eval("runs"), "['one']");
  EXPECT_EQ(server_.eval("asked"), path_);
  server_.run("answer = 1");
  server_.serve();
  EXPECT_EQ(server_.eval("runs"), "['one', 'one']");
  server_.run("answer = None");
  EXPECT_EQ(server_.serve().body, "one");
  EXPECT_EQ(server_.eval("len(runs)"), "2");
  ASSERT_EQ(server_.log.lines().size(), 1U);
  EXPECT_THAT(server_.log.text(),
              HasSubstr("reload_required() failed, the script is not reloaded"));
  EXPECT_THAT(server_.log.text(), HasSubstr("KeyError: 'asked'"));
}

TEST_F(LoadingOnDemand, ManyThreadsReloadAChangeOnce) {
  write(saying("one"));
  EXPECT_EQ(server_.serve().body, "one");
  write("from sys import forkloom_test as test\ntest.time.sleep(0.02)\n" + saying("two"));
  std::atomic<int> right = 0;
  server_.on_request_threads(8, [&](app::RequestThread& thread, int) {
    for (int i = 0; i < 20; ++i) {
      PlayedExchange played(server_.site, {});
      thread.serve(played.exchange());
      if (played.response.body == "two") ++right;
    }
  });
  EXPECT_EQ(right, 160);
  EXPECT_EQ(server_.eval("runs"), "['one', 'two']");
}

}  // namespace
}  // namespace forkloom::wsgi
