"""Which process, thread and interpreter answers a request.

Forkloom tells it in the environ. Other servers do not, so that each value has a fallback
which Python itself can tell.
"""

import os
import platform
import sys
import threading


def process(environ) -> str:
    return str(environ.get("forkloom.process_id", os.getpid()))


def thread(environ) -> str:
    return str(environ.get("forkloom.thread_id", threading.get_native_id()))


def interpreter(environ) -> str:
    return str(environ.get("forkloom.interpreter") or "main")


def server(environ) -> str:
    version = environ.get("forkloom.version")
    if version:
        return "Forkloom " + ".".join(str(part) for part in version)
    return environ.get("SERVER_SOFTWARE") or "unknown"


def python() -> str:
    """The version, with a word where this Python runs threads without a global lock."""
    text = f"{platform.python_implementation()} {platform.python_version()}"
    is_gil_enabled = getattr(sys, "_is_gil_enabled", None)  # from 3.13
    if is_gil_enabled is not None and not is_gil_enabled():
        text += ", free-threaded"
    return text


def process_group(environ) -> str:
    if "forkloom.process_group" not in environ:
        return "not told by this server"
    return environ["forkloom.process_group"] or "none (embedded)"


def application_group(environ) -> str:
    if "forkloom.application_group" not in environ:
        return "not told by this server"
    return environ["forkloom.application_group"] or "%{GLOBAL}"


def who(environ) -> dict:
    return {
        "process": process(environ),
        "thread": thread(environ),
        "interpreter": interpreter(environ),
        "connection": str(environ.get("forkloom.connection_id", "")),
        "request": str(environ.get("forkloom.request_id", "")),
    }
