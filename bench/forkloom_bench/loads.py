"""The loads: which application, how many threads, which requests, and what the right answer is."""

import hashlib
import http.client
import os
import pathlib
import shutil
from dataclasses import dataclass

BENCH = pathlib.Path(__file__).resolve().parent.parent
MEBIBYTE = 1 << 20
HELLO = b"Hello, world!"
STATIC_SIZES = {"1k.html": 1024, "1m.html": MEBIBYTE}


@dataclass(frozen=True)
class Case:
    """One row of figures for every server that can serve it: an application, or a static file.

    `app` or `file` is "". `threads` is what a server of applications is asked for; `body_size` is
    in bytes, 0 for GET; `is_unpinned` lifts the pinning to one core; `has_new_connections` asks
    for one connection per request.
    """

    name: str
    title: str
    app: str = ""
    threads: int = 1
    body_size: int = 0
    has_new_connections: bool = False
    is_unpinned: bool = False
    file: str = ""

    @property
    def path(self):
        return f"/{self.file}"


CASES = (
    Case("hello1", "Hello world, 1 thread", "hello", 1),
    Case("hello25", "Hello world, 25 threads", "hello", 25),
    Case(
        "hello25-free",
        "Hello world, 25 threads, not pinned to a core",
        "hello",
        25,
        is_unpinned=True,
    ),
    Case(
        "hello25-close",
        "Hello world, 25 threads, connection per request",
        "hello",
        25,
        has_new_connections=True,
    ),
    Case("flask", "Flask page from a template, 25 threads", "flask_page", 25),
    Case("block10", "Application that waits 10 ms, 25 threads", "block10", 25),
    Case("echo", "Echo of a 1 MiB body, 25 threads", "echo", 25, body_size=MEBIBYTE),
    Case("file1m", "1 MiB file through wsgi.file_wrapper, 25 threads", "file1m", 25),
    Case("static1k", "Static file of 1 KiB", file="1k.html"),
    Case("static1m", "Static file of 1 MiB", file="1m.html"),
)


def file_bytes():
    """1 MiB of what files hold: the same in each run, never repeating."""
    blocks = (hashlib.sha512(str(i).encode()).digest() for i in range(MEBIBYTE // 64))
    return b"".join(blocks)


def lay_out(folder):
    """Copies the applications to `folder`, with the file that one serves, and the static files."""
    shutil.copytree(BENCH / "apps", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "file1m.bin").write_bytes(file_bytes())
    (folder / "files").mkdir()
    for name, size in STATIC_SIZES.items():
        (folder / "files" / name).write_bytes(file_bytes()[:size])


def request_body(case):
    """A body for one check, different at each call; None for a GET."""
    return os.urandom(case.body_size) if case.body_size else None


def right_answer(case, body):
    """The bytes that the server must answer when it was sent `body`."""
    if case.file:
        return file_bytes()[: STATIC_SIZES[case.file]]
    if case.app == "flask_page":
        return (BENCH / "testdata" / "flask_page.html").read_bytes()
    if case.app == "file1m":
        return file_bytes()
    if case.app == "echo":
        return body
    return HELLO


def answer_size(case):
    """Bytes of a right answer's body."""
    return case.body_size or len(right_answer(case, None))


@dataclass(frozen=True)
class Verdict:
    """What a check found. `fault` is None when every answer was right.

    `keeps_alive`: the connection stayed open after each answer; `announces_close`: each answer
    said that it would not.
    """

    fault: str | None
    keeps_alive: bool = False
    announces_close: bool = False


def is_closed(sock):
    """Whether the peer closes the connection within a second and sends nothing more."""
    if sock is None:
        return True
    sock.settimeout(1)
    try:
        return sock.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True


def check(port, case, times=3):
    """Asks `times`, on one connection where it lasts, and compares status and body by bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Connection": "close"} if case.has_new_connections else {}
    keeps_alive = announces_close = True
    try:
        for _ in range(times):
            body = request_body(case)
            connection.request("POST" if body else "GET", case.path, body, headers)
            response = connection.getresponse()
            got = response.read()
            if response.status != 200:
                return Verdict(f"status {response.status}")
            if got != right_answer(case, body):
                return Verdict(f"wrong body: {len(got)} bytes, {answer_size(case)} expected")
            keeps_alive = keeps_alive and connection.sock is not None
            announces_close = announces_close and response.will_close
            if case.has_new_connections:
                if not is_closed(connection.sock):
                    return Verdict("kept the connection that the client asked to close")
                connection.close()
    except (OSError, http.client.HTTPException) as error:
        return Verdict(f"{type(error).__name__}: {error}")
    finally:
        connection.close()
    return Verdict(None, keeps_alive, announces_close)
