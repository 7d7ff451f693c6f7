"""The first file of a multipart/form-data body (RFC 7578), read as it comes.

This is what a browser's form sends. A script sends the bare bytes and needs none of this.
"""

import re
from email.message import Message

from .answer import Refused

_HEADER_LIMIT = 16 * 1024  # bytes
_FILENAME = re.compile(r'content-disposition:[^\r\n]*?;\s*filename="((?:[^"\\\r\n]|\\.)*)"', re.I)


def boundary_of(content_type: str) -> bytes:
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_boundary() or ""
    if not boundary or len(boundary) > 70 or not boundary.isascii():
        raise Refused("400 Bad Request", "The form's boundary is missing or wrong.")
    return boundary.encode("ascii")


class Parts:
    """A body's bytes, taken up to one mark after the other."""

    def __init__(self, blocks):
        self._blocks = iter(blocks)
        # The first boundary has no line before it. With this, it looks like the others.
        self._held = b"\r\n"

    def until(self, mark: bytes):
        """Yields what comes before `mark` and steps over it."""
        while True:
            found = self._held.find(mark)
            if found >= 0:
                before, self._held = self._held[:found], self._held[found + len(mark) :]
                if before:
                    yield before
                return
            # The mark may have begun: its length less one byte stays for the next look.
            safe = len(self._held) - len(mark) + 1
            if safe > 0:
                yield self._held[:safe]
                self._held = self._held[safe:]
            self._more()

    def peek(self, count: int) -> bytes:
        while len(self._held) < count:
            self._more()
        return self._held[:count]

    def _more(self):
        block = next(self._blocks, b"")
        if not block:
            raise Refused("400 Bad Request", "The form broke off before its last boundary.")
        self._held += block


def first_file(blocks, boundary: bytes):
    """(file's name, generator of its bytes) of the first part that has a file's name."""
    parts = Parts(blocks)
    mark = b"\r\n--" + boundary
    _drop(parts.until(mark))
    while parts.peek(2) != b"--":
        header = _header(parts)
        named = _FILENAME.search(header)
        if named:
            return named.group(1), parts.until(mark)
        _drop(parts.until(mark))
    raise Refused("400 Bad Request", "The form has no file.")


def _header(parts) -> str:
    header = b""
    for piece in parts.until(b"\r\n\r\n"):
        header += piece
        if len(header) > _HEADER_LIMIT:
            raise Refused("400 Bad Request", "A part's header is too long.")
    return header.decode("utf-8", "replace")


def _drop(pieces):
    for _ in pieces:
        pass
