"""HTTP/1.1 as bytes: a client that sends what a test wants and believes nothing it gets."""

import contextlib
import socket
from dataclasses import dataclass, field


class WireError(Exception):
    """The server's bytes are not a response as RFC 9112 wants it."""


@dataclass
class Response:
    version: str
    status: int
    reason: str
    fields: list
    body: bytes = b""
    # False where the connection ended before the end that the framing announced.
    is_complete: bool = True
    trailers: list = field(default_factory=list)

    def values(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def value(self, name):
        values = self.values(name)
        if len(values) > 1:
            raise WireError(f"{name} stands {len(values)} times: {values}")
        return values[0] if values else None

    @property
    def text(self):
        return self.body.decode("latin-1")


class Connection:
    """One client connection. Every wait ends after `timeout` seconds with TimeoutError."""

    def __init__(self, address, timeout=60, receive_buffer=None):
        family = socket.AF_INET
        if isinstance(address, str):
            family = socket.AF_UNIX
        elif ":" in address[0]:
            family = socket.AF_INET6
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(address)
        self._unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def abandon(self):
        """Closes with a reset, as a client that crashed."""
        self.socket.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
        )
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data.encode("latin-1") if isinstance(data, str) else data)

    def send_request(self, method="GET", target="/", fields=(), body=None, version="HTTP/1.1"):
        lines = [f"{method} {target} {version}"]
        if not any(name.lower() == "host" for name, _ in fields):
            lines.append("Host: test.example")
        lines += [f"{name}: {value}" for name, value in fields]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b""))

    def ask(self, method="GET", target="/", **options):
        self.send_request(method, target, **options)
        return self.read_response(method)

    def _more(self):
        received = self.socket.recv(1 << 16)
        self._unread += received
        return bool(received)

    def _line(self):
        while b"\n" not in self._unread:
            if not self._more():
                raise EOFError(self._unread)
        line, self._unread = self._unread.split(b"\n", 1)
        if not line.endswith(b"\r"):
            raise WireError(f"a line that ends with a bare LF: {line!r}")
        return line[:-1].decode("latin-1")

    def _exactly(self, count):
        """`count` bytes, or fewer where the connection ended."""
        parts, have = [self._unread[:count]], len(self._unread[:count])
        self._unread = self._unread[count:]
        while have < count:
            try:
                received = self.socket.recv(min(1 << 20, count - have))
            except ConnectionResetError:
                break
            if not received:
                break
            parts.append(received)
            have += len(received)
        return b"".join(parts)

    def _fields(self):
        fields = []
        while line := self._line():
            name, colon, value = line.partition(":")
            if not colon or not name or name.strip() != name:
                raise WireError(f"not a field line: {line!r}")
            fields.append((name, value.strip()))
        return fields

    def read_head(self):
        line = self._line()
        version, _, rest = line.partition(" ")
        status, _, reason = rest.partition(" ")
        if version not in ("HTTP/1.1", "HTTP/1.0") or len(status) != 3:
            raise WireError(f"not a status line: {line!r}")
        return Response(version, int(status), reason, self._fields())

    def read_response(self, method="GET"):
        """The next response with its body. EOFError where the connection ends instead of it."""
        response = self.read_head()
        while 100 <= response.status < 200:
            response = self.read_head()
        self.read_body(response, method)
        return response

    def read_body(self, response, method="GET"):
        coding, length = response.value("Transfer-Encoding"), response.value("Content-Length")
        if coding is not None and length is not None:
            raise WireError("both Content-Length and Transfer-Encoding")
        if method == "HEAD" or response.status in (204, 304):
            return
        if coding is not None:
            if coding != "chunked":
                raise WireError(f"Transfer-Encoding: {coding}")
            self._read_chunks(response)
        elif length is not None:
            response.body = self._exactly(int(length))
            response.is_complete = len(response.body) == int(length)
        else:
            if response.value("Connection") != "close":
                raise WireError("neither framed nor closing")
            response.body = self.read_until_closed()

    def read_chunk(self):
        """One chunk's bytes, b"" for the last. EOFError where the connection ended."""
        size = int(self._line(), 16)
        data = self._exactly(size)
        if len(data) < size:
            raise EOFError(data)
        if size and self._line() != "":
            raise WireError("no CRLF after a chunk")
        return data

    def _read_chunks(self, response):
        blocks = []
        try:
            while block := self.read_chunk():
                blocks.append(block)
            response.trailers = self._fields()
        except EOFError as end:
            blocks.append(end.args[0])
            response.is_complete = False
        except ConnectionResetError:
            response.is_complete = False
        response.body = b"".join(blocks)

    def read_until_closed(self):
        """All that comes until the server ends the connection; a reset counts as an end."""
        parts, self._unread = [self._unread], b""
        with contextlib.suppress(ConnectionResetError):
            while received := self.socket.recv(1 << 20):
                parts.append(received)
        return b"".join(parts)

    def is_silent(self, seconds):
        """Whether nothing, not even an end, comes within that time."""
        timeout = self.socket.gettimeout()
        self.socket.settimeout(seconds)
        try:
            return self._unread == b"" and self._more() and False
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(timeout)

