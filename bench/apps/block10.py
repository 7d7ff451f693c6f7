"""Waits 10 ms without using the processor, as for a database, then answers 13 bytes."""

import time

BODY = b"Hello, world!"
HEADERS = [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    time.sleep(0.01)
    start_response("200 OK", list(HEADERS))
    return [BODY]
