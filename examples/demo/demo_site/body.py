"""A request's body, block by block: no upload is held in memory."""

from .answer import Refused

BLOCK = 64 * 1024  # bytes


def blocks(environ):
    """The body's bytes in blocks. Raises Refused where the client broke off."""
    stream = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH") or ""
    if not length:
        # PEP 3333 leaves open what a read beyond the body does. Only a server that says
        # that its input ends may be read without a length.
        if environ.get("wsgi.input_terminated"):
            yield from iter(lambda: stream.read(BLOCK), b"")
        return
    if not (length.isascii() and length.isdigit()):
        raise Refused("400 Bad Request", "Content-Length is not a number.")
    missing = int(length)
    while missing:
        block = stream.read(min(BLOCK, missing))
        if not block:
            raise Refused("400 Bad Request", f"The upload broke off, {missing} bytes short.")
        missing -= len(block)
        yield block
