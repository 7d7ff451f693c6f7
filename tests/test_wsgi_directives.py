"""mod_wsgi's directives for single places: what an application gets, and what becomes of its
answers."""

import os

import pytest

from written_site import environ_of


class TestRequests:
    def test_chunked_bodies_are_taken_where_the_place_says_so(self, site):
        server = site.run("""\
            WSGIScriptAlias / ${APPS}/inputs.py
            WSGIPythonPath ${APPS}
            <Location /read_all>
                WSGIChunkedRequest On
            </Location>
            """)
        chunks = "5\r\nfirst\r\n0\r\n\r\n"
        for target, status in (("/read_all", 200), ("/lines", 411)):
            with server.connect() as connection:
                connection.send_request(
                    "POST", target, fields=[("Transfer-Encoding", "chunked")])
                connection.send(chunks)
                response = connection.read_response()
                assert response.status == status
                if status == 200:
                    assert b"first" in response.body

    @pytest.mark.parametrize("setting, seen", [("On", "GET"), ("Off", "HEAD"), ("Auto", "HEAD")])
    def test_head_may_be_shown_as_get(self, site, setting, seen):
        site.write("app.wsgi", """\
            def application(environ, start_response):
                method = environ["REQUEST_METHOD"]
                start_response("200 OK", [("X-Method", method), ("Content-Length", "4")])
                return [] if method == "HEAD" else [b"body"]
            """)
        server = site.run(f"WSGIScriptAlias / ${{SITE}}/app.wsgi\nWSGIMapHEADToGET {setting}\n")
        with server.connect() as connection:
            response = connection.ask("HEAD")
            assert (response.value("X-Method"), response.body) == (seen, b"")
            assert response.value("Content-Length") == "4"
            assert connection.ask("GET").body == b"body"

    def test_variables_of_the_place_reach_the_application(self, site):
        server = site.run("""\
            WSGIScriptAlias / ${APPS}/probe.py
            SetEnv COLOUR red
            SetEnv EMPTY
            PassEnv FROM_OUTSIDE
            SetEnv HTTP_HOST forged
            SetEnv wsgi.url_scheme gopher
            <Location /green>
                SetEnv COLOUR green
                UnsetEnv FROM_OUTSIDE
            </Location>
            """, FROM_OUTSIDE="passed")
        environ = environ_of(server)
        assert (environ["COLOUR"], environ["EMPTY"], environ["FROM_OUTSIDE"]) == ("red", "", "passed")
        assert environ["HTTP_HOST"] == "test.example"
        assert environ["wsgi.url_scheme"] == "http"
        environ = environ_of(server, "/green")
        assert environ["COLOUR"] == "green"
        assert "FROM_OUTSIDE" not in environ


FAILING = """\
def application(environ, start_response):
    status = environ["PATH_INFO"].split("/")[-1]
    if status == "raise":
        raise ValueError("on purpose")
    start_response(f"{status} Its Own", [("Content-Type", "text/plain"), ("X-Its", "own"),
                                         ("Set-Cookie", "a=b")])
    return [b"its own words"]
"""


class TestErrorOverride:
    def test_error_documents_replace_answers_where_the_place_says_so(self, site):
        site.write("app.wsgi", FAILING)
        server = site.run("""\
            WSGIScriptAlias / ${SITE}/app.wsgi
            ErrorDocument 404 "the document of 404"
            ErrorDocument 503 "the document of 503"
            <Location /over>
                WSGIErrorOverride On
            </Location>
            """)
        for status in (404, 503):
            response = server.ask(target=f"/over/{status}")
            assert (response.status, response.text) == (status, f"the document of {status}")
            response = server.ask(target=f"/{status}")
            assert (response.status, response.text) == (status, "its own words")
            assert response.value("X-Its") == "own"
        # The server's own words, where there is no document.
        response = server.ask(target="/over/418")
        assert response.status == 418
        assert response.text != "its own words"
        for status in (200, 302, 399):
            assert server.ask(target=f"/over/{status}").text == "its own words"


class TestSendfile:
    @pytest.mark.parametrize("setting", ["On", "Off"])
    def test_a_file_arrives_whole_either_way(self, site, setting):
        content = os.urandom(1 << 20) * 3
        site.write("big.bin", content)
        site.write("app.wsgi", f"""\
            def application(environ, start_response):
                file = open({str(site.folder / "big.bin")!r}, "rb")
                file.seek(int(environ["QUERY_STRING"] or 0))
                start_response("200 OK", [])
                return environ["wsgi.file_wrapper"](file, 1000)
            """)
        server = site.run(f"WSGIScriptAlias / ${{SITE}}/app.wsgi\nWSGIEnableSendfile {setting}\n")
        with server.connect() as connection:
            assert connection.ask().body == content
            assert connection.ask(target="/?12345").body == content[12345:]
            assert connection.ask("HEAD").body == b""
            assert connection.ask(target=f"/?{len(content)}").body == b""

    @pytest.mark.parametrize("setting", ["On", "Off"])
    def test_a_file_that_becomes_shorter_ends_the_connection(self, site, setting):
        path = site.write("big.bin", b"x" * (30 << 20))
        site.write("app.wsgi", f"""\
            def application(environ, start_response):
                start_response("200 OK", [])
                return environ["wsgi.file_wrapper"](open({str(path)!r}, "rb"))
            """)
        server = site.run(f"WSGIScriptAlias / ${{SITE}}/app.wsgi\nWSGIEnableSendfile {setting}\n")
        with server.connect(receive_buffer=4096) as connection:
            connection.send_request()
            response = connection.read_head()
            os.truncate(path, 0)
            connection.read_body(response)
            assert not response.is_complete
        assert server.ask().status == 200


class TestRestrictions:
    def test_embedded_applications_may_be_forbidden(self, site):
        site.write("html/index.html", "index")
        server = site.run("""\
            WSGIScriptAlias /app ${APPS}/probe.py
            DocumentRoot ${SITE}/html
            WSGIRestrictEmbedded On
            """)
        assert server.ask(target="/app").status == 500
        assert server.ask().body == b"index"
        site.wait_for_line("error.log", "GET /app: WSGIRestrictEmbedded does not let")

    def test_process_groups_may_be_restricted_by_place(self, site):
        server = site.run("""\
            WSGIScriptAlias / ${APPS}/probe.py
            <Location /others>
                WSGIRestrictProcess shop
            </Location>
            <Location /ours>
                WSGIRestrictProcess shop %{GLOBAL}
            </Location>
            """)
        assert server.ask(target="/others").status == 500
        assert server.ask(target="/ours").status == 200
        assert server.ask().status == 200
        site.wait_for_line("error.log", "GET /others: WSGIRestrictProcess does not let")
