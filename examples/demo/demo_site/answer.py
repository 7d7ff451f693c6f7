"""What a handler gives back: status, headers and body of one response."""

import json
from dataclasses import dataclass
from typing import Iterable, List, Tuple


@dataclass
class Answer:
    status: str  # "200 OK"
    headers: List[Tuple[str, str]]
    body: Iterable[bytes]


class Refused(Exception):
    """The request cannot be served; `status` and `reason` are for the client to read."""

    def __init__(self, status: str, reason: str):
        super().__init__(reason)
        self.status = status
        self.reason = reason


def of_bytes(status: str, content_type: str, body: bytes, headers=()) -> Answer:
    return Answer(
        status,
        [
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            # Each answer tells who gave it: one from a cache would tell a lie.
            ("Cache-Control", "no-store"),
            ("Vary", "Accept"),
            ("X-Content-Type-Options", "nosniff"),
            *headers,
        ],
        [body],
    )


def of_json(value) -> Answer:
    return of_bytes("200 OK", "application/json", json.dumps(value).encode())


def wants_json(environ) -> bool:
    return "application/json" in environ.get("HTTP_ACCEPT", "")
