"""One function for each address: environ in, Answer out."""

import hashlib
import time

from . import body, identity, memory, multipart, pages, query
from .answer import Answer, of_json, wants_json

_LONGEST = 10  # seconds that a request may ask to take
_LINE_EVERY = 0.2  # seconds


def front_page(environ) -> Answer:
    return pages.front(environ, memory.count_visit())


def overlap(environ) -> Answer:
    """Takes the asked time, then tells who did it, when, and how many others were there.

    Times are seconds of the machine's monotonic clock, so that answers of several
    processes can be laid on one axis.
    """
    seconds = query.number(environ, "seconds", 2, 0, _LONGEST)
    work = query.choice(environ, "work", ("wait", "compute"))
    with memory.Stay() as stay:
        started = time.monotonic()
        _take(seconds, work)
        finished = time.monotonic()
    facts = {
        **identity.who(environ),
        "started": started,
        "finished": finished,
        "together": stay.met,
        "work": work,
    }
    return of_json(facts) if wants_json(environ) else pages.overlapped(environ, facts)


def _take(seconds: float, work: str):
    if work == "wait":
        time.sleep(seconds)  # lets the interpreter's lock go, as a database query would
        return
    number = 0
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        for _ in range(500):
            number = (number * 31 + 7) % 1_000_003


def slow(environ) -> Answer:
    seconds = query.number(environ, "seconds", 2, 0, _LONGEST)
    with memory.Stay() as stay:
        time.sleep(seconds)
    facts = {**identity.who(environ), "seconds": seconds, "together": stay.met}
    return of_json(facts) if wants_json(environ) else pages.waited(environ, facts)


def count(environ) -> Answer:
    facts = {**identity.who(environ), **memory.count_visit()}
    # A moment's stay, so that requests sent together do not all end up on one thread.
    time.sleep(0.03)
    return of_json(facts) if wants_json(environ) else pages.counted(environ, facts)


def upload(environ) -> Answer:
    began = time.monotonic()
    name, pieces = "", body.blocks(environ)
    content_type = environ.get("CONTENT_TYPE", "")
    if content_type.lower().startswith("multipart/form-data"):
        name, pieces = multipart.first_file(pieces, multipart.boundary_of(content_type))
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
    facts = {
        **identity.who(environ),
        "name": name,
        "size": size,
        "sha256": digest.hexdigest(),
        "seconds": time.monotonic() - began,
    }
    return of_json(facts) if wants_json(environ) else pages.uploaded(environ, facts)


def stream(environ) -> Answer:
    lines = int(query.number(environ, "lines", 15, 1, 500))
    return Answer(
        "200 OK",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            # A browser that still guesses at the type shows nothing until it has a kilobyte.
            ("X-Content-Type-Options", "nosniff"),
        ],
        _lines(lines, f"process {identity.process(environ)}, thread {identity.thread(environ)}"),
    )


def _lines(count: int, who: str):
    began = time.monotonic()
    for line in range(1, count + 1):
        if line > 1:
            time.sleep(_LINE_EVERY)
        elapsed = time.monotonic() - began
        yield f"line {line:2} of {count}  sent {elapsed:5.2f} s  by {who}\n".encode()
