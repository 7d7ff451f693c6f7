"""HTTP/1.1 on the wire (RFC 9110, 9112): what is answered, and what is refused."""

import json
import socket
import threading
import time
from pathlib import Path

import pytest

from server import PATIENCE, wait_until

OK = "GET / HTTP/1.1\r\nHost: test.example\r\n\r\n"


@pytest.fixture(scope="module")
def probe(serve_for_module, is_validated):
    return serve_for_module("probe", is_validated=is_validated)


@pytest.fixture(scope="module")
def bare(serve_for_module):
    return serve_for_module("probe")


@pytest.fixture(scope="module")
def answers(serve_for_module, is_validated):
    return serve_for_module("answers", is_validated=is_validated)


@pytest.fixture(scope="module")
def inputs(serve_for_module, is_validated):
    return serve_for_module("inputs", is_validated=is_validated)


def environ_of(response):
    assert response.status == 200, response
    return json.loads(response.body)["environ"]


class TestConnections:
    def test_one_connection_serves_many_requests(self, probe):
        with probe.connect() as connection:
            for number in range(20):
                environ = environ_of(connection.ask(target=f"/{number}?n={number}"))
                assert environ["PATH_INFO"] == f"/{number}"
                assert environ["QUERY_STRING"] == f"n={number}"

    def test_pipelined_requests_are_answered_in_order(self, probe):
        count = 50
        with probe.connect() as connection:
            connection.send("".join(
                f"GET /{n} HTTP/1.1\r\nHost: a\r\n\r\n" for n in range(count)))
            paths = [environ_of(connection.read_response())["PATH_INFO"] for _ in range(count)]
        assert paths == [f"/{n}" for n in range(count)]

    def test_pipelined_bodies_stay_apart(self, inputs):
        with inputs.connect() as connection:
            for n in range(10):
                connection.send_request("POST", "/read_all", body=b"%d" % n * 1000)
                connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
            for n in range(10):
                assert connection.read_response().body == b"%d" % n * 1000
                assert connection.read_response().body == b"abc"

    def test_a_body_that_the_application_does_not_read_is_not_the_next_request(self, answers):
        with answers.connect() as connection:
            connection.send_request("POST", "/from_list", body=OK.encode() * 3)
            assert connection.read_response().status == 200
            assert connection.ask(target="/teapot").status == 418

    def test_requests_may_arrive_byte_by_byte(self, bare):
        with bare.connect() as connection:
            for byte in "POST /slow?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok" + OK:
                connection.send(byte)
            assert environ_of(connection.read_response())["CONTENT_LENGTH"] == "2"
            assert environ_of(connection.read_response())["PATH_INFO"] == "/"

    def test_connection_close_is_obeyed(self, probe):
        with probe.connect() as connection:
            response = connection.ask(fields=[("Connection", "close")])
            assert response.status == 200
            assert response.value("Connection") == "close"
            assert connection.read_until_closed() == b""

    def test_a_client_may_close_its_sending_side(self, bare):
        with bare.connect() as connection:
            connection.send(OK)
            connection.socket.shutdown(socket.SHUT_WR)
            assert connection.read_response().status == 200
            assert connection.read_until_closed() == b""

    def test_http_1_0_closes_after_the_answer(self, probe):
        with probe.connect() as connection:
            response = connection.ask(version="HTTP/1.0")
            assert response.value("Connection") == "close"
            assert environ_of(response)["SERVER_PROTOCOL"] == "HTTP/1.0"
            assert connection.read_until_closed() == b""

    def test_http_1_0_without_host_is_served(self, probe):
        with probe.connect() as connection:
            connection.send("GET /old HTTP/1.0\r\n\r\n")
            environ = environ_of(connection.read_response())
        assert "HTTP_HOST" not in environ
        assert environ["SERVER_NAME"]

    def test_http_1_0_stays_open_where_the_client_asks(self, probe):
        with probe.connect() as connection:
            for _ in range(3):
                response = connection.ask(version="HTTP/1.0", fields=[("Connection", "keep-alive")])
                assert response.status == 200
                assert response.value("Connection").lower() == "keep-alive"

    def test_http_1_0_gets_no_chunks(self, answers):
        with answers.connect() as connection:
            response = connection.ask(target="/long_generator", version="HTTP/1.0",
                                      fields=[("Connection", "keep-alive")])
        assert response.value("Transfer-Encoding") is None
        assert len(response.body) == 1 << 20

    def test_an_idle_connection_ends_after_the_keep_alive_timeout(self, bare):
        """KeepAliveTimeout 5 s: not before the client can use it, and without an answer."""
        with bare.connect() as connection:
            assert connection.ask().status == 200
            began = time.monotonic()
            assert connection.read_until_closed() == b""
            assert time.monotonic() - began > 3

    def test_a_connection_ends_after_max_keep_alive_requests(self, bare):
        """MaxKeepAliveRequests 100; the last answer says so, and no accepted request is lost."""
        with bare.connect() as connection:
            for count in range(1, 200):
                response = connection.ask()
                assert response.status == 200
                if response.value("Connection") == "close":
                    break
            assert count in (100, 101)
            assert connection.read_until_closed() == b""

    def test_empty_lines_before_a_request_are_skipped(self, bare):
        with bare.connect() as connection:
            connection.send("\r\n" + OK)
            assert connection.read_response().status == 200

    def test_every_answer_has_a_date_and_names_its_length(self, answers):
        response = answers.ask(target="/from_declared")
        assert response.value("Date").endswith(" GMT")
        assert response.value("Content-Length") == str(len(response.body))

    def test_clients_that_connect_and_leave_harm_nobody(self, bare):
        for data in (b"", b"GET", b"GET / HTTP/1.1\r\nHost: a\r\n",
                     b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nsome"):
            connection = bare.connect()
            connection.send(data)
            connection.close()
            connection = bare.connect()
            connection.send(data)
            connection.abandon()
        assert bare.ask().status == 200


class TestRequests:
    def test_the_path_is_decoded_and_the_query_is_not(self, probe):
        environ = environ_of(probe.ask(target="/a%20b%2Fc%C3%A9?q=%20&r=a%2Fb"))
        assert environ["PATH_INFO"] == "/a b/c\xc3\xa9"
        assert environ["QUERY_STRING"] == "q=%20&r=a%2Fb"

    def test_dots_and_repeated_slashes_in_the_path_are_resolved(self, bare):
        assert environ_of(bare.ask(target="/a//b/./c/../d"))["PATH_INFO"] == "/a/b/d"

    def test_an_absolute_target_names_the_host(self, probe):
        environ = environ_of(probe.ask(target="http://other.example:81/path?q",
                                       fields=[("Host", "ignored.example")]))
        assert environ["PATH_INFO"] == "/path"
        assert environ["QUERY_STRING"] == "q"
        assert environ["HTTP_HOST"] == "other.example:81"

    def test_an_absolute_target_without_a_path_is_the_root(self, probe):
        environ = environ_of(probe.ask(target="http://other.example"))
        assert environ["PATH_INFO"] in ("/", "")

    def test_options_may_ask_about_the_whole_server(self, bare):
        response = bare.ask("OPTIONS", "*")
        assert response.status in (200, 204)

    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS",
                                        "PROPFIND", "X-OWN"])
    def test_any_method_reaches_the_application(self, bare, method):
        assert environ_of(bare.ask(method))["REQUEST_METHOD"] == method

    def test_head_has_the_head_of_get_and_no_body(self, answers):
        for path in ("/from_one_block", "/from_declared", "/from_file"):
            with answers.connect() as connection:
                got = connection.ask("GET", path)
                head = connection.ask("HEAD", path)
                assert head.status == got.status
                assert head.value("Content-Length") == got.value("Content-Length")
                # Had a body followed, this would find it.
                assert connection.ask("GET", "/teapot").status == 418

    def test_head_of_a_stream_keeps_the_connection(self, answers):
        with answers.connect() as connection:
            assert connection.ask("HEAD", "/from_generator").status == 200
            assert connection.ask("GET", "/teapot").status == 418

    def test_fields_arrive_as_cgi_variables(self, probe):
        environ = environ_of(probe.ask("POST", "/p", body=b"x", fields=[
            ("X-Some-Name", "value"), ("Content-Type", "text/x"), ("X-Twice", "a"),
            ("X-Twice", "b"), ("X-Empty", ""), ("X-Latin", "caf\xe9"), ("Cookie", "a=1"),
            ("Cookie", "b=2")]))
        assert environ["HTTP_X_SOME_NAME"] == "value"
        assert environ["CONTENT_TYPE"] == "text/x"
        assert environ["CONTENT_LENGTH"] == "1"
        assert environ["HTTP_X_TWICE"].replace(" ", "") == "a,b"
        assert environ["HTTP_X_EMPTY"] == ""
        assert environ["HTTP_X_LATIN"] == "caf\xe9"
        assert environ["HTTP_COOKIE"] == "a=1; b=2"
        assert "HTTP_CONTENT_TYPE" not in environ
        assert "HTTP_CONTENT_LENGTH" not in environ

    def test_names_with_an_underscore_cannot_pose_as_others(self, probe):
        environ = environ_of(probe.ask(fields=[("X_User", "evil"), ("X-User", "good"),
                                               ("X_Only", "evil"), ("Content_Length", "7")]))
        assert environ["HTTP_X_USER"] == "good"
        assert "HTTP_X_ONLY" not in environ
        assert environ.get("CONTENT_LENGTH", "") in ("", "0")

    def test_a_proxy_field_does_not_become_a_proxy_setting(self, bare):
        """https://httpoxy.org: HTTP_PROXY is what libraries read from their environment."""
        assert "HTTP_PROXY" not in environ_of(bare.ask(fields=[("Proxy", "evil.example")]))


class TestBodiesOnTheWire:
    @pytest.mark.parametrize("chunks", [
        "5\r\nhello\r\n0\r\n\r\n",
        "5;name=value\r\nhello\r\n0;last\r\n\r\n",
        '5;name="quo;ted"\r\nhello\r\n0\r\n\r\n',
        "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "0005\r\nhello\r\n000\r\n\r\n",
        "5\r\nhello\r\n0\r\nX-Trailer: dropped\r\nX-Other: too\r\n\r\n",
    ])
    def test_chunks_are_joined_and_trailers_dropped(self, inputs, chunks):
        with inputs.connect() as connection:
            for _ in range(2):
                connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n" + chunks)
                assert connection.read_response().body == b"hello"

    def test_chunk_sizes_may_be_any_case_of_hexadecimal(self, inputs):
        with inputs.connect() as connection:
            for size in ("1f", "1F"):
                connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\n"
                                f"Transfer-Encoding: Chunked\r\n\r\n{size}\r\n{'x' * 31}\r\n"
                                "0\r\n\r\n")
                assert connection.read_response().body == b"x" * 31

    def test_a_chunked_body_has_an_end_for_the_application(self, bare):
        with bare.connect() as connection:
            connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "5\r\nhello\r\n0\r\n\r\n")
            environ = environ_of(connection.read_response())
        assert environ["wsgi.input_terminated"] is True

    def test_expect_is_answered_before_the_body_comes(self, inputs):
        with inputs.connect() as connection:
            connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                            "Expect: 100-continue\r\n\r\n")
            assert connection.read_head().status == 100
            connection.send("hello")
            response = connection.read_response()
            assert (response.status, response.body) == (200, b"hello")

    def test_expect_works_for_chunks_too(self, inputs):
        with inputs.connect() as connection:
            connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\n"
                            "Transfer-Encoding: chunked\r\nExpect: 100-Continue\r\n\r\n")
            assert connection.read_head().status == 100
            connection.send("5\r\nhello\r\n0\r\n\r\n")
            assert connection.read_response().body == b"hello"

    def test_expect_is_not_answered_where_the_body_is_too_long(self, bare):
        with bare.connect() as connection:
            connection.send(f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {(1 << 30) + 1}\r\n"
                            "Expect: 100-continue\r\n\r\n")
            assert connection.read_head().status == 413

    def test_expect_without_a_body_gets_only_the_answer(self, bare):
        with bare.connect() as connection:
            connection.send("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n")
            assert connection.read_head().status == 200

    def test_expect_in_http_1_0_is_ignored(self, inputs):
        with inputs.connect() as connection:
            connection.send("POST /read_all HTTP/1.0\r\nContent-Length: 5\r\n"
                            "Expect: 100-continue\r\n\r\nhello")
            response = connection.read_head()
            assert response.status == 200

    def test_another_expectation_fails(self, bare):
        assert refused(bare, "GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n") == 417


def refused(server, data):
    """The status of the one answer to this, after which the server ends the connection."""
    smuggled = "GET /smuggled HTTP/1.1\r\nHost: smuggled.example\r\n\r\n"
    with server.connect() as connection:
        connection.send(data)
        try:
            connection.send(smuggled)
        except (BrokenPipeError, ConnectionResetError):
            pass
        response = connection.read_response()
        assert response.value("Connection") == "close"
        assert connection.read_until_closed() == b""
    return response.status


def get(*lines, target="/", version="HTTP/1.1"):
    return f"GET {target} {version}\r\n" + "".join(f"{line}\r\n" for line in lines) + "\r\n"


def chunked(rest, *lines):
    return ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + "".join(f"{line}\r\n" for line in lines) + "\r\n" + rest)


class TestLimits:
    def test_limit_request_line(self, bare):
        room = 8190 - len("GET  HTTP/1.1")
        assert environ_of(bare.ask(target="/" + "x" * (room - 1)))["PATH_INFO"].count("x") > 8000
        assert refused(bare, get("Host: a", target="/" + "x" * room)) == 414

    def test_a_request_line_without_end_is_refused_before_its_end(self, bare):
        with bare.connect() as connection:
            connection.send("GET /" + "x" * 100_000)
            assert connection.read_response().status == 414

    def test_limit_request_fields(self, bare):
        def fields(count):
            return [("Host", "a")] + [(f"X-{n}", "v") for n in range(count - 1)]

        assert bare.ask(fields=fields(100)).status == 200
        lines = [f"{name}: {value}" for name, value in fields(101)]
        assert refused(bare, get(*lines)) == 431

    def test_limit_request_field_size(self, bare):
        room = 8190 - len("X-Long: ")
        assert bare.ask(fields=[("X-Long", "v" * room)]).status == 200
        assert refused(bare, get("Host: a", "X-Long: " + "v" * (room + 1))) == 431

    def test_a_field_without_end_is_refused_before_its_end(self, bare):
        with bare.connect() as connection:
            connection.send("GET / HTTP/1.1\r\nX-Long: " + "v" * 100_000)
            assert connection.read_response().status == 431

    def test_limit_request_body(self, bare):
        assert refused(
            bare, f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {(1 << 30) + 1}\r\n\r\n") == 413

    def test_limit_request_body_can_be_set(self, serve_app):
        server = serve_app("probe", "--limit-request-body", "1000")
        assert server.ask("POST", body=b"x" * 1000).status == 200
        assert refused(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n") == 413
        assert refused(server, chunked("3e8\r\n" + "x" * 1000 + "\r\n1\r\nx\r\n")) == 413

    @pytest.mark.parametrize("version", ["HTTP/2.0", "HTTP/3.0", "HTTP/0.9"])
    def test_other_versions(self, bare, version):
        assert refused(bare, get("Host: a", version=version)) == 505

    def test_connect_is_not_for_us(self, bare):
        assert refused(bare, "CONNECT other.example:80 HTTP/1.1\r\nHost: a\r\n\r\n") in (400, 501)

    @pytest.mark.slow
    def test_request_read_timeout(self, bare):
        """RequestReadTimeout: a head that does not end, and a body that does not come, get 408
        after 20 s, and a head that drips below MinRate 500 by 40 s."""
        outcomes = {}

        def stall(name, data, drip=None):
            with bare.connect(timeout=120) as connection:
                connection.send(data)
                began = time.monotonic()
                if drip:
                    connection.socket.settimeout(2)
                while True:
                    try:
                        response = connection.read_response()
                        break
                    except TimeoutError:
                        connection.send(drip)
                outcomes[name] = (response.status, time.monotonic() - began)
                assert connection.read_until_closed() == b""

        post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nsome"
        stalls = [threading.Thread(target=stall, args=arguments) for arguments in (
            ("head", "GET / HTTP/1.1\r\nHost:"), ("body", post),
            ("dripping head", "GET / HTTP/1.1\r\n", "X-Drip: 1\r\n"))]
        for thread in stalls:
            thread.start()
        for thread in stalls:
            thread.join()
        assert {name: status for name, (status, _) in outcomes.items()} == {
            "head": 408, "body": 408, "dripping head": 408}
        assert all(15 < seconds < 60 for _, seconds in outcomes.values()), outcomes


# Each could make two servers see different requests in the same bytes.
AMBIGUOUS = {
    "both framings": "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "both framings, other order": "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                                  "Content-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": get("Host: a", "Content-Length: 5", "Content-Length: 6"),
    "two equal lengths": get("Host: a", "Content-Length: 0", "Content-Length: 0"),
    "list of lengths": get("Host: a", "Content-Length: 5, 5"),
    "length with a sign": get("Host: a", "Content-Length: +5"),
    "negative length": get("Host: a", "Content-Length: -1"),
    "hexadecimal length": get("Host: a", "Content-Length: 0x5"),
    "length with a space": get("Host: a", "Content-Length: 1 0"),
    "length with a fraction": get("Host: a", "Content-Length: 5.0"),
    "length with an underscore": get("Host: a", "Content-Length: 1_0"),
    "empty length": get("Host: a", "Content-Length:"),
    "length beyond 64 bits": get("Host: a", "Content-Length: 18446744073709551617"),
    "identity coding": get("Host: a", "Transfer-Encoding: identity"),
    "coding before chunked": get("Host: a", "Transfer-Encoding: gzip, chunked"),
    "coding after chunked": get("Host: a", "Transfer-Encoding: chunked, gzip"),
    "chunked twice": get("Host: a", "Transfer-Encoding: chunked, chunked"),
    "two coding fields": get("Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "two different coding fields": get("Host: a", "Transfer-Encoding: chunked",
                                       "Transfer-Encoding: identity"),
    "not quite chunked": get("Host: a", "Transfer-Encoding: xchunked"),
    "chunked with a parameter": get("Host: a", "Transfer-Encoding: chunked;q=1"),
    "chunked in quotes": get("Host: a", 'Transfer-Encoding: "chunked"'),
    "chunked after a vertical tab": get("Host: a", "Transfer-Encoding: \x0bchunked"),
    "empty coding": get("Host: a", "Transfer-Encoding:"),
    "chunked in HTTP/1.0": "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "0\r\n\r\n",
    "bare LF after the request line": "GET / HTTP/1.1\nHost: a\r\n\r\n",
    "bare LF after a field": "GET / HTTP/1.1\r\nHost: a\nX-B: c\r\n\r\n",
    "bare LF as the empty line": "GET / HTTP/1.1\r\nHost: a\r\n\n",
    "bare CR in a value": get("Host: a", "X-A: b\rX-B: c"),
    "bare CR in the request line": "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n",
    "two CRs before the LF": "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n",
    "folded field": get("Host: a", "X-A: b", " c"),
    "field folded with a tab": get("Host: a", "X-A: b", "\tc"),
    "folded first field": get(" Host: a"),
    "space before the colon": get("Host: a", "X-A : b"),
    "tab before the colon": get("Host: a", "X-A\t: b"),
    "space before the length's colon": get("Host: a", "Content-Length : 5"),
    "space in a name": get("Host: a", "X A: b"),
    "name that is empty": get("Host: a", ": b"),
    "line without a colon": get("Host: a", "X-A"),
    "name with a control character": get("Host: a", "X-\x01A: b"),
    "name not in ASCII": get("Host: a", "X-\xe9: b"),
    "two hosts": get("Host: a", "Host: b"),
    "two equal hosts": get("Host: a", "Host: a"),
    "no host": get("X-A: b"),
    "host with a space": get("Host: a b"),
    "host with a path": get("Host: a/b"),
    "host with user": get("Host: user@a"),
    "NUL in a value": get("Host: a", "X-A: b\x00c"),
    "control character in a value": get("Host: a", "X-A: b\x01c"),
    "DEL in a value": get("Host: a", "X-A: b\x7fc"),
    "control character in the target": get("Host: a", target="/a\x01b"),
    "target not in ASCII": get("Host: a", target="/caf\xe9"),
    "space in the target": get("Host: a", target="/a b"),
    "fragment in the target": get("Host: a", target="/a#b"),
    "target without a slash": get("Host: a", target="a"),
    "asterisk for GET": get("Host: a", target="*"),
    "authority for GET": get("Host: a", target="a.example:80"),
    "absolute target without a host": get("Host: a", target="http:///path"),
    "absolute target with user": get("Host: a", target="http://user@a.example/"),
    "target of another scheme": get("Host: a", target="ftp://a.example/"),
    "half an escape": get("Host: a", target="/a%2"),
    "escape that is no number": get("Host: a", target="/%zz"),
    "escaped NUL": get("Host: a", target="/a%00b"),
    "path above the root": get("Host: a", target="/a/../../b"),
    "no version": "GET /\r\nHost: a\r\n\r\n",
    "two spaces after the method": "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    "space before the method": " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "tab in the request line": "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "space after the version": "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
    "method that is no token": "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "version in lower case": get("Host: a", version="http/1.1"),
    "version of two digits": get("Host: a", version="HTTP/1.10"),
    "TLS hello": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "chunk size with 0x": chunked("0x5\r\nhello\r\n0\r\n\r\n"),
    "chunk size with a sign": chunked("+5\r\nhello\r\n0\r\n\r\n"),
    "negative chunk size": chunked("-5\r\nhello\r\n0\r\n\r\n"),
    "chunk size after a space": chunked(" 5\r\nhello\r\n0\r\n\r\n"),
    "empty chunk size": chunked("\r\nhello\r\n0\r\n\r\n"),
    "chunk size that is no number": chunked("g\r\nhello\r\n0\r\n\r\n"),
    "chunk size beyond 64 bits": chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"),
    "chunk size line ended by a bare LF": chunked("5\nhello\r\n0\r\n\r\n"),
    "bare LF in a chunk extension": chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"),
    "bare CR in a chunk extension": chunked("5;a\rb\r\nhello\r\n0\r\n\r\n"),
    "chunk longer than its size": chunked("4\r\nhello\r\n0\r\n\r\n"),
    "chunk ended by a bare LF": chunked("5\r\nhello\n0\r\n\r\n"),
    "chunk without its CRLF": chunked("5\r\nhello0\r\n\r\n"),
    "last chunk ended by a bare LF": chunked("5\r\nhello\r\n0\n\r\n"),
    "trailer that frames": chunked("0\r\nContent-Length: 5\r\n\r\n"),
    "trailer that codes": chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n"),
    "trailer that routes": chunked("0\r\nHost: b\r\n\r\n"),
    "trailer that authenticates": chunked("0\r\nAuthorization: Basic YTpi\r\n\r\n"),
    "trailer with a space before the colon": chunked("0\r\nX-A : b\r\n\r\n"),
    "folded trailer": chunked("0\r\nX-A: b\r\n c\r\n\r\n"),
    "trailer ended by a bare LF": chunked("0\r\nX-A: b\n\r\n"),
}


class TestSmuggling:
    @pytest.mark.parametrize("data", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
    def test_what_is_ambiguous_is_refused(self, bare, data):
        assert refused(bare, data) == 400

    def test_a_refusal_after_a_good_request_leaves_its_answer_whole(self, bare):
        with bare.connect() as connection:
            connection.send(get("Host: a", target="/good") + get("Host: a", "Host: b"))
            assert environ_of(connection.read_response())["PATH_INFO"] == "/good"
            assert connection.read_response().status == 400
            assert connection.read_until_closed() == b""

    def test_refused_requests_never_reach_the_application(self, serve_app):
        server = serve_app("recording")
        for data in AMBIGUOUS.values():
            refused(server, data)
        assert server.ask(target="/last").status == 200
        server.wait_for_record("asked /last")
        assert server.records() == ["asked /last"]

    def test_a_refusal_is_logged_with_its_reason(self, serve_app):
        server = serve_app("probe")
        assert refused(server, get("Host: a", "Host: b")) == 400
        server.wait_for_log(r"(?i)host")


def test_a_thousand_broken_connections_leave_no_descriptor(serve_app):
    server = serve_app("probe")
    assert server.ask().status == 200
    descriptors = Path(f"/proc/{server.worker_pid()}/fd")

    def count():
        return len(list(descriptors.iterdir()))

    before = count()
    for number in range(1000):
        connection = server.connect()
        connection.send(["GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nBad\r\n\r\n", OK][number % 3])
        connection.close()
    wait_until(lambda: count() <= before, "its descriptors are closed", PATIENCE)
    assert server.ask().status == 200
