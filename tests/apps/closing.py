"""Iterables that record when they are closed. Each path: /how/name."""

import io

from records import record, wait_at_gate

PLAIN = [("Content-Type", "text/plain")]


class Closing:
    def __init__(self, name, blocks):
        self.name = name
        self.blocks = iter(blocks)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks)

    def close(self):
        record(f"closed {self.name}")


class ClosingFile(io.BytesIO):
    name_of_test = ""

    def close(self):
        if not self.closed:
            record(f"closed {self.name_of_test}")
        super().close()


def failing():
    yield b"before"
    raise RuntimeError("while it is iterated")


def failing_at_once():
    raise RuntimeError("at the first block")
    yield


def endless():
    while True:
        yield b"x" * 65536


def behind_gate(name):
    yield b"before"
    wait_at_gate(name)
    yield b"after"


def closing_generator(name):
    try:
        yield b"some"
        yield b"more"
    finally:
        record(f"closed {name}")


def application(environ, start_response):
    _, how, name = environ["PATH_INFO"].split("/")
    headers = list(PLAIN)
    if how in ("short", "long"):
        headers.append(("Content-Length", "10"))
    start_response("200 OK", headers)
    if how == "generator":
        return closing_generator(name)
    if how == "file":
        file = ClosingFile(b"content")
        file.name_of_test = name
        return environ["wsgi.file_wrapper"](file)
    return Closing(name, {
        "whole": [b"some", b"more"],
        "empty": [],
        "short": [b"five!"],
        "long": [b"five!", b"five!", b"beyond"],
        "failing": failing(),
        "failing_at_once": failing_at_once(),
        "endless": endless(),
        "gate": behind_gate(name),
    }[how])
