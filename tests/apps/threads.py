"""Checks on each request that it alone uses this thread's locals; echoes what only it knows."""

import gc
import json
import sys
import threading
import time
from pathlib import Path

local = threading.local()
SENTINEL = object()
PLAIN = [("Content-Type", "text/plain"), ("X-Sentinel", "shared")]


def application(environ, start_response):
    if environ["PATH_INFO"] == "/figures":
        return figures(start_response)
    token = environ["QUERY_STRING"]
    body = environ["wsgi.input"].read(1 << 16)
    kept = (token, SENTINEL)
    if getattr(local, "token", None) is not None:
        raise AssertionError(f"{token} found {local.token} in its thread")
    local.token = token
    time.sleep(0.001 if token.endswith("7") else 0)
    if local.token != token:
        raise AssertionError(f"{token} became {local.token}")
    local.token = None
    local.count = getattr(local, "count", 0) + 1
    start_response("200 OK", list(PLAIN))
    return [f"{kept[0]} {threading.get_native_id()} ".encode(), body]


def figures(start_response):
    gc.collect()
    status = Path("/proc/self/status").read_text().split("\n")
    body = json.dumps({
        "references": sys.getrefcount(SENTINEL),
        "header_references": sys.getrefcount(PLAIN),
        "objects": len(gc.get_objects()),
        "memory_kib": next(int(x.split()[1]) for x in status if x.startswith("VmRSS")),
    }).encode()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]
