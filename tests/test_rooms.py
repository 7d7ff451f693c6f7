"""Holds the #include lines of src/ to the rooms and their order (docs/ARCHITECTURE.md)."""

import re

import pytest

from server import REPOSITORY

# Each row: what its rooms may include besides themselves.
ROWS = [
    {"base": []},
    {
        "os": ["base"],
        "http": ["base"],
        "config": ["base"],
        "app": ["base", "http"],
        "models": ["base"],
    },
    {
        "scoreboard": ["base", "os"],
        "handoff": ["base", "os"],
        "python": ["base"],
        "accesslog": ["base", "http"],
        "routing": ["base", "os", "http", "config", "app"],
    },
    {
        "wsgi": ["base", "http", "app", "python"],
        "files": ["base", "os", "http"],
        "connection": ["base", "os", "http", "app"],
        "status": ["base", "http", "scoreboard"],
    },
]
LOW = [room for row in ROWS for room in row]
FREE_OF_PYTHON = [room for room in LOW if room not in ("wsgi", "python")]
ROWS += [
    {
        "worker": FREE_OF_PYTHON,
        "supervisor": ["base", "os", "config", "models", "scoreboard", "handoff"],
    },
    {
        "runtime": [*LOW, "worker"],
        "cli": [*FREE_OF_PYTHON, "worker", "supervisor"],
    },
]
MAY_INCLUDE = {room: allowed for row in ROWS for room, allowed in row.items()}

POSIX = re.compile(
    r"^(sys/.*|linux/.*|netinet/.*|arpa/.*|net/.*|asm/.*|unistd\.h|fcntl\.h|signal\.h|csignal"
    r"|pthread\.h|poll\.h|netdb\.h|dirent\.h|sched\.h|semaphore\.h|spawn\.h|pwd\.h|grp\.h|dlfcn\.h"
    r"|syslog\.h|termios\.h|mqueue\.h|aio\.h|ftw\.h|glob\.h|fnmatch\.h|wordexp\.h|utime\.h"
    r"|strings\.h|endian\.h|byteswap\.h|ifaddrs\.h)$")
PYTHON = re.compile(r"^(Python\.h|structmember\.h|cpython/.*|internal/pycore_.*)$")


def violations(source):
    """Every #include below `source` that its room may not have, as "file: what is wrong"."""
    found = []
    for path in sorted(source.rglob("*")):
        if path.suffix not in (".h", ".c", ".cpp"):
            continue
        name = path.relative_to(source)
        room = name.parts[0]
        if room not in MAY_INCLUDE:
            found.append(f"{name}: the room {room} is not in the table")
            continue
        text = path.read_text()
        for quote, header in re.findall(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', text, re.M):
            other = header.partition("/")[0]
            if POSIX.match(header) and room != "os":
                found.append(f"{name}: <{header}> belongs into os")
            elif PYTHON.match(header) and room != "python":
                found.append(f"{name}: {header} belongs into python")
            elif quote == '"' and not PYTHON.match(header):
                if not (source / header).is_file():
                    found.append(f'{name}: "{header}" is not named by its path below src/')
                elif other != room and other not in MAY_INCLUDE[room]:
                    found.append(f"{name}: {room} may not include {other} ({header})")
    return found


def test_the_table_goes_downwards_only():
    row_of = {room: number for number, row in enumerate(ROWS) for room in row}
    for room, allowed in MAY_INCLUDE.items():
        for other in allowed:
            # app stands on http, its neighbour.
            assert row_of[other] < row_of[room] or (room, other) == ("app", "http")


def test_every_include_is_allowed():
    assert violations(REPOSITORY / "src") == []


def test_every_folder_of_src_is_a_room():
    assert {path.name for path in (REPOSITORY / "src").iterdir()} <= set(MAY_INCLUDE)


@pytest.mark.parametrize("room, line, is_allowed", [
    ("base", '#include "base/log.h"', True),
    ("base", '#include "os/descriptor.h"', False),
    ("http", '#include "os/descriptor.h"', False),
    ("http", "#include <unistd.h>", False),
    ("http", "  #  include <sys/socket.h>", False),
    ("os", "#include <sys/socket.h>", True),
    ("worker", '#include "python/ref.h"', False),
    ("supervisor", '#include "worker/run.h"', False),
    ("runtime", '#include "worker/run.h"', True),
    ("wsgi", "#include <Python.h>", False),
    ("python", "#include <Python.h>", True),
    ("python", "#include <vector>", True),
    ("http", '#include "log.h"', False),
    ("attic", "#include <vector>", False),
])
def test_the_scan_sees_what_is_wrong(tmp_path, room, line, is_allowed):
    for header in ("base/log.h", "os/descriptor.h", "python/ref.h", "worker/run.h"):
        path = tmp_path / header
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / room).mkdir(exist_ok=True)
    (tmp_path / room / "case.cpp").write_text(f"// a file\n{line}\n")
    assert (violations(tmp_path) == []) == is_allowed
