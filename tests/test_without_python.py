"""A server without applications starts no Python."""

import os
import signal

import pytest

from server import BINARY, is_alive, process_children, wait_until


@pytest.fixture
def files(site):
    site.write("html/index.html", "index")
    return site


SITE = """\
DocumentRoot ${SITE}/html
CustomLog ${SITE}/logs/access.log "%r %>s"
"""


def test_its_child_is_the_binary_itself(files):
    server = files.run(SITE + "WSGIPythonHome /nowhere\nWSGIPythonPath /nowhere\n")
    child = server.worker_pid()
    assert os.readlink(f"/proc/{child}/exe") == str(BINARY.resolve())
    with open(f"/proc/{child}/maps") as maps:
        assert "libpython" not in maps.read()
    assert "python" not in server.start_lines()
    assert server.ask().body == b"index"


def test_it_logs(files):
    server = files.run(SITE + "LogLevel info\n")
    assert server.ask(target="/%2egit").status == 403
    files.wait_for_line("access.log", r"^GET /%2egit HTTP/1\.1 403$")
    files.wait_for_line("error.log", "hidden files are not served")


def test_it_finishes_what_it_has_begun(files):
    large = b"x" * (8 << 20)
    files.write("html/large.bin", large)
    server = files.run(SITE)
    with server.connect(receive_buffer=4096) as connection:
        connection.send_request(target="/large.bin")
        response = connection.read_head()
        server.signal()
        server.wait_for_log("SIGTERM: the server stops")
        server.wait_for_log(r"stopping: SIGTERM; 1 connections are open")
        connection.read_body(response)
        assert response.is_complete and response.body == large
    assert server.wait() == 0


def test_a_killed_child_is_replaced(files):
    server = files.run(SITE)
    first = server.worker_pid()
    os.kill(first, signal.SIGKILL)

    def another():
        return [pid for pid in process_children(server.pid) if pid != first and is_alive(pid)]

    wait_until(another, "there is another child")
    assert server.ask().body == b"index"
    server.wait_for_log(rf"child 0 \(pid {first}\) ended: signal SIGKILL")


def test_it_ends_with_its_parent(files):
    server = files.run(SITE, expects_errors=True)
    child = server.worker_pid()
    server.may_fail = True
    server.signal(signal.SIGKILL)
    server.wait()
    wait_until(lambda: not is_alive(child), "the child has ended too")


def test_a_client_that_leaves_during_sendfile_does_not_end_it(files):
    """sendfile(2) raises SIGPIPE, which Python ignores and nobody else."""
    files.write("html/large.bin", b"x" * (20 << 20))
    server = files.run(SITE)
    child = server.worker_pid()
    for _ in range(10):
        with server.connect(receive_buffer=4096) as connection:
            connection.send_request(target="/large.bin")
            connection.read_head()
            connection.abandon()
    assert server.ask().body == b"index"
    assert server.worker_pid() == child


def test_an_application_in_one_of_the_hosts_needs_python(files):
    server = files.run(SITE + """\
<VirtualHost *:${PORT}>
    ServerName shop.example
    WSGIScriptAlias / ${APPS}/probe.py
</VirtualHost>
""")
    assert "python" in os.readlink(f"/proc/{server.worker_pid()}/exe")
