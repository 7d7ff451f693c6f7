"""One request as both servers get it, byte for byte."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    name: str
    site: str
    target: str = "/"
    method: str = "GET"
    # None: no Host at all. {port} in any text is the port that the server listens on.
    host: str | None = "test.example"
    fields: tuple = ()
    body: bytes = b""
    # How the body's end is told: "length", "chunked", or "" where `fields` tell it, or nothing.
    framing: str = "length"
    version: str = "HTTP/1.1"
    # What of the answer counts beside the status: nothing where it is the server's own page.
    is_status_all: bool = False

    def head(self, port):
        lines = [f"{self.method} {self.target} {self.version}"]
        if self.host is not None:
            lines.append(f"Host: {self.host}")
        lines += [f"{name}: {value}" for name, value in self.fields]
        if self.framing == "chunked":
            lines.append("Transfer-Encoding: chunked")
        elif self.body and self.framing == "length":
            lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").replace("{port}", str(port)).encode("latin-1")

    def framed_body(self):
        if self.framing != "chunked":
            return self.body
        return b"%x\r\n%s\r\n0\r\n\r\n" % (len(self.body), self.body)

    @property
    def waits_for_continue(self):
        return ("Expect", "100-continue") in self.fields
