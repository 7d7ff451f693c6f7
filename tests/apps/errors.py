"""Writes to wsgi.errors, and prints."""

import sys


def application(environ, start_response):
    errors = environ["wsgi.errors"]
    errors.write("one line\n")
    errors.write("a line ")
    errors.write("in two parts\n")
    errors.writelines(["from writelines\n", "and its second\n"])
    errors.write("three\nlines\nat once\n")
    errors.write("not ASCII: \u20ac\n")
    errors.flush()
    errors.write("without its end")
    errors.flush()
    print("printed", flush=True)
    print("printed as an error", file=sys.stderr, flush=True)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ.get("forkloom.request_id", "").encode()]
