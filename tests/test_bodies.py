"""Request bodies: received whole before a request thread is taken, spooled where they are long."""

import hashlib
import os
import random
from pathlib import Path

import pytest

from server import memory_kib, wait_until

KIB = 1024
MIB = 1024 * KIB
SIZES = [0, 1, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, MIB, 5 * MIB]


def content(size):
    return random.Random(size).randbytes(size)


def digest(data):
    return f"{len(data)} {hashlib.sha256(data).hexdigest()}"


def as_chunks(data, size):
    blocks = (data[at:at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(block), block) for block in blocks) + b"0\r\n\r\n"


def spool_files(pid):
    """Sizes of the deleted files that a process still holds open."""
    sizes = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(descriptor)
            if "(deleted)" in target and not target.startswith("/memfd:"):
                sizes.append(descriptor.stat().st_size)
        except OSError:
            continue  # closed meanwhile
    return sizes


@pytest.fixture(scope="module")
def inputs(serve_for_module, is_validated):
    return serve_for_module("inputs", is_validated=is_validated)


@pytest.mark.parametrize("size", SIZES)
def test_a_body_arrives_whole(inputs, size):
    data = content(size)
    assert inputs.ask("POST", "/digest", body=data).text == digest(data)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chunk", [16 * KIB - 1, 100 * KIB])
def test_a_chunked_body_arrives_whole(inputs, size, chunk):
    data = content(size)
    with inputs.connect() as connection:
        connection.send(b"POST /digest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.send(as_chunks(data, chunk))
        assert connection.read_response().text == digest(data)


def test_long_bodies_follow_each_other_on_one_connection(inputs):
    with inputs.connect() as connection:
        for size in (200 * KIB, 10, 300 * KIB, 0):
            data = content(size)
            assert connection.ask("POST", "/digest", body=data).text == digest(data)


def test_a_spooled_body_reads_like_any_other(inputs):
    """Lines and blocks across the spool file, as from memory."""
    lines = [b"%d:" % n + b"x" * (n % 977) + b"\n" for n in range(400)] + [b"no line feed"]
    data = b"".join(lines)
    assert len(data) > 64 * KIB
    assert inputs.ask("POST", "/read_all", body=data).body == data
    assert inputs.ask("POST", "/read_in_steps", body=data).body == data
    for way in ("lines", "all_lines", "hinted_lines", "iterated"):
        found = inputs.get_json(f"/{way}", method="POST", body=data)
        assert [line.encode("latin-1") for line in found] == lines, way
    steps = inputs.get_json("/lines_in_steps", method="POST", body=data)
    assert "".join(steps).encode("latin-1") == data
    assert inputs.get_json("/mixed", method="POST", body=data) == [
        "0:", "\n", *[line.decode() for line in lines[1:]], "", ""]


def test_slow_uploads_hold_no_request_thread(serve_app):
    """Eight uploads stand still; the only request thread serves others meanwhile."""
    server = serve_app("inputs", threads=1)
    data = content(200 * KIB)
    uploads = [server.connect() for _ in range(8)]
    for upload in uploads:
        upload.send(f"POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: {len(data)}\r\n\r\n")
        upload.send(data[:150 * KIB])
    for _ in range(3):
        assert server.ask("POST", "/digest", body=b"quick").text == digest(b"quick")
    for upload in uploads:
        upload.send(data[150 * KIB:])
    for upload in uploads:
        assert upload.read_response().text == digest(data)
        upload.close()


def test_a_long_body_is_in_an_unlinked_file_while_it_comes(serve_app, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    server = serve_app("inputs", TMPDIR=spool)
    worker = server.worker_pid()
    data = content(3 * MIB)
    before = len(spool_files(worker))
    with server.connect() as connection:
        connection.send(f"POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: {len(data)}\r\n\r\n")
        connection.send(data[:2 * MIB])
        wait_until(lambda: max(spool_files(worker), default=0) >= MIB, "the body is spooled")
        assert list(spool.iterdir()) == []
        connection.send(data[2 * MIB:])
        assert connection.read_response().text == digest(data)
    wait_until(lambda: len(spool_files(worker)) == before, "the spool file is closed")
    assert list(spool.iterdir()) == []


def test_a_short_body_is_in_no_file(serve_app):
    server = serve_app("inputs")
    worker = server.worker_pid()
    before = len(spool_files(worker))
    with server.connect() as connection:
        connection.send("POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n")
        connection.send(b"x" * 65000)
        # The server has read at least what came before this answer's request.
        assert server.ask("POST", "/digest", body=b"other").status == 200
        assert len(spool_files(worker)) == before
        connection.send(b"x" * 536)
        assert connection.read_response().text == digest(b"x" * 65536)


def test_an_upload_that_is_given_up_leaves_no_file_and_reaches_no_application(serve_app):
    server = serve_app("recording")
    worker = server.worker_pid()
    before = len(spool_files(worker))
    with server.connect() as connection:
        connection.send(f"POST /gone HTTP/1.1\r\nHost: a\r\nContent-Length: {MIB}\r\n\r\n")
        connection.send(content(MIB)[:MIB // 2])
        wait_until(lambda: len(spool_files(worker)) > before, "the body is spooled")
    wait_until(lambda: len(spool_files(worker)) == before, "the spool file is closed")
    assert server.ask(target="/after").status == 200
    assert server.records() == ["asked /after"]


@pytest.mark.slow
def test_a_body_beyond_memory_takes_no_memory(serve_app):
    """256 MiB pass through the spool file, and the process stays small."""
    server = serve_app("inputs")
    worker = server.worker_pid()
    block = content(MIB)
    expected = hashlib.sha256()
    assert server.ask("POST", "/digest", body=block).text == digest(block)
    before = memory_kib(worker, "VmHWM")
    with server.connect() as connection:
        connection.send(f"POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: {256 * MIB}\r\n\r\n")
        for _ in range(256):
            connection.send(block)
            expected.update(block)
        assert connection.read_response().text == f"{256 * MIB} {expected.hexdigest()}"
    assert memory_kib(worker, "VmHWM") - before < 32 * KIB
