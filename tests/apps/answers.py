"""One path for each kind of answer that PEP 3333 knows. BLOCKS says what each must send."""

import io
import os
import tempfile

PLAIN = [("Content-Type", "text/plain")]
BLOCKS = [b"first,", b"", b"second,", b"third"]
WHOLE = b"".join(BLOCKS)
LONG = bytes(range(256)) * 4096  # 1 MiB that shows any shift


class Iterator:
    """Without len(), and without close()."""

    def __init__(self, blocks):
        self.blocks = list(blocks)

    def __iter__(self):
        return self

    def __next__(self):
        if not self.blocks:
            raise StopIteration
        return self.blocks.pop(0)


class Sequence:
    """Iterable through __getitem__ alone, with len()."""

    def __init__(self, blocks):
        self.blocks = blocks

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, index):
        return self.blocks[index]


class Sized:
    """With __iter__ and __len__."""

    def __init__(self, blocks):
        self.blocks = blocks

    def __len__(self):
        return len(self.blocks)

    def __iter__(self):
        return iter(self.blocks)


class Bytes(bytes):
    """A subclass is bytes too, for who asks isinstance; PEP 3333 wants the type itself."""


def file_of(content, at=0):
    file = tempfile.TemporaryFile()
    file.write(content)
    file.seek(at)
    return file


def from_list(environ, start_response):
    start_response("200 OK", PLAIN)
    return list(BLOCKS)


def from_one_block(environ, start_response):
    start_response("200 OK", PLAIN)
    return [WHOLE]


def from_tuple(environ, start_response):
    start_response("200 OK", PLAIN)
    return tuple(BLOCKS)


def from_generator(environ, start_response):
    start_response("200 OK", PLAIN)
    yield from BLOCKS


def from_late_start(environ, start_response):
    """start_response comes with the first block, as PEP 3333 allows."""
    def blocks():
        start_response("200 OK", PLAIN)
        yield from BLOCKS
    return blocks()


def from_iterator(environ, start_response):
    start_response("200 OK", PLAIN)
    return Iterator(BLOCKS)


def from_sequence(environ, start_response):
    start_response("200 OK", PLAIN)
    return Sequence(BLOCKS)


def from_sized(environ, start_response):
    start_response("200 OK", PLAIN)
    return Sized(BLOCKS)


def from_sized_one_block(environ, start_response):
    start_response("200 OK", PLAIN)
    return Sized([WHOLE])


def from_write(environ, start_response):
    write = start_response("200 OK", PLAIN)
    for block in BLOCKS:
        write(block)
    return []


def from_write_and_list(environ, start_response):
    write = start_response("200 OK", PLAIN)
    write(BLOCKS[0])
    return BLOCKS[1:]


def from_declared(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", str(len(WHOLE)))])
    return Iterator(BLOCKS)


def from_file(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file_of(WHOLE))


def from_file_at_position(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file_of(b"skipped" + WHOLE, at=7), 5)


def from_file_declared_shorter(environ, start_response):
    """A range: from the position, as many bytes as Content-Length says."""
    start_response("200 OK", PLAIN + [("Content-Length", str(len(WHOLE)))])
    return environ["wsgi.file_wrapper"](file_of(b"skipped" + WHOLE + b"beyond", at=7))


def from_buffered_file(environ, start_response):
    """Read ahead by the file object: its position is not the descriptor's."""
    file = file_of(b"skipped" + WHOLE)
    assert file.read(7) == b"skipped"
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file)


def from_memory_file(environ, start_response):
    """Has no descriptor."""
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](io.BytesIO(WHOLE), 4)


def from_pipe(environ, start_response):
    """Has a descriptor that is no regular file."""
    reading, writing = os.pipe()
    os.write(writing, WHOLE)
    os.close(writing)
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](os.fdopen(reading, "rb"))


def from_file_in_steps(environ, start_response):
    """The wrapper iterated by somebody else, as a middleware does."""
    start_response("200 OK", PLAIN)
    return (block for block in environ["wsgi.file_wrapper"](file_of(WHOLE), 3))


def from_replaced_start(environ, start_response):
    """Before the first byte an error may replace the head (exc_info)."""
    import sys
    start_response("200 OK", PLAIN + [("X-First", "yes")])
    try:
        raise ValueError("found out late")
    except ValueError:
        start_response("200 Replaced", PLAIN + [("X-Second", "yes")], sys.exc_info())
    return list(BLOCKS)


def empty(environ, start_response):
    start_response("200 OK", PLAIN)
    return []


def empty_blocks(environ, start_response):
    start_response("200 OK", PLAIN)
    return Iterator([b"", b""])


def empty_generator(environ, start_response):
    start_response("200 OK", PLAIN)
    return
    yield


def empty_file(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file_of(b""))


def long_block(environ, start_response):
    start_response("200 OK", PLAIN)
    return [LONG]


def long_generator(environ, start_response):
    start_response("200 OK", PLAIN)
    view = memoryview(LONG)
    for at in range(0, len(LONG), 1009):
        yield bytes(view[at:at + 1009])


def long_file(environ, start_response):
    start_response("200 OK", PLAIN)
    return environ["wsgi.file_wrapper"](file_of(LONG))


def no_content(environ, start_response):
    start_response("204 No Content", [])
    return []


def not_modified(environ, start_response):
    start_response("304 Not Modified", [("ETag", '"seen"')])
    return []


def redirect(environ, start_response):
    start_response("302 Found", PLAIN + [("Location", "/elsewhere")])
    return [b"elsewhere"]


def teapot(environ, start_response):
    start_response("418 I'm a teapot (short and stout)", PLAIN)
    return [b"tea"]


def cookies(environ, start_response):
    start_response("200 OK", PLAIN + [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; Path=/"),
                                      ("X-Latin", "caf\xe9")])
    return [b"crumbs"]


WHOLE_ANSWERS = [
    from_list, from_one_block, from_tuple, from_generator, from_late_start, from_iterator,
    from_sequence, from_sized, from_sized_one_block, from_write, from_write_and_list,
    from_declared, from_file, from_file_at_position, from_file_declared_shorter,
    from_buffered_file, from_memory_file, from_pipe, from_file_in_steps, from_replaced_start,
]
EMPTY_ANSWERS = [empty, empty_blocks, empty_generator, empty_file]
LONG_ANSWERS = [long_block, long_generator, long_file]
OTHERS = [no_content, not_modified, redirect, teapot, cookies]

BY_PATH = {
    f"/{answer.__name__}": answer
    for answer in WHOLE_ANSWERS + EMPTY_ANSWERS + LONG_ANSWERS + OTHERS
}


def application(environ, start_response):
    return BY_PATH[environ["PATH_INFO"]](environ, start_response)
