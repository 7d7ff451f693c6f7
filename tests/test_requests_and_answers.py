"""What a configuration changes in requests and answers: Header, SetEnvIf, ErrorDocument,
redirections, limits, access."""

import re

import pytest

from written_site import environ_of

APPLICATION = """\
def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/raise":
        raise ValueError("on purpose")
    if path == "/late":
        start_response("200 OK", [])
        return late()
    if path == "/error-page":
        status = environ.get("REDIRECT_STATUS", "200")
        start_response(f"{status} Its Own", [("Content-Type", "text/plain"), ("X-Page", "yes")])
        names = ("REDIRECT_STATUS", "REDIRECT_URL", "REDIRECT_REQUEST_METHOD",
                 "REDIRECT_QUERY_STRING", "REQUEST_METHOD", "QUERY_STRING", "REDIRECT_COLOUR")
        return ["|".join(str(environ.get(name)) for name in names).encode()]
    status = path.strip("/") or "200"
    start_response(f"{status} Its Own", [("Content-Type", "text/plain"), ("X-Its", "own"),
                                         ("Cache-Control", "private"), ("Set-Cookie", "a=b")])
    return [b"its own words"]


def late():
    yield b"begun"
    raise ValueError("too late")
"""


class TestHeader:
    def test_fields_are_changed(self, site):
        site.write("app.wsgi", APPLICATION)
        site.write("html/page.html", "page")
        server = site.run("""\
            WSGIScriptAlias /app ${SITE}/app.wsgi
            DocumentRoot ${SITE}/html
            Header set X-Its changed
            Header append Cache-Control "max-age=5"
            Header merge Cache-Control private
            Header add Set-Cookie "c=d"
            Header setifempty X-Its never
            Header setifempty X-New "from %{X-Tag}i and %{COLOUR}e, 100%%"
            Header unset ETag
            Header set X-Coloured yes env=COLOUR
            Header set X-Plain yes env=!COLOUR
            Header always set X-Always yes
            Header set Content-Length 5
            Header set Server other
            SetEnvIf X-Colour (.+) COLOUR=$1
            """)
        response = server.ask(target="/app", fields=[("X-Tag", "tag"), ("X-Colour", "red")])
        assert response.value("X-Its") == "changed"
        assert response.value("Cache-Control") == "private, max-age=5"
        assert response.values("Set-Cookie") == ["a=b", "c=d"]
        assert response.value("X-New") == "from tag and red, 100%"
        assert (response.value("X-Coloured"), response.value("X-Plain")) == ("yes", None)
        assert response.value("X-Always") == "yes"
        assert response.body == b"its own words"
        assert response.value("Server") != "other"
        page = server.ask(target="/page.html")
        assert (page.value("ETag"), page.value("X-Plain"), page.body) == (None, "yes", b"page")
        gone = server.ask(target="/gone")
        assert (gone.value("X-Always"), gone.value("X-Its")) == ("yes", None)

    def test_what_a_client_sends_cannot_split_an_answer(self, site):
        site.write("html/page.html", "page")
        server = site.run("""\
            DocumentRoot ${SITE}/html
            Header set X-Echo "%{X-Tag}i"
            Header set X-Path "%{PATH}e"
            SetEnvIf Request_URI "page(.*)$" PATH=$1
            """)
        response = server.ask(target="/page.html", fields=[("X-Tag", "a\tb"), ("X-More", "c")])
        assert response.status == 200
        assert "X-Injected" not in [name for name, _ in response.fields]
        response = server.ask(target="/page%0d%0aX-Injected:%20yes")
        assert response.values("X-Injected") == []


class TestSetEnvIf:
    def test_variables_follow_the_request(self, site):
        server = site.run("""\
            WSGIScriptAlias / ${APPS}/probe.py
            SetEnv ALWAYS yes
            SetEnvIf User-Agent "Mozilla/([0-9]+)" VERSION=$1 IS_BROWSER
            SetEnvIfNoCase Host ^TEST HOST_IS_TEST=1
            SetEnvIf Request_Method POST IS_WRITING
            SetEnvIf Remote_Addr ^127 IS_NEAR !ALWAYS
            SetEnvIf Request_URI \\.gif$ IS_PICTURE
            SetEnvIf IS_BROWSER . IS_CHAINED=through
            SetEnvIf Request_Protocol 1\\.0 IS_OLD
            BrowserMatchNoCase robot IS_ROBOT
            """)
        environ = environ_of(server, "/a.gif", fields=[("User-Agent", "Mozilla/5.0 Robot")])
        for name, value in (("VERSION", "5"), ("IS_BROWSER", "1"), ("HOST_IS_TEST", "1"),
                            ("IS_NEAR", "1"), ("IS_PICTURE", "1"), ("IS_ROBOT", "1"),
                            ("IS_CHAINED", "through")):
            assert environ[name] == value, name
        assert not {"IS_WRITING", "IS_OLD"} & set(environ)
        environ = environ_of(server, method="POST", body=b"x", version="HTTP/1.0")
        assert {"IS_WRITING", "IS_OLD"} <= set(environ)
        assert not {"VERSION", "IS_PICTURE", "IS_ROBOT", "IS_CHAINED"} & set(environ)

    def test_https_says_which_scheme_it_is(self, site):
        server = site.run("""\
            WSGIScriptAlias / ${APPS}/probe.py
            SetEnvIf X-Forwarded-Proto ^https$ HTTPS=on
            """)
        environ = environ_of(server, fields=[("X-Forwarded-Proto", "https")])
        assert environ["wsgi.url_scheme"] == "https" and "HTTPS" not in environ
        assert environ_of(server)["wsgi.url_scheme"] == "http"


DOCUMENTS = """\
WSGIScriptAlias /app ${SITE}/app.wsgi
DocumentRoot ${SITE}/html
Header always set X-Always yes
SetEnvIf Request_URI . COLOUR=red
ErrorDocument 404 /errors/404.html
ErrorDocument 403 "<b>not for you"
ErrorDocument 405 http://help.example/405
ErrorDocument 410 /app/error-page?from=410
ErrorDocument 413 /app/error-page?from=413
ErrorDocument 500 /errors/500.html
ErrorDocument 411 /errors/gone.html
Redirect gone /old
<Location /closed>
    Require all denied
</Location>
<Location /app>
    LimitRequestBody 10
</Location>
"""


class TestErrorDocument:
    @pytest.fixture
    def server(self, site):
        site.write("app.wsgi", APPLICATION)
        site.write("html/errors/404.html", "<p>our 404")
        site.write("html/errors/500.html", "<p>our 500")
        return site.run(DOCUMENTS, expects_errors=True)

    def test_a_file(self, server):
        with server.connect() as connection:
            response = connection.ask(target="/gone?x")
            assert (response.status, response.text) == (404, "<p>our 404")
            assert "text/html" in response.value("Content-Type")
            assert response.value("X-Always") == "yes"
            head = connection.ask("HEAD", "/gone")
            assert (head.status, head.body) == (404, b"")
            assert head.value("Content-Length") == "10"
            # Conditions and ranges are about what was asked for.
            for field in (("If-None-Match", "*"), ("Range", "bytes=0-1")):
                response = connection.ask(target="/gone", fields=[field])
                assert (response.status, response.text) == (404, "<p>our 404")

    def test_a_text(self, server):
        response = server.ask(target="/closed/x")
        assert (response.status, response.text) == (403, "<b>not for you")

    def test_somewhere_else(self, server):
        response = server.ask("POST", "/errors/404.html", body=b"x")
        assert (response.status, response.value("Location")) == (302, "http://help.example/405")

    def test_an_application(self, server):
        response = server.ask("GET", "/old?a=b")
        assert response.status == 410
        assert response.value("X-Page") == "yes"
        assert response.text == "410|/old|GET|a=b|GET|from=410|red"

    def test_a_body_that_is_too_large(self, server):
        with server.connect() as connection:
            connection.send_request("POST", "/app", body=b"x" * 11)
            response = connection.read_response()
            assert response.status == 413
            assert response.text == "413|/app|POST|None|GET|from=413|red"
        assert server.ask("POST", "/app", body=b"x" * 10).text == "its own words"

    def test_a_chunked_body_that_is_too_large(self, site):
        site.write("app.wsgi", APPLICATION)
        server = site.run(DOCUMENTS + "WSGIChunkedRequest On\n")
        with server.connect() as connection:
            connection.send_request("POST", "/app", fields=[("Transfer-Encoding", "chunked")])
            connection.send("b\r\nhello world\r\n0\r\n\r\n")
            response = connection.read_response()
            assert (response.status, response.text[:4]) == (413, "413|")

    def test_an_application_that_raises(self, server):
        response = server.ask(target="/app/raise")
        assert (response.status, response.text) == (500, "<p>our 500")
        server.wait_for_log("ValueError: on purpose")

    def test_an_application_that_raises_too_late_is_cut(self, server):
        response = server.ask(target="/app/late")
        assert response.status == 200
        assert not response.is_complete

    def test_an_applications_own_error_stays(self, server):
        for status in (404, 403, 500):
            response = server.ask(target=f"/app/{status}")
            assert (response.status, response.text) == (status, "its own words")

    def test_a_document_that_is_missing(self, server):
        with server.connect() as connection:
            connection.send_request("POST", "/app", fields=[("Transfer-Encoding", "chunked")])
            connection.send("1\r\nx\r\n0\r\n\r\n")
            response = connection.read_response()
        assert response.status == 411
        assert "411" in response.text

    def test_the_servers_own_words_may_be_asked_for(self, site):
        site.write("app.wsgi", APPLICATION)
        site.write("html/errors/500.html", "<p>our 500")
        server = site.run(
            DOCUMENTS + "<Location /app/raise>\nErrorDocument 500 default\n</Location>\n",
            expects_errors=True)
        response = server.ask(target="/app/raise")
        assert response.status == 500
        assert response.text != "<p>our 500"

    def test_a_document_that_fails_itself(self, site):
        site.write("app.wsgi", APPLICATION)
        server = site.run("WSGIScriptAlias /app ${SITE}/app.wsgi\nErrorDocument 404 /app/raise\n"
                          "ErrorDocument 500 /app/raise\n", expects_errors=True)
        for _ in range(2):
            assert server.ask(target="/gone").status == 404
            assert server.ask(target="/app/raise").status == 500


@pytest.fixture(scope="module")
def redirects(site_for_module):
    return site_for_module.run("""\
        Redirect /one http://other.example/1
        Redirect permanent /two /there
        Redirect seeother /three https://x.example/3
        Redirect gone /four
        Redirect 307 /five http://other.example/5
        RedirectPermanent /six /6
        RedirectTemp /seven /7
        RedirectMatch 301 ^/match/(.+)\\.html$ http://other.example/$1.php
        WSGIScriptAlias /app ${APPS}/probe.py
        Redirect /app/away /elsewhere
        """)


class TestRedirect:
    @pytest.mark.parametrize("target, status, location", [
        ("/one", 302, "http://other.example/1"),
        ("/one/more?a=b", 302, "http://other.example/1/more?a=b"),
        ("/onemore", 404, None),
        ("/two", 301, "/there"), ("/three", 303, "https://x.example/3"),
        ("/four", 410, None), ("/five/a", 307, "http://other.example/5/a"),
        ("/six", 301, "/6"), ("/seven", 302, "/7"),
        ("/match/abc.html?q", 301, "http://other.example/abc.php?q"),
        ("/one/sp%20ace/%3Cx%3E", 302, "http://other.example/1/sp%20ace/%3[Cc]x%3[Ee]"),
        ("/app/away", 302, "/elsewhere"),
    ])
    def test_where_a_request_is_sent(self, redirects, target, status, location):
        response = redirects.ask(target=target)
        assert response.status == status
        if location is not None:
            pattern = re.escape(location).replace(r"\[Cc\]", "[Cc]").replace(r"\[Ee\]", "[Ee]")
            assert re.fullmatch(f"(http://[^/]+)?{pattern}", response.value("Location"))

    def test_a_line_end_in_a_path_stays_encoded(self, redirects):
        response = redirects.ask(target="/one/%0d%0aX-Injected:%20yes")
        assert response.values("X-Injected") == []
        assert response.status in (302, 400, 404)


class TestAccess:
    @pytest.mark.parametrize("line, status", [
        ("Require all granted", 200), ("Require all denied", 403), ("Require local", 200),
        ("Require ip 127.0.0.0/8", 200), ("Require ip 10.0.0.0/8", 403), ("Require ip 127", 200),
        ("Require ip 10.1.2.3\nRequire ip 127.0.0.1", 200),
    ])
    def test_requirements(self, site, line, status):
        site.write("html/index.html", "index")
        server = site.run(f"DocumentRoot ${{SITE}}/html\n<Location />\n{line}\n</Location>\n")
        assert server.ask().status == status
