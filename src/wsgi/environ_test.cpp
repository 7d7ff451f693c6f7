#include "wsgi/environ.h"

#include "wsgi/environ_key.h"
#include "wsgi/test_server.h"

namespace forkloom::wsgi {
namespace {

using testing::HasSubstr;

constexpr const char* kKeeper = R"(
seen = []
def application(environ, start_response):
    seen.append(dict(environ))
    start_response('200 OK', [])
    return []
)";

std::string seen(TestServer& server, const std::string& key) {
  return server.eval("seen[-1].get('" + key + "', '<none>')");
}

TEST(EnvironKey, FieldNamesBecomeKeys) {
  EXPECT_EQ(environ_key("Accept-Language", false), "HTTP_ACCEPT_LANGUAGE");
  EXPECT_EQ(environ_key("X-9", false), "HTTP_X_9");
  EXPECT_EQ(environ_key("content-TYPE", false), "CONTENT_TYPE");
  EXPECT_EQ(environ_key("Content-Length", false), "CONTENT_LENGTH");
}

TEST(EnvironKey, DangerousFieldsStayOutside) {
  EXPECT_EQ(environ_key("X_User", false), std::nullopt);
  EXPECT_EQ(environ_key("X.User", false), std::nullopt);
  EXPECT_EQ(environ_key("Proxy", false), std::nullopt);
  EXPECT_EQ(environ_key("Transfer-Encoding", false), std::nullopt);
  EXPECT_EQ(environ_key("Authorization", false), std::nullopt);
  EXPECT_EQ(environ_key("Authorization", true), "HTTP_AUTHORIZATION");
}

TEST(Environ, HasWhatTheRequestSays) {
  TestServer server(kKeeper);
  server.serve({.method = "POST",
                .target = "/a%20b?x=1",
                .path_info = "/a b",
                .query = "x=1",
                .authority = "example.org:8080",
                .fields = {{"Host", "example.org:8080"},
                           {"Content-Length", "3"},
                           {"Content-Type", "text/plain"},
                           {"X-Made-Up", "yes"},
                           {"X_Made_Up", "no"},
                           {"Proxy", "evil"},
                           {"Authorization", "Basic eDp5"}},
                .body = "abc"});
  EXPECT_EQ(seen(server, "REQUEST_METHOD"), "POST");
  EXPECT_EQ(seen(server, "PATH_INFO"), "/a b");
  EXPECT_EQ(seen(server, "QUERY_STRING"), "x=1");
  EXPECT_EQ(seen(server, "REQUEST_URI"), "/a%20b?x=1");
  EXPECT_EQ(seen(server, "SCRIPT_NAME"), "");
  EXPECT_EQ(seen(server, "SERVER_NAME"), "example.org");
  EXPECT_EQ(seen(server, "SERVER_PORT"), "8080");
  EXPECT_EQ(seen(server, "SERVER_ADDR"), "192.0.2.1");
  EXPECT_EQ(seen(server, "SERVER_PROTOCOL"), "HTTP/1.1");
  EXPECT_EQ(seen(server, "REMOTE_ADDR"), "192.0.2.7");
  EXPECT_EQ(seen(server, "REMOTE_PORT"), "40000");
  EXPECT_EQ(seen(server, "REQUEST_SCHEME"), "http");
  EXPECT_EQ(seen(server, "wsgi.url_scheme"), "http");
  EXPECT_EQ(seen(server, "CONTENT_LENGTH"), "3");
  EXPECT_EQ(seen(server, "CONTENT_TYPE"), "text/plain");
  EXPECT_EQ(seen(server, "HTTP_HOST"), "example.org:8080");
  EXPECT_EQ(seen(server, "HTTP_X_MADE_UP"), "yes");
  EXPECT_EQ(seen(server, "HTTP_PROXY"), "<none>");
  EXPECT_EQ(seen(server, "HTTP_AUTHORIZATION"), "<none>");
  EXPECT_EQ(seen(server, "HTTP_CONTENT_LENGTH"), "<none>");
  EXPECT_EQ(server.eval("all(type(k) is str for k in seen[-1])"), "True");
}

TEST(Environ, HasWhatTheProcessSays) {
  TestServer server(kKeeper, {.server_software = "Forkloom/1.2.3",
                              .version_major = 1,
                              .version_minor = 2,
                              .version_patch = 3,
                              .process_id = 77,
                              .is_multithread = true,
                              .is_multiprocess = false,
                              .passes_authorization = true});
  server.serve({.fields = {{"Authorization", "Basic eDp5"}}});
  EXPECT_EQ(server.eval("seen[-1]['wsgi.version']"), "(1, 0)");
  EXPECT_EQ(server.eval("seen[-1]['wsgi.multithread'] is True"), "True");
  EXPECT_EQ(server.eval("seen[-1]['wsgi.multiprocess'] is False"), "True");
  EXPECT_EQ(server.eval("seen[-1]['wsgi.run_once'] is False"), "True");
  EXPECT_EQ(server.eval("seen[-1]['wsgi.input_terminated'] is True"), "True");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.version']"), "(1, 2, 3)");
  EXPECT_EQ(seen(server, "SERVER_SOFTWARE"), "Forkloom/1.2.3");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.process_id']"), "77");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.thread_id']"), "0");
  EXPECT_EQ(seen(server, "forkloom.request_id"), "00000000000000a1");
  EXPECT_EQ(seen(server, "forkloom.connection_id"), "12");
  EXPECT_EQ(seen(server, "forkloom.callable_object"), "application");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.request_start']"), "1000.0");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.queue_start']"), "1000.5");
  EXPECT_EQ(server.eval("seen[-1]['forkloom.application_start'] > 1000.5"), "True");
  EXPECT_EQ(seen(server, "HTTP_AUTHORIZATION"), "Basic eDp5");
}

TEST(Environ, RepeatedFieldsAreJoined) {
  TestServer server(kKeeper);
  server.serve({.fields = {{"Accept", "a"},
                           {"Cookie", "x=1"},
                           {"X-Many", "1"},
                           {"accept", "b"},
                           {"Cookie", "y=2"},
                           {"x-many", "2"},
                           {"X-Many", "3"}}});
  EXPECT_EQ(seen(server, "HTTP_ACCEPT"), "a, b");
  EXPECT_EQ(seen(server, "HTTP_COOKIE"), "x=1; y=2");
  EXPECT_EQ(seen(server, "HTTP_X_MANY"), "1, 2, 3");
}

TEST(Environ, AChunkedBodyHasItsRealLength) {
  TestServer server(kKeeper);
  server.serve({.fields = {{"Transfer-Encoding", "chunked"}}, .body = "12345", .is_chunked = true});
  EXPECT_EQ(seen(server, "CONTENT_LENGTH"), "5");
  EXPECT_EQ(seen(server, "HTTP_TRANSFER_ENCODING"), "<none>");
}

TEST(Environ, BytesBeyondAsciiAreLatin1) {
  TestServer server(kKeeper);
  server.serve({.path_info = "/\xc3\xbc", .fields = {{"X-Name", "\xe4"}}});
  EXPECT_EQ(server.eval("seen[-1]['PATH_INFO'].encode('latin-1').decode()"), "/\u00fc");
  EXPECT_EQ(server.eval("ord(seen[-1]['HTTP_X_NAME'])"), "228");
}

TEST(Environ, TheServersNameComesFromTheSettingThenTheRequestThenTheAddress) {
  TestServer named(kKeeper, {.server_name = "www.example.net"});
  named.serve({.authority = "other.example:81"});
  EXPECT_EQ(seen(named, "SERVER_NAME"), "www.example.net");
  EXPECT_EQ(seen(named, "SERVER_PORT"), "81");

  TestServer server(kKeeper);
  const auto name_and_port = [&server](const Asked& asked) {
    server.serve(asked);
    return seen(server, "SERVER_NAME") + " " + seen(server, "SERVER_PORT");
  };
  const app::Peer v6_peer = {
      .remote_address = "2001:db8::2", .local_address = "2001:db8::1", .local_port = 1};
  EXPECT_EQ(name_and_port({.authority = "[::1]:81"}), "[::1] 81");
  EXPECT_EQ(name_and_port({.authority = "[::1]"}), "[::1] 8000");
  EXPECT_EQ(name_and_port({.authority = "h:"}), "h 8000");
  EXPECT_EQ(name_and_port({.authority = "", .is_http_1_0 = true}), "192.0.2.1 8000");
  EXPECT_EQ(seen(server, "SERVER_PROTOCOL"), "HTTP/1.0");
  EXPECT_EQ(name_and_port({.authority = "", .peer = v6_peer}), "[2001:db8::1] 1");
  const app::Peer unix_peer = {
      .remote_address = "", .local_address = "/run/app.sock", .is_unix = true};
  EXPECT_EQ(name_and_port({.authority = "", .peer = unix_peer}), "localhost 80");
  EXPECT_EQ(seen(server, "REMOTE_ADDR"), "");
  EXPECT_EQ(seen(server, "REMOTE_PORT"), "");
  const app::Peer tls_peer = {
      .remote_address = "", .local_address = "", .is_unix = true, .is_https = true};
  EXPECT_EQ(name_and_port({.authority = "h", .peer = tls_peer}), "h 443");
  EXPECT_EQ(seen(server, "wsgi.url_scheme"), "https");
}

TEST(Environ, ASecondRequestOnTheThreadSeesNothingOfTheFirst) {
  TestServer server(kKeeper);
  server.serve_all({{.target = "/one", .fields = {{"Cookie", "secret"}, {"X-A", "1"}}},
                    {.target = "/two", .fields = {{"X-A", "2"}}},
                    {.target = "/six", .fields = {{"Cookie", "public"}, {"X-A", "3"}}},
                    {.target = "/one", .fields = {{"Cookie", "secret"}, {"X-B", "4"}}}});
  EXPECT_EQ(server.eval("[e['REQUEST_URI'] for e in seen]"), "['/one', '/two', '/six', '/one']");
  EXPECT_EQ(server.eval("[e.get('HTTP_COOKIE') for e in seen]"),
            "['secret', None, 'public', 'secret']");
  EXPECT_EQ(server.eval("[e.get('HTTP_X_A') for e in seen]"), "['1', '2', '3', None]");
  EXPECT_EQ(server.eval("[e.get('HTTP_X_B') for e in seen]"), "[None, None, None, '4']");
}

TEST(Environ, WhatAnApplicationKeepsOrChangesStaysItsOwn) {
  TestServer server(R"(
seen = []
keep = []
def application(environ, start_response):
    seen.append((environ['REQUEST_URI'], environ['forkloom.request_id'], environ.get('HTTP_X')))
    environ['HTTP_X'] = environ['REQUEST_URI'] = 'changed'
    if len(seen) % 2:
        keep.append((environ['forkloom.request_id'], environ['forkloom.application_start']))
        hash(environ['forkloom.request_id'])
    start_response('200 OK', [])
    return []
)");
  std::vector<Asked> asked;
  for (int i = 0; i < 8; ++i) {
    asked.push_back({.target = "/" + std::to_string(i),
                     .fields = {{"X", std::to_string(i)}},
                     .request_id = "000000000000000" + std::to_string(i)});
  }
  server.serve_all(asked);
  server.run(
      "assert seen == [('/%d' % i, '%016x' % i, str(i)) for i in range(8)], seen\n"
      "assert [k[0] for k in keep] == ['%016x' % i for i in (0, 2, 4, 6)], keep\n"
      "assert sorted({k[1] for k in keep}) == [k[1] for k in keep], keep\n");
}

TEST(Environ, ManyDifferentSetsOfFieldsAreKeptApart) {
  TestServer server(kKeeper);
  std::vector<Asked> asked;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i) {
      asked.push_back({.fields = {{"X-" + std::to_string(i), std::to_string(round)}}});
    }
  }
  server.serve_all(asked);
  server.run(
      "for n, e in enumerate(seen):\n"
      "    assert {k: v for k, v in e.items() if k.startswith('HTTP_')} =="
      " {'HTTP_X_%d' % (n % 20): str(n // 20)}, e");
}

TEST(Environ, EachMountPointHasItsScriptName) {
  TestServer server(kKeeper, {}, {"", "/app"});
  server.serve_all({{.target = "/app/x", .path_info = "/x", .mount_point = "/app"},
                    {.target = "/x", .path_info = "/x"}});
  EXPECT_EQ(server.eval("[(e['SCRIPT_NAME'], e['PATH_INFO']) for e in seen]"),
            "[('/app', '/x'), ('', '/x')]");
}

}  // namespace
}  // namespace forkloom::wsgi
