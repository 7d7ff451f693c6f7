"""Reads wsgi.input in each way that PEP 3333 knows, and answers with what came."""

import hashlib
import json


def read_all(stream):
    return stream.read(1 << 30)


def read_in_steps(stream):
    blocks = []
    while block := stream.read(7):
        assert len(block) <= 7
        blocks.append(block)
    return b"".join(blocks)


def read_nothing(stream):
    assert stream.read(0) == b""
    return b""


def lines(stream):
    found = []
    while line := stream.readline():
        found.append(line)
    return found


def lines_in_steps(stream):
    found = []
    while line := stream.readline(3):
        assert len(line) <= 3
        found.append(line)
    return found


def all_lines(stream):
    return stream.readlines()


def hinted_lines(stream):
    found = []
    while some := stream.readlines(4):
        found += some
    return found


def iterated(stream):
    return list(stream)


def mixed(stream):
    return [stream.read(2), stream.readline(), *stream, stream.read(10), stream.readline()]


def beyond_end(stream):
    return [stream.read(1 << 20), stream.read(1), stream.readline(), *stream.readlines(), *stream]


def digest(stream):
    found, size = hashlib.sha256(), 0
    while block := stream.read(100_003):
        found.update(block)
        size += len(block)
    return f"{size} {found.hexdigest()}".encode()


WAYS = {f"/{way.__name__}": way for way in (
    read_all, read_in_steps, read_nothing, lines, lines_in_steps, all_lines, hinted_lines,
    iterated, mixed, beyond_end, digest,
)}


def application(environ, start_response):
    found = WAYS[environ["PATH_INFO"]](environ["wsgi.input"])
    if isinstance(found, bytes):
        kind, body = "application/octet-stream", found
    else:
        kind, body = "application/json", json.dumps([x.decode("latin-1") for x in found]).encode()
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
