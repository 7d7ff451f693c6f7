"""Runs the real binary for a test and looks at it from outside."""

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import wire

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
APPS = TESTS / "apps"
BINARY = Path(os.environ.get("FORKLOOM_BINARY") or REPOSITORY / "build" / "forkloom").absolute()
PRELOAD = os.environ.get("FORKLOOM_PRELOAD", "")
IS_SANITIZED = bool(PRELOAD)
# Far beyond what a loaded machine needs: reached only where something hangs.
PATIENCE = 60


def wait_until(condition, what, patience=PATIENCE):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + patience
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience} s in vain until {what}")
        time.sleep(0.01)


def free_port(family=socket.AF_INET, host="127.0.0.1"):
    """A port below those that the kernel gives to clients, so that none of them takes it."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket(family) as probe, contextlib.suppress(OSError):
            probe.bind((host, port))
            return port


def environment(folder, **more):
    """The server's environment: this one, without what would choose another Python."""
    values = {
        name: value
        for name, value in os.environ.items()
        if name not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTEST_CURRENT_TEST")
    }
    values["TEST_FOLDER"] = str(folder)
    if PRELOAD:
        report = f"log_path={folder}/sanitizer"
        values["LD_PRELOAD"] = PRELOAD
        values["ASAN_OPTIONS"] = f"detect_leaks=0:{report}"
        values["UBSAN_OPTIONS"] = f"print_stacktrace=1:{report}"
        values["TSAN_OPTIONS"] = f"suppressions={TESTS}/thread_sanitizer.supp:{report}"
        # The allocator's own arenas would hide what the sanitizer could see.
        values["PYTHONMALLOC"] = "malloc"
    values.update({name: str(value) for name, value in more.items()})
    return values


def sanitizer_reports(folder):
    return "".join(path.read_text(errors="replace") for path in Path(folder).glob("sanitizer.*"))


def run_forkloom(folder, *arguments, binary=BINARY, cwd=None, **variables):
    """Runs the command to its end: for what must fail, or only print."""
    result = subprocess.run(
        [binary, *map(str, arguments)],
        capture_output=True, text=True, errors="replace", timeout=PATIENCE, cwd=cwd,
        stdin=subprocess.DEVNULL, env=environment(folder, **variables),
    )
    assert not (reports := sanitizer_reports(folder)), reports
    return result


def process_children(pid):
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in text.split()]
    return []


def is_alive(pid):
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


def memory_kib(pid, line):
    """A line of /proc/PID/status in KiB, such as VmRSS or VmHWM (its highest value so far)."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(rf"^{line}:\s+(\d+) kB", text, re.M)[1])


class Forkloom:
    """The running binary, seen from outside.

    folder: where its logs are, and what its application records (apps/records.py).
    before: words before the command, such as those that give up root.
    """

    def __init__(self, folder, port, arguments, before=(), cwd=None, **variables):
        self.folder = Path(folder)
        self.port = port
        self.address = ("127.0.0.1", port)
        self.error_log_path = self.folder / "error.log"
        self._stdout = open(self.folder / "stdout", "wb")
        self._stderr = open(self.folder / "stderr", "wb")
        self.process = subprocess.Popen(
            [str(argument) for argument in (*before, BINARY, *arguments)],
            stdin=subprocess.DEVNULL, stdout=self._stdout, stderr=self._stderr, cwd=cwd,
            env=environment(self.folder, **variables),
        )
        self.pid = self.process.pid
        # Set by a test that ends it by other means than one signal.
        self.may_fail = False

    # What it wrote.

    def output(self):
        return "".join(
            (self.folder / name).read_text(errors="replace") for name in ("stdout", "stderr")
        )

    def error_log(self):
        if self.error_log_path.exists():
            return self.error_log_path.read_text(errors="replace")
        return (self.folder / "stderr").read_text(errors="replace")

    def everything_written(self):
        return self.output() + self.error_log()

    def wait_for_log(self, pattern):
        """The first match of a pattern in the error log."""
        return wait_until(lambda: re.search(pattern, self.error_log(), re.M), f"log has {pattern}")

    # What its application recorded.

    def records(self, word=None):
        path = self.folder / "records"
        lines = path.read_text().split("\n")[:-1] if path.exists() else []
        return [line for line in lines if word is None or line.split()[0] == word]

    def wait_for_record(self, line, count=1):
        wait_until(lambda: self.records().count(line) >= count, f"{count} records of {line!r}")

    def open_gate(self, name):
        (self.folder / f"gate-{name}").touch()

    # Talking to it.

    def wait_until_ready(self):
        """The start lines are printed when the application is loaded."""
        def is_ready():
            if self.process.poll() is not None:
                raise AssertionError(
                    f"exited with {self.process.returncode} at start:\n{self.everything_written()}"
                )
            return self.start_lines()

        wait_until(is_ready, "it prints its start lines")
        return self

    def start_lines(self):
        return (self.folder / "stdout").read_text(errors="replace")

    def connect(self, **options):
        return wire.Connection(self.address, **options)

    def ask(self, method="GET", target="/", **options):
        """One request on a connection of its own."""
        with self.connect() as connection:
            return connection.ask(method, target, **options)

    def get_json(self, target="/", **options):
        response = self.ask(target=target, **options)
        assert response.status == 200, response
        return json.loads(response.body)

    # Its processes.

    def worker_pid(self):
        """The one process that runs the application."""
        [pid] = wait_until(lambda: process_children(self.pid), "there is a child")
        return pid

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """Its exit status."""
        return self.process.wait(PATIENCE)

    def end(self):
        """Kills what is left. For clean-up only."""
        children = process_children(self.pid)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for child in filter(is_alive, children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._stdout.close()
        self._stderr.close()


class Server(Forkloom):
    """A running `forkloom serve`."""

    def __init__(self, folder, target, *options, binds=None, python=sys.prefix, threads=4,
                 access_log="off", error_log=True, cwd=None, **variables):
        port = free_port()
        arguments = ["serve", target]
        for bind in [f"127.0.0.1:{port}"] if binds is None else binds:
            arguments += ["--bind", bind]
        if threads is not None:
            arguments += ["--threads", threads]
        if python is not None:
            arguments += ["--python", python]
        if access_log is not None:
            arguments += ["--access-log", access_log]
        if error_log:
            arguments += ["--error-log", Path(folder) / "error.log"]
        if "--log-level" not in options:
            arguments += ["--log-level", "info"]
        super().__init__(folder, port, [*arguments, *options], cwd=cwd, **variables)


UNEXPECTED = re.compile(
    r"^.*(\[crit\]|\[emerg\]|\[alert\]|Traceback \(most recent|Exception ignored|AssertionError"
    r"|terminate called|Fatal Python error).*$", re.M,
)


@contextlib.contextmanager
def watched(server, expects_errors=False):
    """A server for the time of the block, then stopped: with exit status 0, a log without
    surprises (unless the test is about errors), and no report of a sanitizer."""
    try:
        server.wait_until_ready()
        yield server
        if server.process.poll() is None:
            server.signal()
        status = server.wait()
        written = server.everything_written()
        assert status == 0 or server.may_fail, f"exit status {status}:\n{written}"
        if not expects_errors:
            assert not UNEXPECTED.search(written), written
    finally:
        server.end()
        reports = sanitizer_reports(server.folder)
    assert not reports, reports


def running(folder, target, *options, expects_errors=False, **settings):
    """`forkloom serve` for the time of the block."""
    return watched(Server(folder, target, *options, **settings), expects_errors)
