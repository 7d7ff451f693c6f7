"""An application that tells what it was asked. Some paths have an answer of their own."""

import json

TEXT = ("Content-Type", "text/plain")


def environ_as_json(environ, start_response):
    """Every text in the environ, and the request's body."""
    told = {key: value for key, value in environ.items() if isinstance(value, (str, bool))}
    told["body"] = environ["wsgi.input"].read().decode("latin-1")
    body = json.dumps(told).encode()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def missing(environ, start_response):
    start_response("404 Not Found", [TEXT])
    return [b"The shop has no such thing."]


def refused(environ, start_response):
    start_response("403 Forbidden", [TEXT])
    return [b"The shop is closed."]


def broken(environ, start_response):
    start_response("500 Internal Server Error", [TEXT])
    return [b"The shop is broken."]


def unauthorized(environ, start_response):
    start_response("401 Unauthorized", [TEXT, ("WWW-Authenticate", 'Basic realm="shop"')])
    return [b"Who are you?"]


def raises(environ, start_response):
    raise ValueError("raised before start_response")


def raises_after_start(environ, start_response):
    start_response("200 OK", [TEXT])
    raise ValueError("raised after start_response")


def never_starts(environ, start_response):
    return [b"body without a head"]


def lists_nothing(environ, start_response):
    start_response("200 OK", [TEXT])
    return []


def sends_blocks(environ, start_response):
    start_response("200 OK", [TEXT])
    return iter([b"one,", b"", b"two,", b"three"])


def writes(environ, start_response):
    write = start_response("200 OK", [TEXT])
    write(b"written,")
    return [b"returned"]


def has_no_type(environ, start_response):
    start_response("200 OK", [])
    return [b"untyped"]


def has_no_content(environ, start_response):
    start_response("204 No Content", [])
    return []


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"shop-1"')])
    return []


def has_an_etag(environ, start_response):
    start_response("200 OK", [TEXT, ("ETag", '"shop-1"')])
    return [b"tagged"]


def redirects(environ, start_response):
    start_response("302 Found", [TEXT, ("Location", "/elsewhere?from=redirect")])
    return [b"moved"]


def has_location_and_200(environ, start_response):
    start_response("200 OK", [TEXT, ("Location", "/static/robots.txt")])
    return [b"still the shop"]


def teapot(environ, start_response):
    start_response("418 I'm a teapot", [TEXT])
    return [b"short and stout"]


def own_status(environ, start_response):
    start_response("299 Woven By Hand", [TEXT])
    return [b"a status of its own"]


def cookies(environ, start_response):
    start_response("200 OK", [
        TEXT, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"),
        ("X-Twice", "one"), ("X-Twice", "two"), ("Cache-Control", "private"),
    ])
    return [b"two cookies"]


def too_long(environ, start_response):
    start_response("200 OK", [TEXT, ("Content-Length", "4")])
    return [b"more than four"]


def ranged(environ, start_response):
    start_response("200 OK", [TEXT, ("Content-Length", "26")])
    return [b"abcdefghijklmnopqrstuvwxyz"]


VIEWS = {"/answer/" + view.__name__: view for view in (
    missing, refused, broken, unauthorized, raises, raises_after_start, never_starts,
    lists_nothing, sends_blocks, writes, has_no_type, has_no_content, not_modified, has_an_etag,
    redirects, has_location_and_200, teapot, own_status, cookies, too_long, ranged,
)}


def application(environ, start_response):
    view = VIEWS.get(environ["PATH_INFO"], environ_as_json)
    return view(environ, start_response)
