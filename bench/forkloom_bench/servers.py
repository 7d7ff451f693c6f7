"""The servers measured: one record each, with what it needs and how it is started.

Each is started as its own documentation says for production: access log off, HTTP keep-alive on
where it has it, one process that runs the application unless the record's note says otherwise.
"""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from . import apache, nginx


@dataclass(frozen=True)
class Place:
    """Where one start happens: paths, the application's module name, the port, the threads.

    `app` is "" where static files are served.
    """

    venv: pathlib.Path
    apps: pathlib.Path
    scratch: pathlib.Path
    forkloom: pathlib.Path
    app: str
    port: int
    threads: int

    @property
    def files(self):
        return self.apps / "files"

    def tool(self, name):
        return str(self.venv / "bin" / name)

    @property
    def script(self):
        return str(self.apps / f"{self.app}.py")

    @property
    def target(self):
        return f"{self.app}:application"

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Server:
    """`command` starts it with an application, `file_command` for static files: one may be None.

    `packages` come from PyPI, the first giving the version where there is no `version_command`;
    `debian` from Debian. `unpacked` is a package of Debian that is unpacked and not installed,
    into the folder of its name in the virtual environment.
    `is_closing_when_busy`: it closes idle kept connections when it runs out of threads, so that a
    connection closed without an answer is its way of working, told but no failure.
    """

    name: str
    title: str
    command: Callable[[Place], list[str]] | None = None
    file_command: Callable[[Place], list[str]] | None = None
    packages: tuple[str, ...] = ()
    debian: tuple[str, ...] = ()
    unpacked: str = ""
    version_command: Callable[[pathlib.Path], list[str]] | None = None
    note: str = ""
    is_default: bool = True
    is_closing_when_busy: bool = False

    def start(self, case):
        """What makes the command for the case; None where the server can't serve it."""
        return self.file_command if case.file else self.command


def forkloom(place):
    return [
        str(place.forkloom), "serve", place.script,
        "--bind", place.address, "--threads", str(place.threads),
        "--python", place.tool("python"), "--access-log", "off",
    ]  # fmt: skip


SITE = """\
ServerName 127.0.0.1
Listen {address}
DefaultRuntimeDir "{scratch}"
MaxKeepAliveRequests 0
DocumentRoot "{files}"
<Directory "{files}">
    Require all granted
</Directory>
"""


def forkloom_files(place):
    file = place.scratch / "site.conf"
    file.write_text(
        SITE.format(address=place.address, scratch=place.scratch, files=place.files)
    )
    return [str(place.forkloom), "run", "-f", str(file)]


def gunicorn_sync(place):
    return [
        place.tool("gunicorn"), place.target, "--bind", place.address,
        "--worker-class", "sync", "--workers", str(place.threads), "--log-level", "warning",
    ]  # fmt: skip


def gunicorn_gthread(place):
    return [
        place.tool("gunicorn"), place.target, "--bind", place.address,
        "--worker-class", "gthread", "--workers", "1", "--threads", str(place.threads),
        "--log-level", "warning",
    ]  # fmt: skip


def uwsgi(listen):
    def command(place):
        return [
            place.tool("uwsgi"), *(part.format(address=place.address) for part in listen),
            "--master", "--processes", "1", "--threads", str(place.threads),
            "--wsgi-file", place.script, "--need-app", "--die-on-term", "--vacuum",
            "--disable-logging",
        ]  # fmt: skip

    return command


WAITRESS = (
    "import logging, waitress.runner; "
    'logging.getLogger("waitress.queue").setLevel(logging.ERROR); waitress.runner.run()'
)


def waitress(place):
    return [
        place.tool("python"), "-c", WAITRESS, f"--listen={place.address}",
        f"--threads={place.threads}", place.target,
    ]  # fmt: skip


def cheroot(place):
    return [
        place.tool("python"), "-m", "cheroot", place.target, "--bind", place.address,
        "--threads", str(place.threads), "--max-threads", str(place.threads),
        "--request-queue-size", "128",
    ]  # fmt: skip


def granian(place):
    return [
        place.tool("granian"), "--interface", "wsgi", "--http", "1",
        "--host", "127.0.0.1", "--port", str(place.port), "--workers", "1",
        "--blocking-threads", str(place.threads), "--log-level", "warning", place.target,
    ]  # fmt: skip


def fastwsgi(place):
    return [
        place.tool("fastwsgi"), "--host", "127.0.0.1", "--port", str(place.port), place.target,
    ]  # fmt: skip


SERVERS = (
    Server(
        "forkloom",
        "Forkloom",
        forkloom,
        forkloom_files,
    ),
    Server(
        "gunicorn-sync",
        "gunicorn, sync",
        gunicorn_sync,
        packages=("gunicorn",),
        note="no threads: N worker processes stand for N threads; no keep-alive: each answer "
        "closes its connection",
    ),
    Server(
        "gunicorn-gthread",
        "gunicorn, gthread",
        gunicorn_gthread,
        packages=("gunicorn",),
    ),
    Server(
        "uwsgi",
        "uWSGI",
        uwsgi(("--http", "{address}", "--http-keepalive")),
        packages=("uWSGI",),
        note="its HTTP router keeps the connections and passes each request to the one worker "
        "process",
    ),
    Server(
        "uwsgi-http11",
        "uWSGI, direct",
        uwsgi(("--http11-socket", "{address}")),
        packages=("uWSGI",),
        note="no router: each kept connection holds a thread, so that with more connections "
        "than threads some are never answered",
        is_default=False,
    ),
    Server(
        "waitress",
        "waitress",
        waitress,
        packages=("waitress",),
        note="waitress-serve, without the warning that it logs whenever a request has to wait",
    ),
    Server(
        "cheroot",
        "cheroot",
        cheroot,
        packages=("cheroot",),
        note="its backlog of 5 connections is raised to 128",
    ),
    Server(
        "granian",
        "Granian",
        granian,
        packages=("granian",),
    ),
    Server(
        "fastwsgi",
        "fastwsgi",
        fastwsgi,
        packages=("fastwsgi", "setuptools<81"),
        note="one thread always: it has no others",
    ),
    Server(
        "apache-embedded",
        "Apache + mod_wsgi, embedded",
        apache.embedded,
        packages=("mod_wsgi",),
        debian=("apache2-bin", "apache2-dev"),
        note="one server child of the event MPM; it closes kept connections whenever no thread "
        "is idle, so it has 128 threads, and N only where the application waits, since there "
        "threads are what is compared",
        is_closing_when_busy=True,
    ),
    Server(
        "apache-daemon",
        "Apache + mod_wsgi, daemon",
        apache.daemon,
        packages=("mod_wsgi",),
        debian=("apache2-bin", "apache2-dev"),
        note="one server child of the event MPM with 128 threads in front of one daemon process "
        "with N threads",
    ),
    Server(
        "nginx",
        "nginx",
        file_command=nginx.files,
        unpacked="nginx",
        version_command=lambda venv: [nginx.program(venv), "-v"],
        note="one worker process",
    ),
    Server(
        "apache",
        "Apache",
        file_command=apache.files,
        debian=("apache2-bin",),
        version_command=lambda venv: [apache.program() or "apache2", "-v"],
        note="one server child of the event MPM with 128 threads",
        is_closing_when_busy=True,
    ),
)


def named(name):
    """The record of that name, or None."""
    return next((server for server in SERVERS if server.name == name), None)
