"""wsgi.input called as Python's files are, which wsgiref.validate forbids: no size, -1, None."""


def application(environ, start_response):
    stream = environ["wsgi.input"]
    body = {
        "/read": lambda: stream.read(),
        "/minus_one": lambda: stream.read(-1),
        "/none": lambda: stream.read(None),
        "/readline_minus_one": lambda: stream.readline(-1) + b"|" + stream.readline(),
    }[environ["PATH_INFO"]]()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [body]
