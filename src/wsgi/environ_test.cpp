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
  EXPECT_EQ(seen(server, "SERVER_PORT"), "8000");
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
                              .is_multiprocess = false});
  server.site.place.passes_authorization = true;
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

TEST(Environ, ShowsClientAndServerAsTheyAreToAppear) {
  TestServer server(kKeeper);
  server.serve({.method = "HEAD",
                .appearance = {.method = "GET",
                               .server_name = "[::1]",
                               .server_port = "81",
                               .remote_address = "2001:db8::9",
                               .remote_port = "",
                               .scheme = "https"}});
  EXPECT_EQ(seen(server, "REQUEST_METHOD"), "GET");
  EXPECT_EQ(seen(server, "SERVER_NAME"), "[::1]");
  EXPECT_EQ(seen(server, "SERVER_PORT"), "81");
  EXPECT_EQ(seen(server, "REMOTE_ADDR"), "2001:db8::9");
  EXPECT_EQ(seen(server, "REMOTE_PORT"), "");
  EXPECT_EQ(seen(server, "REQUEST_SCHEME"), "https");
  EXPECT_EQ(seen(server, "wsgi.url_scheme"), "https");
  EXPECT_EQ(seen(server, "mod_wsgi.listener_host"), "192.0.2.1") << "where it did arrive";
  EXPECT_EQ(seen(server, "mod_wsgi.listener_port"), "8000");
}

TEST(Environ, HasTheKeysThatUsersOfModWsgiRead) {
  TestServer server(kKeeper, {.process_id = 77});
  server.site.place.process_group = "workers";
  server.site.place.application_group = "example.org|/app";
  server.serve({.path_info = "/x", .script_name = "/app"});
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"process_group", "workers"},
      {"application_group", "example.org|/app"},
      {"callable_object", "application"},
      {"request_handler", "wsgi-script"},
      {"handler_script", ""},
      {"script_name", "/app"},
      {"path_info", "/x"},
      {"server_pid", "77"},
      {"request_id", "00000000000000a1"},
      {"connection_id", "12"},
      {"thread_id", "0"},
      {"request_start", "1000.0"},
      {"queue_start", "1000.5"}};
  for (const auto& [key, value] : expected)
    EXPECT_EQ(seen(server, "mod_wsgi." + key), value) << key;
  EXPECT_EQ(server.eval("type(seen[-1]['mod_wsgi.application_start'])"), "<class 'float'>");
  EXPECT_EQ(seen(server, "mod_wsgi.version"), "<none>");
  EXPECT_EQ(seen(server, "forkloom.process_group"), "workers");
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

TEST(Environ, ScriptNameAndPathInfoAreTheRequests) {
  TestServer server(kKeeper);
  server.serve_all({{.target = "/app/x", .path_info = "/x", .script_name = "/app"},
                    {.target = "/x", .path_info = "/x"}});
  EXPECT_EQ(server.eval("[(e['SCRIPT_NAME'], e['PATH_INFO']) for e in seen]"),
            "[('/app', '/x'), ('', '/x')]");
}

TEST(Environ, VariablesOfThePlaceAndOfTheRequestAreAdded) {
  TestServer server(kKeeper);
  server.site.place.variables = {
      {"DOCUMENT_ROOT", "/srv/\xc3\xbc"}, {"A", "place"}, {"B", "place"}};
  server.serve_all({{.variables = {{"A", "request"}, {"C", "\xe4"}}},
                    {.variables = {{"A", "other"}, {"C", "\xe4"}, {"D", ""}}},
                    {}});
  EXPECT_EQ(server.eval("[[e.get(k) for k in 'ABCD'] for e in seen]"),
            "[['request', 'place', '\u00e4', None], ['other', 'place', '\u00e4', ''], "
            "['place', 'place', None, None]]");
  EXPECT_EQ(server.eval("len(seen[0]['DOCUMENT_ROOT'])"), "6") << "a file name";
}

TEST(Environ, VariablesDoNotChangeWhatTheRequestOrTheServerSays) {
  for (const bool is_of_place : {true, false}) {
    TestServer server(kKeeper);
    const std::vector<app::Variable> variables = {
        {"wsgi.input", "x"},       {"wsgi.url_scheme", "x"},    {"wsgi.other", "x"},
        {"forkloom.version", "x"}, {"mod_wsgi.path_info", "x"}, {"REQUEST_METHOD", "x"},
        {"SCRIPT_NAME", "x"},      {"PATH_INFO", "x"},          {"QUERY_STRING", "x"},
        {"SERVER_NAME", "x"},      {"SERVER_SOFTWARE", "x"},    {"CONTENT_LENGTH", "9"},
        {"HTTP_X_SENT", "x"},      {"HTTP_X_NOT_SENT", "set"},  {"SERVER_ADMIN", "set"},
        {"REMOTE_ADDR", "set"},    {"REQUEST_URI", "set"}};
    Asked asked = {.fields = {{"X-Sent", "sent"}}};
    (is_of_place ? server.site.place.variables : asked.variables) = variables;
    server.serve_all({asked, asked});
    EXPECT_EQ(server.eval("sorted(k for k, v in seen[-1].items() if v in ('x', '9'))"), "[]");
    EXPECT_EQ(server.eval("sorted(k for k, v in seen[-1].items() if v == 'set')"),
              "['HTTP_X_NOT_SENT', 'REMOTE_ADDR', 'REQUEST_URI', 'SERVER_ADMIN']");
    EXPECT_EQ(seen(server, "HTTP_X_SENT"), "sent");
    EXPECT_EQ(server.eval("hasattr(seen[-1]['wsgi.input'], 'read')"), "True");
  }
}

TEST(Environ, AVariableOfTheRequestComesBeforeThePlacesAlsoWhereAFieldWouldWin) {
  TestServer server(kKeeper);
  server.site.place.variables = {{"HTTP_X_A", "place"}};
  server.serve_all({{.variables = {{"HTTP_X_A", "request"}}},
                    {.fields = {{"X-A", "sent"}}, .variables = {{"HTTP_X_A", "request"}}}});
  EXPECT_EQ(server.eval("[e['HTTP_X_A'] for e in seen]"), "['request', 'sent']");
}

TEST(Environ, PlacesAndTargetsOfOneThreadAreKeptApart) {
  TestServer server(kKeeper);
  Site other = server.site;
  other.place.number = 1;
  other.place.variables = {{"A", "other"}};
  other.place.passes_authorization = true;
  const Asked asked = {.fields = {{"Authorization", "Basic eDp5"}}};
  server.on_request_thread([&](app::RequestThread& thread) {
    for (const Site* site : {&server.site, &other, &server.site, &other}) {
      PlayedExchange played(*site, asked);
      thread.serve(played.exchange());
    }
  });
  EXPECT_EQ(server.eval("[(e.get('A'), e.get('HTTP_AUTHORIZATION')) for e in seen]"),
            "[(None, None), ('other', 'Basic eDp5'), (None, None), ('other', 'Basic eDp5')]");
}

}  // namespace
}  // namespace forkloom::wsgi
