"""Answers with what the application sees: environ, process, interpreter."""

import json
import os
import sys
import threading


def plain(value):
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return list(value)
    return type(value).__name__


def application(environ, start_response):
    environ["wsgi.input"].read(1 << 20)
    body = json.dumps({
        "environ": {name: plain(value) for name, value in environ.items()},
        "module": __name__,
        "pid": os.getpid(),
        "parent": os.getppid(),
        "thread": threading.get_native_id(),
        "folder": os.getcwd(),
        "variables": dict(os.environ),
        "argv": sys.argv,
        "executable": sys.executable,
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "path": sys.path,
        "version": sys.version,
        "modules": sorted(sys.modules),
    }).encode()
    start_response("200 OK", [("Content-Type", "application/json"),
                              ("Content-Length", str(len(body)))])
    return [body]
