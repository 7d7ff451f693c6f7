"""The access log and the error log, and how they live with logrotate."""

import json
import os
import re
import sys
import threading
import time

import pytest

from server import APPS, free_port, run_forkloom, wait_until

TIME = r"\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]"


def lines_of(path):
    return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def log(tmp_path):
    return tmp_path / "access.log"


def one_line(log):
    return wait_until(lambda: lines_of(log), "a line is logged")[0]


class TestFormats:
    def test_common(self, serve_app, log):
        server = serve_app("probe", "--access-log-format", "common", access_log=log)
        size = len(server.ask(target="/path?query").body)
        assert re.fullmatch(
            rf'127\.0\.0\.1 - - {TIME} "GET /path\?query HTTP/1\.1" 200 {size}', one_line(log))

    def test_combined_is_the_default(self, serve_app, log):
        server = serve_app("probe", access_log=log)
        size = len(server.ask(fields=[("Referer", "http://from.example/"),
                                      ("User-Agent", 'say "hello"')]).body)
        assert re.fullmatch(
            rf'127\.0\.0\.1 - - {TIME} "GET / HTTP/1\.1" 200 {size} '
            r'"http://from\.example/" "say \\"hello\\""', one_line(log))

    def test_custom(self, serve_app, log):
        server = serve_app(
            "answers", "--access-log-format",
            "%m %U%q %>s %B %X %k %p %{X-Tag}i %{Content-Type}o [%D] %%", access_log=log)
        with server.connect() as connection:
            connection.ask(target="/redirect?a=1", fields=[("X-Tag", "tagged")])
            connection.ask("HEAD", "/from_one_block")
            connection.ask("GET", "/no_content", fields=[("Connection", "close")])
        wait_until(lambda: len(lines_of(log)) == 3, "three lines are logged")
        lines = lines_of(log)
        number = r"\[\d+\] %"
        assert re.fullmatch(
            rf"GET /redirect\?a=1 302 9 \+ 0 {server.port} tagged text/plain {number}", lines[0])
        assert re.fullmatch(
            rf"HEAD /from_one_block 200 0 \+ 1 {server.port} - text/plain {number}", lines[1])
        assert re.fullmatch(rf"GET /no_content 204 0 - 2 {server.port} - - {number}", lines[2])

    def test_json(self, serve_app, log):
        server = serve_app("probe", "--access-log-format", "json", access_log=log)
        response = server.ask(target="/path?q=%22", fields=[("User-Agent", 'x"\\y')])
        line = json.loads(one_line(log))
        assert line["status"] == 200
        assert line["path"] == "/path"
        assert line["method"] == "GET"
        assert line["bytes"] == len(response.body)
        assert line["user_agent"] == 'x"\\y'
        assert line["request_id"] == json.loads(response.body)["environ"]["forkloom.request_id"]

    def test_a_format_that_is_wrong_is_told_at_start(self, tmp_path):
        result = run_forkloom(
            tmp_path, "serve", APPS / "probe.py", "--bind", f"127.0.0.1:{free_port()}",
            "--python", sys.executable,
            "--access-log", tmp_path / "log", "--access-log-format", "%h %Y")
        assert result.returncode != 0
        assert "%Y" in result.stderr

    def test_standard_output(self, serve_app):
        server = serve_app("probe", access_log="-")
        server.ask(target="/to-stdout")
        wait_until(lambda: '"GET /to-stdout HTTP/1.1" 200' in server.output(), "a line is printed")

    def test_off(self, serve_app):
        server = serve_app("probe", access_log="off")
        server.ask(target="/not-logged")
        server.ask(target="/nor-this")
        assert "not-logged" not in server.everything_written()
        assert not list(server.folder.glob("*access*"))

    def test_refused_and_unfinished_requests_are_logged(self, serve_app, log):
        server = serve_app("gates", "--access-log-format", "%>s %X", access_log=log)
        with server.connect() as connection:
            connection.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            assert connection.read_response().status == 400
        assert wait_until(lambda: lines_of(log), "the refusal is logged")[0].split()[0] == "400"
        connection = server.connect()
        connection.send_request(target="/hog/left")
        connection.read_head()
        connection.abandon()
        wait_until(lambda: "200 X" in lines_of(log), "the answer that was cut short is logged")

    def test_the_log_cannot_be_forged(self, serve_app, log):
        server = serve_app("probe", access_log=log)
        server.ask(target="/%0a127.0.0.1", fields=[("User-Agent", "a\tb\xe9\"")])
        assert len(lines_of(log) or wait_until(lambda: lines_of(log), "it is logged")) == 1
        assert lines_of(log)[0].isascii() and lines_of(log)[0].isprintable()


def test_a_log_that_takes_no_more_stops_no_request(serve_app, tmp_path):
    """A pipe that nobody empties: the network thread does not wait for it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    server = serve_app("answers", "--access-log-format", "%r", access_log=pipe)
    count, target = 400, "/teapot?" + "x" * 1000
    with server.connect() as connection:
        for _ in range(90):
            assert connection.ask(target=target).status == 418
    for _ in range(count - 90):
        assert server.ask(target=target).status == 418
    # More than a pipe holds was logged, so the writer waits now. Empty it, and all is there.
    received = []

    def empty():
        os.set_blocking(reading, True)
        while data := os.read(reading, 1 << 16):
            received.append(data)

    reader = threading.Thread(target=empty)
    reader.start()
    server.signal()
    assert server.wait() == 0
    reader.join()
    os.close(reading)
    assert b"".join(received).count(b"\n") == count


def test_logrotate_loses_no_line(serve_app, tmp_path):
    """The file is moved away three times under load."""
    log = tmp_path / "access.log"
    server = serve_app("answers", "--access-log-format", "%q", access_log=log)
    is_done = threading.Event()
    asked = []

    def client(name):
        number = 0
        while not is_done.is_set():
            with server.connect() as connection:
                for _ in range(50):
                    target = f"/teapot?{name}-{number}"
                    assert connection.ask(target=target).status == 418
                    asked.append(target.partition("/teapot")[2])
                    number += 1

    clients = [threading.Thread(target=client, args=(name,)) for name in "abcd"]
    for thread in clients:
        thread.start()
    moved = []
    for turn in range(3):
        wait_until(lambda: lines_of(log), "lines are logged")
        moved.append(tmp_path / f"access.log.{turn}")
        log.rename(moved[-1])
        wait_until(lambda: lines_of(log), "the path is opened again")
    is_done.set()
    for thread in clients:
        thread.join()
    server.signal()
    assert server.wait() == 0
    lines = [line for path in [*moved, log] for line in lines_of(path)]
    assert sorted(lines) == sorted(asked)


def test_a_removed_log_is_made_again(serve_app, log):
    server = serve_app("answers", access_log=log)
    server.ask(target="/teapot")
    wait_until(lambda: lines_of(log), "a line is logged")
    log.unlink()

    def is_there():
        server.ask(target="/teapot")
        return lines_of(log)

    wait_until(is_there, "the path is opened again")


def test_a_moved_error_log_is_opened_again(serve_app):
    """For what the server says, and for what the application prints."""
    server = serve_app("errors")
    server.ask()
    server.wait_for_log("one line$")
    server.error_log_path.rename(server.folder / "error.log.1")

    def has_both():
        server.ask()
        time.sleep(0.05)
        if not server.error_log_path.exists():
            return False
        text = server.error_log()
        return re.search("one line$", text, re.M) and re.search("printed$", text, re.M)

    wait_until(has_both, "both stand in the new file")


def test_log_level_silences_what_is_less_urgent(serve_app):
    loud = serve_app("probe", "--log-level", "debug")
    quiet = serve_app("probe", "--log-level", "crit")
    for server in (loud, quiet):
        server.ask()
        server.signal()
        assert server.wait() == 0
    assert len(loud.error_log().splitlines()) > 0
    assert quiet.error_log() == ""
