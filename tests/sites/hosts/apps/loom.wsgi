"""Tells what it was asked. Two callables, so that a test sees which one answered."""

import json


def answer(environ, start_response, who, status="200 OK"):
    told = {key: value for key, value in environ.items() if isinstance(value, (str, bool))}
    told["answered by"] = who
    told["body"] = environ["wsgi.input"].read().decode("latin-1")
    body = json.dumps(told).encode()
    start_response(status, [
        ("Content-Type", "application/json"), ("Content-Length", str(len(body))),
        ("X-Powered-By", "looms"), ("X-App", "from the application"), ("X-Appended", "app"),
        ("X-Always", "no"),
    ])
    return [body]


def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/raise":
        raise ValueError("the application failed")
    if path == "/own-404":
        return answer(environ, start_response, "application", "404 Not Found")
    if path == "/own-500":
        return answer(environ, start_response, "application", "500 Internal Server Error")
    return answer(environ, start_response, "application")


def admin(environ, start_response):
    return answer(environ, start_response, "admin")
