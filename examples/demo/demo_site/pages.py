"""The pages: what the handlers found out, put into the templates."""

import sys
import time
from html import escape

from . import environ_keys, identity, model
from .templating import Fragment, mount, page

_front = Fragment("front.html")
_note = Fragment("note.html")
_error = Fragment("error.html")
_fact = Fragment("fact.html")
_flag = Fragment("flag.html")
_model_row = Fragment("model_row.html")
_key_row = Fragment("key_row.html")


def _truth(value: bool) -> dict:
    return {"value": str(value), "tone": "yes" if value else "no"}


def _facts(pairs) -> str:
    return "".join(_fact(name=name, value=value) for name, value in pairs)


def clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))


def _threads(count: int) -> str:
    return f"{count} thread" if count == 1 else f"{count} threads"


def _origin(environ) -> str:
    """The address that the client used for the application, for commands to copy."""
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}{mount(environ)}"


def front(environ, visits):
    running = model.of(environ)
    who = identity.who(environ)
    raw = {
        "facts": _facts(
            (
                ("Interpreter", who["interpreter"]),
                ("Process group", identity.process_group(environ)),
                ("Application group", identity.application_group(environ)),
                ("Connection", who["connection"] or "not told by this server"),
                ("Request", who["request"] or "not told by this server"),
                ("Python", identity.python()),
                ("Executable", sys.executable),
                ("Server", identity.server(environ)),
            )
        ),
        "flags": "".join(
            _flag(key=flag.key, meaning=flag.meaning, advice=flag.advice, **_truth(flag.is_set))
            for flag in model.flags(environ)
        ),
        "models": "".join(_row_of(each, running) for each in model.MODELS),
        "server_keys": "".join(
            _key_row(key=key, value=value, sentence=sentence)
            for key, value, sentence in environ_keys.server_keys(environ)
        ),
        "cgi_keys": "".join(
            _key_row(key=key, value=value, sentence="")
            for key, value in environ_keys.cgi_keys(environ)
        ),
    }
    content = _front(
        raw,
        mount=mount(environ),
        process=who["process"],
        thread=who["thread"],
        model=running.name,
        overlap=running.overlap,
        sharing=running.sharing,
        multithread=str(running.multithread),
        multiprocess=str(running.multiprocess),
        visits=visits["global"],
        thread_visits=visits["thread_local"],
        threads_seen=_threads(visits["threads_seen"]),
        origin=_origin(environ),
        loaded_at=clock(visits["loaded_at"]),
    )
    title = f"Process {who['process']} answered – Forkloom"
    return page(environ, "200 OK", title, content, has_script=True)


def _row_of(each, running):
    return _model_row(
        state="running" if each is running else "",
        mark="this server" if each is running else "",
        name=each.name,
        known_as=each.known_as,
        multithread=str(each.multithread),
        multiprocess=str(each.multiprocess),
        overlap=each.overlap,
        sharing=each.sharing,
    )


def _noted(environ, title, sentence, pairs, again):
    """A plain page with one result, for a browser without JavaScript."""
    link = ""
    if again:
        address = escape(mount(environ) + again)
        link = f'<a class="button quiet" href="{address}">Once more</a>'
    raw = {"facts": _facts(pairs), "again": link}
    content = _note(raw, title=title, sentence=sentence, mount=mount(environ))
    return page(environ, "200 OK", title + " – Forkloom", content)


def _answered_by(facts):
    yield "Process", facts["process"]
    yield "Thread", facts["thread"]
    yield "Interpreter", facts["interpreter"]
    if facts["request"]:
        yield "Request", facts["request"]


def _company(together: int) -> str:
    if together == 1:
        return "No other request ran in this process meanwhile."
    return f"Up to {together} requests, this one among them, ran in this process at the same time."


def overlapped(environ, facts):
    took = facts["finished"] - facts["started"]
    return _noted(
        environ,
        f"Done in {took:.2f} s",
        _company(facts["together"]) + " Open this address in two tabs at once to see requests meet.",
        _answered_by(facts),
        "/overlap?seconds=2",
    )


def waited(environ, facts):
    return _noted(
        environ,
        f"Answered after {facts['seconds']:g} s",
        _company(facts["together"]),
        _answered_by(facts),
        "/slow?seconds=2",
    )


def counted(environ, facts):
    return _noted(
        environ,
        f"Request {facts['global']} of this process",
        f"The thread’s own counter stands at {facts['thread_local']}. The module was loaded at "
        f"{clock(facts['loaded_at'])} and has seen {_threads(facts['threads_seen'])} since.",
        _answered_by(facts),
        "/count",
    )


def uploaded(environ, facts):
    pairs = [("Size", f"{facts['size']:,} bytes"), ("SHA-256", facts["sha256"])]
    if facts["name"]:
        pairs.insert(0, ("File", facts["name"]))
    return _noted(
        environ,
        "Upload received",
        f"Read and hashed in {facts['seconds'] * 1000:.1f} ms.",
        (*pairs, *_answered_by(facts)),
        "",
    )


def _failed(environ, status, sentence, headers=()):
    code, title = status.split(" ", 1)
    content = _error(code=code, title=title, sentence=sentence, mount=mount(environ))
    return page(environ, status, f"{status} – Forkloom", content, headers)


def not_found(environ):
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    return _failed(environ, "404 Not Found", f"There is nothing at {path}.")


def not_allowed(environ, allowed: str):
    sentence = f"This address does not answer {environ['REQUEST_METHOD']}, only {allowed}."
    return _failed(environ, "405 Method Not Allowed", sentence, [("Allow", allowed)])


def refused(environ, why):
    return _failed(environ, why.status, why.reason)
