"""PEP 3333, seen by the application and by the client."""

import json
import re
import sys
from pathlib import Path

import pytest

from server import APPS, wait_until

sys.path.insert(0, str(APPS))
import answers as expected  # noqa: E402
import failing as wrong  # noqa: E402


def names(functions):
    return [function.__name__ for function in functions]


@pytest.fixture(scope="module")
def answers(serve_for_module, is_validated):
    return serve_for_module("answers", is_validated=is_validated)


@pytest.fixture(scope="module")
def inputs(serve_for_module, is_validated):
    return serve_for_module("inputs", is_validated=is_validated)


@pytest.fixture(scope="module")
def closing(serve_for_module, is_validated):
    # A server of a test that raises on purpose: its log has tracebacks.
    return serve_for_module("closing", is_validated=is_validated, expects_errors=True)


@pytest.fixture(scope="module")
def failing(serve_for_module):
    return serve_for_module("failing", expects_errors=True)


class TestAnswers:
    @pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
    @pytest.mark.parametrize("name", names(expected.WHOLE_ANSWERS))
    def test_every_kind_of_iterable_is_sent_whole(self, answers, name, version):
        response = answers.ask(target=f"/{name}", version=version)
        assert response.status == 200
        assert response.is_complete
        assert response.body == expected.WHOLE

    @pytest.mark.parametrize("name", names(expected.EMPTY_ANSWERS))
    def test_an_answer_may_be_empty(self, answers, name):
        with answers.connect() as connection:
            response = connection.ask(target=f"/{name}")
            assert (response.status, response.body, response.is_complete) == (200, b"", True)
            assert connection.ask(target="/teapot").status == 418

    @pytest.mark.parametrize("name", names(expected.LONG_ANSWERS))
    def test_long_answers_are_sent_whole(self, answers, name):
        response = answers.ask(target=f"/{name}")
        assert response.is_complete
        assert response.body == expected.LONG

    @pytest.mark.parametrize("name", ["from_one_block", "from_sized_one_block", "from_declared",
                                      "from_file", "from_file_at_position", "empty"])
    def test_a_known_length_is_declared(self, answers, is_validated, name):
        if is_validated and name not in ("from_declared", "empty"):
            pytest.skip("the validator hides len() and the file wrapper")
        response = answers.ask(target=f"/{name}")
        assert response.value("Content-Length") == str(len(response.body))

    @pytest.mark.parametrize("name", ["from_list", "from_generator", "from_iterator", "from_write"])
    def test_an_unknown_length_is_chunked_or_ends_with_the_connection(self, answers, name):
        assert answers.ask(target=f"/{name}").value("Transfer-Encoding") == "chunked"
        old = answers.ask(target=f"/{name}", version="HTTP/1.0")
        assert old.value("Transfer-Encoding") is None
        assert old.value("Connection") == "close"

    def test_an_error_before_the_first_byte_replaces_the_head(self, answers):
        response = answers.ask(target="/from_replaced_start")
        assert (response.status, response.reason) == (200, "Replaced")
        assert response.value("X-First") is None
        assert response.value("X-Second") == "yes"

    def test_statuses_without_a_body_have_none(self, answers):
        with answers.connect() as connection:
            for name, status in (("no_content", 204), ("not_modified", 304)):
                response = connection.ask(target=f"/{name}")
                assert response.status == status
                assert response.value("Transfer-Encoding") is None
                assert response.value("Content-Length") in (None, "0")
            assert connection.ask(target="/teapot").status == 418

    def test_status_and_fields_arrive_as_given(self, answers):
        response = answers.ask(target="/teapot")
        assert (response.status, response.reason) == (418, "I'm a teapot (short and stout)")
        assert answers.ask(target="/redirect").value("Location") == "/elsewhere"
        crumbs = answers.ask(target="/cookies")
        assert crumbs.values("Set-Cookie") == ["a=1", "b=2; Path=/"]
        assert crumbs.value("X-Latin") == "caf\xe9"

    def test_blocks_are_sent_when_they_are_made(self, serve_app, is_validated):
        """PEP 3333: a server must not hold back a block."""
        server = serve_app("gates", is_validated=is_validated)
        with server.connect() as connection:
            connection.send_request(target="/stream/first")
            connection.read_head()
            assert re.fullmatch(rb"[0-9a-f]{16}", connection.read_chunk())
            server.open_gate("first")
            assert connection.read_chunk() == b" done"
            assert connection.read_chunk() == b""


class TestInput:
    TEXT = b"first\nsecond line\n\nlast"

    @pytest.mark.parametrize("framing", ["length", "chunked"])
    @pytest.mark.parametrize("way, found", [
        ("read_all", TEXT), ("read_in_steps", TEXT), ("read_nothing", b""),
        ("lines", [b"first\n", b"second line\n", b"\n", b"last"]),
        ("lines_in_steps", [b"fir", b"st\n", b"sec", b"ond", b" li", b"ne\n", b"\n", b"las", b"t"]),
        ("all_lines", [b"first\n", b"second line\n", b"\n", b"last"]),
        ("hinted_lines", [b"first\n", b"second line\n", b"\n", b"last"]),
        ("iterated", [b"first\n", b"second line\n", b"\n", b"last"]),
        ("mixed", [b"fi", b"rst\n", b"second line\n", b"\n", b"last", b"", b""]),
        ("beyond_end", [TEXT, b"", b""]),
    ])
    def test_every_way_to_read(self, inputs, way, found, framing):
        with inputs.connect() as connection:
            if framing == "length":
                connection.send_request("POST", f"/{way}", body=self.TEXT)
            else:
                connection.send_request(
                    "POST", f"/{way}", fields=[("Transfer-Encoding", "chunked")])
                connection.send(b"".join(b"1\r\n%c\r\n" % byte for byte in self.TEXT)
                                + b"0\r\n\r\n")
            response = connection.read_response()
            assert response.status == 200
            body = response.body
            if isinstance(found, list):
                body = [line.encode("latin-1") for line in json.loads(body)]
            assert body == found

    @pytest.mark.parametrize("way", ["read_all", "lines", "iterated", "all_lines"])
    def test_a_request_without_a_body_reads_as_empty(self, inputs, way):
        assert inputs.ask(target=f"/{way}").body in (b"", b"[]")

    def test_sizes_may_be_left_out(self, serve_app):
        server = serve_app("input_defaults")
        for way in ("read", "minus_one", "none"):
            assert server.ask("POST", f"/{way}", body=self.TEXT).body == self.TEXT
        assert server.ask(
            "POST", "/readline_minus_one", body=self.TEXT).body == b"first\n|second line\n"


@pytest.fixture(scope="module")
def mounted(serve_for_module, is_validated):
    return serve_for_module("probe", "--mount", "/prefix", is_validated=is_validated)


class TestEnviron:
    @pytest.fixture
    def environ(self, mounted):
        return mounted.get_json("/prefix/path%20here?query=1", method="POST", body=b"{}",
                               fields=[("Content-Type", "application/json")])["environ"]

    def test_the_keys_of_pep_3333(self, environ, mounted):
        wanted = {
            "REQUEST_METHOD": "POST", "SCRIPT_NAME": "/prefix", "PATH_INFO": "/path here",
            "QUERY_STRING": "query=1", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "2",
            "SERVER_NAME": "test.example", "SERVER_PORT": str(mounted.port),
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "test.example",
            "wsgi.version": [1, 0], "wsgi.url_scheme": "http", "wsgi.run_once": False,
            "wsgi.multithread": True, "wsgi.multiprocess": False,
        }
        # A Host without a port means the scheme's port to Apache (UseCanonicalPhysicalPort Off).
        port = environ["SERVER_PORT"]
        assert port in (str(mounted.port), "80")
        assert {name: environ.get(name) for name in wanted} == {**wanted, "SERVER_PORT": port}
        assert {"wsgi.input", "wsgi.errors", "wsgi.file_wrapper"} <= set(environ)

    def test_the_keys_that_mod_wsgi_sets(self, environ):
        assert environ["REMOTE_ADDR"] == "127.0.0.1"
        assert environ["REMOTE_PORT"].isdigit()
        assert environ["SERVER_ADDR"] == "127.0.0.1"
        assert environ["REQUEST_URI"] == "/prefix/path%20here?query=1"
        assert environ["REQUEST_SCHEME"] == "http"
        assert "orkloom" in environ["SERVER_SOFTWARE"]
        assert environ["wsgi.input_terminated"] is True

    def test_the_keys_of_our_own(self, environ):
        own = {name: value for name, value in environ.items() if name.startswith("forkloom.")}
        assert re.fullmatch(r"[0-9a-f]{16}", own["forkloom.request_id"])
        assert len(own) > 3

    def test_request_ids_differ(self, mounted):
        found = [mounted.get_json("/prefix/")["environ"]["forkloom.request_id"] for _ in range(20)]
        assert len(set(found)) == 20

    def test_the_mount_point_itself_and_its_slash(self, mounted):
        for target, path in (("/prefix", ""), ("/prefix/", "/")):
            environ = mounted.get_json(target)["environ"]
            assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/prefix", path)

    @pytest.mark.parametrize("target", ["/", "/elsewhere", "/prefixed", "/Prefix"])
    def test_what_is_not_below_the_mount_point_is_not_found(self, mounted, target):
        assert mounted.ask(target=target).status == 404

    def test_the_application_sees_the_authorization_field(self, mounted):
        """`forkloom serve` has one application, which checks passwords itself."""
        environ = mounted.get_json(
            "/prefix/", fields=[("Authorization", "Basic YTpi")])["environ"]
        assert environ["HTTP_AUTHORIZATION"] == "Basic YTpi"

    def test_one_thread_is_not_multithread(self, serve_app):
        environ = serve_app("probe", threads=1).get_json()["environ"]
        assert environ["wsgi.multithread"] is False
        assert environ["wsgi.multiprocess"] is False
        assert environ["SCRIPT_NAME"] == ""
        assert environ["PATH_INFO"] == "/"


class TestClose:
    @pytest.mark.parametrize("how", ["whole", "empty", "generator", "file", "long", "short",
                                     "failing", "failing_at_once"])
    def test_close_is_called_once_however_the_answer_ends(self, closing, is_validated, how):
        name = f"{how}-{is_validated}"
        closing.ask(target=f"/{how}/{name}")
        closing.wait_for_record(f"closed {name}")
        # Whatever would close it again has happened when the same thread's next answer is there.
        for _ in range(8):
            closing.ask(target="/whole/after")
        assert closing.records().count(f"closed {name}") == 1

    def test_close_is_called_for_head(self, closing, is_validated):
        name = f"head-{is_validated}"
        assert closing.ask("HEAD", f"/whole/{name}").status == 200
        closing.wait_for_record(f"closed {name}")

    @pytest.mark.parametrize("way", ["close", "abandon"])
    def test_close_is_called_when_the_client_leaves_a_stream(self, closing, is_validated, way):
        name = f"left-{way}-{is_validated}"
        connection = closing.connect()
        connection.send_request(target=f"/endless/{name}")
        connection.read_head()
        getattr(connection, way)()
        closing.wait_for_record(f"closed {name}")
        assert closing.records().count(f"closed {name}") == 1

    def test_close_is_called_when_the_client_left_before_the_answer(self, closing, is_validated):
        name = f"early-{is_validated}"
        connection = closing.connect()
        connection.send_request(target=f"/gate/{name}")
        closing.wait_for_record(f"reached {name}")
        connection.abandon()
        closing.open_gate(name)
        closing.wait_for_record(f"closed {name}")
        assert closing.records().count(f"closed {name}") == 1


class TestFailures:
    @pytest.fixture(autouse=True)
    def it_serves_on(self, failing):
        """Whatever a test's application did, the same process answers the next request."""
        pid = failing.worker_pid()
        yield
        assert failing.ask().body == b"answer"
        assert failing.worker_pid() == pid

    @pytest.mark.parametrize("name", ["raise", "system_exit", "keyboard_interrupt",
                                      "base_exception", "generator_exit", "never", "none",
                                      "number", "bad_iter", "after_start_only", "text_block",
                                      "write_text", "twice"])
    def test_a_failure_before_the_head_is_a_500(self, failing, name):
        with failing.connect() as connection:
            response = connection.ask(target=f"/{name}")
            assert response.status == 500
            assert response.is_complete
            # Nothing of the inside is for the client's eyes.
            assert "Traceback" not in response.text and "failing.py" not in response.text

    @pytest.mark.parametrize("name, text", [
        ("raise", "RuntimeError: before the head"), ("system_exit", "SystemExit: 3"),
        ("keyboard_interrupt", "KeyboardInterrupt"), ("base_exception", "not an Exception"),
        ("bad_close", "in close()"), ("after_head", "after the head"),
    ])
    def test_a_failure_is_logged_with_its_traceback(self, failing, name, text):
        failing.ask(target=f"/{name}")
        failing.wait_for_log(re.escape(text))
        failing.wait_for_log(r"Traceback \(most recent call last\)")
        failing.wait_for_log(r"failing\.py")

    @pytest.mark.parametrize("name", ["after_head", "system_exit_after_head",
                                      "exc_info_after_head", "text_block_later"])
    def test_a_failure_after_the_head_cuts_the_connection(self, failing, name):
        """Without the last chunk, so that the client can tell."""
        with failing.connect() as connection:
            response = connection.ask(target=f"/{name}")
            assert response.status == 200
            assert response.body == b"before"
            assert not response.is_complete
            assert connection.read_until_closed() == b""

    def test_a_failure_after_a_head_with_a_length_cuts_the_connection(self, failing):
        with failing.connect() as connection:
            response = connection.ask(target="/declared_after_head")
            assert (response.body, response.is_complete) == (b"before", False)

    def test_a_failure_that_closes_late_keeps_the_answer(self, failing):
        assert failing.ask(target="/bad_close").body.startswith(b"answer")

    def test_exc_info_before_the_head_is_the_application_s_own_answer(self, failing):
        response = failing.ask(target="/exc_info_before_head")
        assert (response.status, response.body) == (503, b"sorry")

    def test_output_short_of_its_length_ends_the_connection(self, failing):
        with failing.connect() as connection:
            response = connection.ask(target="/short")
            assert (response.body, response.is_complete) == (b"five!", False)
        failing.wait_for_log(r"(?i)(content-length|short|declared)")

    @pytest.mark.parametrize("name", ["long", "long_in_one_block", "long_by_write"])
    def test_output_beyond_its_length_is_cut(self, failing, name):
        with failing.connect() as connection:
            response = connection.ask(target=f"/{name}")
            assert (response.body, response.is_complete) == (b"five!five!", True)
            # Nothing of the excess is taken for the next answer.
            connection.send_request()
            try:
                assert connection.read_response().body == b"answer"
            except EOFError as end:
                assert end.args[0] == b""
        failing.wait_for_log(r"(?i)(content-length|beyond|declared)")

    @pytest.mark.parametrize("path", wrong.BAD_HEADS)
    def test_a_bad_head_is_refused_by_start_response(self, failing, path):
        with failing.connect() as connection:
            response = connection.ask(target=path)
        assert response.status == 500
        assert response.value("X-Injected") is None
        assert any(record.startswith(f"refused {path} ") for record in failing.records())


class TestErrors:
    def test_lines_of_wsgi_errors_go_to_the_error_log_with_the_request_s_id(
            self, serve_app, is_validated):
        server = serve_app("errors", is_validated=is_validated)
        request_id = server.ask().text
        assert len(request_id) == 16
        for line in ("one line", "a line in two parts", "from writelines", "and its second",
                     "three", "lines", "at once", "without its end"):
            server.wait_for_log(rf"^.*{request_id}.* {line}$")
        server.wait_for_log(rf"^.*{request_id}.* not ASCII: ")

    def test_lines_tell_time_level_process_and_thread(self, serve_app):
        server = serve_app("errors")
        server.ask()
        worker = server.worker_pid()
        server.wait_for_log(
            rf"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \[\w+\] \[pid {worker}:tid \d+\].* one line$")

    def test_prints_are_not_lost(self, serve_app):
        server = serve_app("errors")
        server.ask()
        for line in ("printed", "printed as an error"):
            wait_until(lambda line=line: re.search(
                rf"(^|.*[ \]]){line}$", server.everything_written(), re.M), f"{line} is written")


class TestFiles:
    """wsgi.file_wrapper of regular files."""

    def test_a_slow_reader_of_a_file_holds_no_request_thread(self, serve, tmp_path):
        """The file goes from the kernel to the client without Python."""
        size = 64 << 20
        content = bytes(range(256)) * (size // 256)
        (tmp_path / "file").write_bytes(content)
        (tmp_path / "files.py").write_text(
            "def application(environ, start_response):\n"
            "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
            "    if environ['PATH_INFO'] == '/other':\n"
            "        return [b'other']\n"
            f"    return environ['wsgi.file_wrapper'](open({str(tmp_path / 'file')!r}, 'rb'))\n")
        server = serve("files", "--python-path", tmp_path, threads=1)
        with server.connect(receive_buffer=1 << 16) as connection:
            connection.send_request()
            head = connection.read_head()
            assert head.value("Content-Length") == str(size)
            assert server.ask(target="/other").body == b"other"
            connection.read_body(head)
            assert head.body == content
        descriptors = Path(f"/proc/{server.worker_pid()}/fd")
        wait_until(lambda: not any(
            link.is_symlink() and str(link.readlink()).endswith("/file")
            for link in list(descriptors.iterdir()) if link.is_symlink()), "the file is closed")
