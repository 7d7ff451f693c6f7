"""How it stops, and what happens when a process is killed."""

import contextlib
import os
import re
import signal
import threading
import time

import pytest

from server import is_alive, process_children, wait_until


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_stops_at_once_and_runs_atexit(serve_app, number):
    server = serve_app("gates", "--graceful-timeout", "1000")
    worker = server.worker_pid()
    idle = [server.connect() for _ in range(10)]
    assert idle[0].ask(target="/pass").status == 200
    server.signal(number)
    assert server.wait() == 0
    assert server.records("atexit") == ["atexit"]
    assert not is_alive(worker)
    for connection in idle:
        assert connection.read_until_closed() == b""
        connection.close()


def test_what_runs_is_finished_and_nothing_new_is_accepted(serve_app):
    server = serve_app("gates", threads=11)
    held = [server.connect() for _ in range(5)]
    for number, connection in enumerate(held):
        connection.send_request(target=f"/hold/{number}")
    streams = [server.connect() for _ in range(5)]
    for number, connection in enumerate(streams, 5):
        connection.send_request(target=f"/stream/{number}")
    for number in range(10):
        server.wait_for_record(f"reached {number}")
    idle = server.connect()
    with server.connect() as connection:
        connection.ask(target="/pass", fields=[("Connection", "close")])

    server.signal()
    assert idle.read_until_closed() == b""  # at once, though others run

    def is_refused():
        try:
            server.connect().close()
        except ConnectionError:
            return True
        return False

    wait_until(is_refused, "connections are refused")
    assert server.process.poll() is None
    for number in range(10):
        server.open_gate(str(number))
    for number, connection in enumerate(held):
        response = connection.read_response()
        assert response.body == b"held %d" % number
        assert response.value("Connection") == "close"
        assert connection.read_until_closed() == b""
    for connection in streams:
        response = connection.read_response()
        assert response.is_complete
        assert response.body.endswith(b" done")
    assert server.wait() == 0
    assert server.records("atexit") == ["atexit"]


def test_an_answer_that_a_slow_client_still_reads_is_finished(serve_app):
    """The application is done with it; 32 MiB are not."""
    server = serve_app("gates")
    with server.connect(receive_buffer=1 << 16) as slow:
        slow.send_request(target="/hog/slow")
        head = slow.read_head()
        server.signal()
        time.sleep(0.2)
        slow.read_body(head)
        assert head.is_complete
    assert server.wait() == 0


def test_an_upload_that_has_begun_is_finished(serve_app):
    server = serve_app("inputs")
    with server.connect() as connection:
        connection.send("POST /read_all HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n"
                        "Expect: 100-continue\r\n\r\n")
        assert connection.read_head().status == 100
        server.signal()
        time.sleep(0.2)
        connection.send("0123456789")
        response = connection.read_response()
        assert (response.status, response.body) == (200, b"0123456789")
    assert server.wait() == 0


def test_under_load_no_accepted_request_is_lost(serve, tmp_path):
    """What the application began, the client got whole."""
    (tmp_path / "load.py").write_text(
        "import os, time\n"
        "log = os.open(os.environ['TEST_FOLDER'] + '/records',\n"
        "              os.O_WRONLY | os.O_CREAT | os.O_APPEND)\n"
        "def application(environ, start_response):\n"
        "    token = environ['QUERY_STRING']\n"
        "    os.write(log, f'began {token}\\n'.encode())\n"
        "    time.sleep(0.02)\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [token.encode()]\n")
    server = serve("load", "--python-path", tmp_path, threads=8)
    whole, wrong = set(), []

    def client(name, requests_each):
        number = 0
        while True:
            try:
                with server.connect() as connection:
                    for _ in range(requests_each):
                        token = f"{name}-{number}"
                        number += 1
                        response = connection.ask(target=f"/?{token}")
                        if response.status != 200 or response.body != token.encode():
                            wrong.append(response)
                        whole.add(token)
                        if response.value("Connection") == "close":
                            break
            except ConnectionRefusedError:
                return
            except (EOFError, OSError):
                continue  # closed before a request of it was begun: the records tell

    clients = [threading.Thread(target=client, args=(name, 1 + name % 3 * 20))
               for name in range(16)]
    for thread in clients:
        thread.start()
    wait_until(lambda: len(whole) > 300, "it is under load")
    server.signal()
    for thread in clients:
        thread.join()
    assert server.wait() == 0
    began = {record.split()[1] for record in server.records("began")}
    assert began - whole == set()
    assert whole - began == set()
    assert wrong == []


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_stops_at_once(serve_app, first):
    server = serve_app("gates", "--graceful-timeout", "1000", threads=2)
    with server.connect() as connection, contextlib.ExitStack() as stack:
        stack.callback(server.open_gate, "never")
        connection.send_request(target="/hold/never")
        server.wait_for_record("reached never")
        worker = server.worker_pid()
        server.signal(first)
        server.wait_for_log(r"(?i)stop|shut|graceful")
        assert connection.is_silent(0.5)
        assert server.process.poll() is None
        server.signal()
        server.process.wait(30)
        wait_until(lambda: not is_alive(worker), "its child is gone")
        assert connection.read_until_closed() == b""
    server.may_fail = True


def test_the_graceful_timeout_ends_what_does_not_end(serve_app):
    server = serve_app("gates", "--graceful-timeout", "1")
    with server.connect() as connection:
        connection.send_request(target="/stream/never")
        connection.read_head()
        request_id = connection.read_chunk().decode()
        server.signal()
        server.process.wait(30)
        with contextlib.suppress(EOFError, ConnectionResetError):
            assert connection.read_chunk() != b""  # no end mark: the client can tell
    assert request_id in server.error_log()
    server.may_fail = True


def test_a_killed_child_is_replaced_and_its_requests_are_named(serve_app):
    server = serve_app("gates", expects_errors=True)
    worker = server.worker_pid()
    with server.connect() as connection:
        connection.send_request(target="/stream/never?which=this")
        connection.read_head()
        request_id = connection.read_chunk().decode()
        os.kill(worker, signal.SIGKILL)
        with contextlib.suppress(EOFError, ConnectionResetError):
            assert connection.read_chunk() != b""
    server.wait_for_log(rf"{request_id}.*/stream/never")
    server.wait_for_log(rf"{worker}.*(?i:signal|kill)")
    wait_until(lambda: process_children(server.pid) not in ([], [worker]), "there is another child")
    assert server.ask(target="/pass").status == 200
    assert server.worker_pid() != worker


def test_connections_wait_while_a_child_is_replaced(serve_app):
    """The parent holds the listening socket: nobody is refused."""
    server = serve_app("gates", expects_errors=True)
    for _ in range(3):
        worker = server.worker_pid()
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda worker=worker: not is_alive(worker), "it is gone")
        assert server.ask(target="/pass").status == 200
        wait_until(lambda: len(process_children(server.pid)) == 1, "it is replaced")


def test_a_child_that_keeps_dying_is_not_restarted_in_a_storm(serve, tmp_path):
    """It loaded once; then its files broke. The parent stays, and waits between its attempts."""
    (tmp_path / "fragile.py").write_text(
        "import os\n"
        "marker = os.environ['TEST_FOLDER'] + '/loaded'\n"
        "attempts = os.open(os.environ['TEST_FOLDER'] + '/records',\n"
        "                   os.O_WRONLY | os.O_CREAT | os.O_APPEND)\n"
        "os.write(attempts, b'attempt\\n')\n"
        "if os.path.exists(marker):\n"
        "    os.abort()\n"
        "open(marker, 'w').close()\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [b'served']\n")
    server = serve("fragile", "--python-path", tmp_path, expects_errors=True)
    os.kill(server.worker_pid(), signal.SIGKILL)
    wait_until(lambda: len(server.records()) >= 3, "it was tried again")
    attempts = len(server.records())
    time.sleep(1)
    assert len(server.records()) - attempts < 20
    assert server.process.poll() is None
    (server.folder / "loaded").unlink()
    assert server.ask().text == "served"


def test_a_killed_parent_takes_its_child_along(serve_app):
    server = serve_app("gates")
    worker = server.worker_pid()
    server.signal(signal.SIGKILL)
    server.process.wait()
    wait_until(lambda: not is_alive(worker), "its child is gone")
    with pytest.raises(ConnectionRefusedError):
        server.connect()
    server.may_fail = True


def test_an_interrupt_of_the_whole_process_group_is_one_stop(serve_app):
    """Ctrl-C goes to the whole process group: the child must leave the stopping to its parent."""
    server = serve_app("gates")
    with server.connect() as connection:
        connection.send_request(target="/hold/through")
        server.wait_for_record("reached through")
        worker = server.worker_pid()
        os.kill(worker, signal.SIGINT)
        server.signal(signal.SIGINT)
        assert connection.is_silent(0.3)
        server.open_gate("through")
        assert connection.read_response().body == b"held through"
    assert server.wait() == 0
    assert not re.search("KeyboardInterrupt", server.everything_written())
