"""The WSGI flags (PEP 3333) in plain words, and the process models they describe."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    key: str
    is_set: bool
    meaning: str  # what the server promises
    advice: str  # what follows for the application


_FLAGS = {
    ("wsgi.multithread", True): (
        "Another thread of this process may be inside the application while this request "
        "still runs.",
        "Guard shared globals with a lock. What belongs to one request goes into local "
        "variables, a thread-local or the environ.",
    ),
    ("wsgi.multithread", False): (
        "This process runs one request at a time. The next one waits, or another process "
        "takes it.",
        "Requests cannot meet in this process’s globals. Code that should run anywhere "
        "locks them all the same.",
    ),
    ("wsgi.multiprocess", True): (
        "Another process may be running an equal copy of this application right now.",
        "Globals exist once per process. What all requests must see belongs in a database, "
        "a file or shared memory, with a lock that every process obeys.",
    ),
    ("wsgi.multiprocess", False): (
        "This is the only process that runs the application. Every request finds the same "
        "globals, until it is restarted.",
        "In-memory state and in-browser debuggers work here. They stop working the day "
        "there is a second process.",
    ),
    ("wsgi.run_once", True): (
        "The server means to call the application once in this process and then let the "
        "process go, as CGI does.",
        "Caches and connection pools do not pay: nothing comes after this request.",
    ),
    ("wsgi.run_once", False): (
        "The process stays. Many requests will pass through it.",
        "What is imported, cached or connected once serves all later requests.",
    ),
}

_KEYS = ("wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once")


def flags(environ):
    for key in _KEYS:
        is_set = bool(environ.get(key))
        meaning, advice = _FLAGS[key, is_set]
        yield Flag(key, is_set, meaning, advice)


@dataclass(frozen=True)
class Model:
    multithread: bool
    multiprocess: bool
    name: str
    known_as: str  # the Apache module that works like this
    overlap: str
    sharing: str


MODELS = (
    Model(
        True,
        False,
        "One process, many threads",
        "winnt",
        "Requests overlap on the threads of one process",
        "All requests share the globals",
    ),
    Model(
        True,
        True,
        "Many processes, many threads",
        "worker",
        "Requests overlap in a process and between processes",
        "Threads share globals, processes do not",
    ),
    Model(
        False,
        True,
        "Many processes, one thread each",
        "prefork",
        "Requests overlap only in different processes",
        "Each process has its own globals",
    ),
    Model(
        False,
        False,
        "One process, one thread",
        "prefork, held to one process",
        "Nothing overlaps: each request waits for the one before",
        "All requests share the globals",
    ),
)


def of(environ) -> Model:
    running = (bool(environ.get("wsgi.multithread")), bool(environ.get("wsgi.multiprocess")))
    return next(model for model in MODELS if (model.multithread, model.multiprocess) == running)
