"""Applications that do wrong, each on its path. Served bare: wsgiref.validate would stop them."""

import sys

from records import record

PLAIN = [("Content-Type", "text/plain")]


class Strange(BaseException):
    pass


class BadClose:
    def __iter__(self):
        return iter([b"answer"])

    def close(self):
        raise RuntimeError("in close()")


class BadIter:
    def __iter__(self):
        raise RuntimeError("in __iter__()")


def raise_(exception):
    raise exception


def start(start_response, status="200 OK", headers=PLAIN):
    start_response(status, headers)
    return [b"answer"]


def after_head(exception):
    def answer(environ, start_response):
        start_response("200 OK", PLAIN)
        yield b"before"
        raise exception
    return answer


def declared_after_head(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "100")])
    yield b"before"
    raise RuntimeError("after the head")


def after_start_only(environ, start_response):
    """The head is known, but no byte of it was sent: it can still become a 500."""
    start_response("200 OK", PLAIN)
    raise RuntimeError("before the first block")


def exc_info_after_head(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"before"
    try:
        raise RuntimeError("found out late")
    except RuntimeError:
        start_response("500 Too late", PLAIN, sys.exc_info())
    yield b"never"


def exc_info_before_head(environ, start_response):
    start_response("200 OK", PLAIN)
    try:
        raise RuntimeError("in time")
    except RuntimeError:
        start_response("503 In time", PLAIN, sys.exc_info())
    return [b"sorry"]


def twice(environ, start_response):
    start_response("200 OK", PLAIN)
    return start(start_response)


def never(environ, start_response):
    return [b"no head"]


def short(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "10")])
    return [b"five!"]


def long(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "10")])
    return [b"five!", b"five!", b"beyond"]


def long_in_one_block(environ, start_response):
    start_response("200 OK", PLAIN + [("Content-Length", "10")])
    return [b"five!five!beyond"]


def long_by_write(environ, start_response):
    write = start_response("200 OK", PLAIN + [("Content-Length", "10")])
    write(b"five!")
    write(b"five!beyond")
    return []


def text_block(environ, start_response):
    start_response("200 OK", PLAIN)
    return ["text"]


def text_block_later(environ, start_response):
    start_response("200 OK", PLAIN)
    yield b"before"
    yield "text"


def write_text(environ, start_response):
    start_response("200 OK", PLAIN)("text")
    return []


def start_with(status="200 OK", headers=PLAIN):
    """A head that start_response must refuse. The application notes whether it did."""
    def answer(environ, start_response):
        try:
            start_response(status, headers)
        except Exception as error:
            record(f"refused {environ['PATH_INFO']} {type(error).__name__}")
            raise
        return [b"answer"]
    return answer


def with_header(name, value):
    return start_with(headers=PLAIN + [(name, value)])


BAD_HEADS = {
    "/status_bytes": start_with(status=b"200 OK"),
    "/status_number": start_with(status=200),
    "/status_word": start_with(status="OK"),
    "/status_short": start_with(status="20 OK"),
    "/status_crlf": start_with(status="200 OK\r\nX-Injected: yes"),
    "/status_control": start_with(status="200 O\x00K"),
    "/status_not_latin": start_with(status="200 \u20ac"),
    "/status_informational": start_with(status="100 Continue"),
    "/headers_none": start_with(headers=None),
    "/headers_pairs_of_one": start_with(headers=[("X-One",)]),
    "/header_bytes": with_header(b"X-Name", "value"),
    "/value_bytes": with_header("X-Name", b"value"),
    "/value_number": with_header("X-Name", 1),
    "/name_crlf": with_header("X-A: 1\r\nX-Injected", "yes"),
    "/name_space": with_header("X Name", "value"),
    "/name_colon": with_header("X-Name:", "value"),
    "/name_empty": with_header("", "value"),
    "/name_not_latin": with_header("X-\u20ac", "value"),
    "/value_crlf": with_header("X-Name", "value\r\nX-Injected: yes"),
    "/value_lf": with_header("X-Name", "value\nX-Injected: yes"),
    "/value_cr": with_header("X-Name", "value\rX-Injected: yes"),
    "/value_nul": with_header("X-Name", "val\x00ue"),
    "/value_not_latin": with_header("X-Name", "\u20ac"),
    "/hop_connection": with_header("Connection", "keep-alive"),
    "/hop_keep_alive": with_header("Keep-Alive", "timeout=9"),
    "/hop_transfer_encoding": with_header("transfer-encoding", "chunked"),
    "/hop_upgrade": with_header("Upgrade", "h2c"),
    "/hop_te": with_header("TE", "trailers"),
    "/hop_proxy_authenticate": with_header("Proxy-Authenticate", "Basic"),
    "/length_word": with_header("Content-Length", "ten"),
    "/length_negative": with_header("Content-Length", "-1"),
    "/length_twice": start_with(
        headers=PLAIN + [("Content-Length", "6"), ("Content-Length", "7")]),
}

BY_PATH = {
    "/raise": lambda environ, start_response: raise_(RuntimeError("before the head")),
    "/system_exit": lambda environ, start_response: raise_(SystemExit(3)),
    "/keyboard_interrupt": lambda environ, start_response: raise_(KeyboardInterrupt()),
    "/base_exception": lambda environ, start_response: raise_(Strange("not an Exception")),
    "/generator_exit": lambda environ, start_response: raise_(GeneratorExit()),
    "/after_head": after_head(RuntimeError("after the head")),
    "/system_exit_after_head": after_head(SystemExit(3)),
    "/declared_after_head": declared_after_head,
    "/after_start_only": after_start_only,
    "/exc_info_after_head": exc_info_after_head,
    "/exc_info_before_head": exc_info_before_head,
    "/twice": twice,
    "/never": never,
    "/short": short,
    "/long": long,
    "/long_in_one_block": long_in_one_block,
    "/long_by_write": long_by_write,
    "/text_block": text_block,
    "/text_block_later": text_block_later,
    "/write_text": write_text,
    "/none": lambda environ, start_response: (start_response("200 OK", PLAIN), None)[1],
    "/text": lambda environ, start_response: (start_response("200 OK", PLAIN), "text")[1],
    "/number": lambda environ, start_response: (start_response("200 OK", PLAIN), 3)[1],
    "/bad_iter": lambda environ, start_response: (start_response("200 OK", PLAIN), BadIter())[1],
    "/bad_close": lambda environ, start_response: (start_response("200 OK", PLAIN), BadClose())[1],
    **BAD_HEADS,
}


def application(environ, start_response):
    answer = BY_PATH.get(environ["PATH_INFO"])
    if answer is None:
        return start(start_response)
    return answer(environ, start_response)
