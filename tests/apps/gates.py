"""Requests that a test holds and lets go. /pass answers at once; /hold/NAME waits at a gate before
it answers, /stream/NAME after its first block, /hog/NAME answers with 32 MiB in one block."""

import atexit
import threading

from records import record, wait_at_gate

PLAIN = [("Content-Type", "text/plain")]
HOG = 32 << 20

atexit.register(record, "atexit")


def streamed(name, request_id):
    yield request_id.encode()
    wait_at_gate(name)
    yield b" done"


def application(environ, start_response):
    how, _, name = environ["PATH_INFO"][1:].partition("/")
    start_response("200 OK", list(PLAIN))
    if how == "hold":
        wait_at_gate(name)
        return [b"held " + name.encode()]
    if how == "stream":
        return streamed(name, environ.get("forkloom.request_id", ""))
    if how == "hog":
        return [b"h" * HOG]
    return [str(threading.get_native_id()).encode()]
