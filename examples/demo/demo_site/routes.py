"""The WSGI callable: finds the handler for path and method."""

from . import handlers, pages
from .answer import Answer, Refused

ROUTES = {
    "/": {"GET": handlers.front_page},
    "/overlap": {"GET": handlers.overlap},
    "/slow": {"GET": handlers.slow},
    "/stream": {"GET": handlers.stream},
    "/count": {"GET": handlers.count},
    "/upload": {"POST": handlers.upload},
}


def application(environ, start_response):
    answer = _answer(environ)
    start_response(answer.status, answer.headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        # A generator that never began has nothing to close.
        return []
    return answer.body


def _answer(environ) -> Answer:
    methods = ROUTES.get(environ.get("PATH_INFO") or "/")
    if methods is None:
        return pages.not_found(environ)
    method = environ["REQUEST_METHOD"]
    handler = methods.get("GET" if method == "HEAD" else method)
    if handler is None:
        return pages.not_allowed(environ, _allowed(methods))
    try:
        return handler(environ)
    except Refused as refused:
        return pages.refused(environ, refused)


def _allowed(methods) -> str:
    names = list(methods)
    if "GET" in names:
        names.append("HEAD")
    return ", ".join(names)
