"""Answers with the file beside this script, through wsgi.file_wrapper where the server has one.

The bench makes file1m.bin when it copies the applications to the place they run in.
"""

import os

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "file1m.bin")
BLOCK = 64 * 1024


def blocks(file):
    with file:
        while block := file.read(BLOCK):
            yield block


def application(environ, start_response):
    file = open(PATH, "rb")
    size = os.fstat(file.fileno()).st_size
    headers = [("Content-Type", "application/octet-stream"), ("Content-Length", str(size))]
    start_response("200 OK", headers)
    wrapper = environ.get("wsgi.file_wrapper")
    return wrapper(file, BLOCK) if wrapper else blocks(file)
