"""Records each request that it gets."""

from records import record


def application(environ, start_response):
    record(f"asked {environ['PATH_INFO']}")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"recorded"]
