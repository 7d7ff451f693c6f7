"""One measurement: a server started, warmed up, checked, loaded, checked again, and stopped."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass

from . import environment, loads, processes

WRK_SCRIPT = pathlib.Path(__file__).with_name("wrk_report.lua")
SOCKET_ERRORS = ("connect", "read", "write", "timeout")
TOLERATED_ERRORS = 0.01
START_SECONDS = 15
REST_CHECKS, REST_SECONDS = 3, 0.1
REPRESENTATIVE_ANSWERS = 10


@dataclass(frozen=True)
class Load:
    """How hard and for how long: whole seconds, as wrk takes them.

    `cores` holds the server's core and wrk's, or is None where neither is held to one.
    """

    connections: int
    seconds: int
    warm_up_seconds: int
    cores: tuple[int, int] | None


@dataclass
class Sample:
    """One server's figures in one round of one case. With a `fault` the figures count nothing."""

    round: int
    case: str
    server: str
    requests_per_second: float = 0.0
    p50_us: float = 0.0
    p99_us: float = 0.0
    cpu_us_per_request: float = 0.0
    memory_mib: float = 0.0
    errors: int = 0
    closings: int = 0
    served_connections: float | None = None
    load_core_share: float = 0.0
    keeps_alive: bool = False
    fault: str | None = None

    def record(self):
        return asdict(self)


class WrkFault(Exception):
    """wrk ended without a report."""


def parse_wrk(output):
    """The counts that wrk_report.lua printed among wrk's own lines."""
    found = re.search(r"^forkloom-bench (\{.*\})$", output, re.MULTILINE)
    if not found:
        raise WrkFault(environment.last_line(output))
    return json.loads(found.group(1))


def two_cores():
    """The first two cores that this process may use, or None."""
    cores = sorted(os.sched_getaffinity(0))
    return (cores[0], cores[1]) if len(cores) > 1 else None


def pinned(argv, case, load, side):
    """The command, held to its side's core: 0 for the server, 1 for wrk."""
    if load.cores is None or case.is_unpinned:
        return argv
    return ["taskset", "--cpu-list", str(load.cores[side]), *argv]


def run_wrk(port, case, load, seconds):
    """Loads the server with wrk: its counts, and the share of a core that wrk itself took."""
    argv = ["wrk", "--threads", "1", "--connections", str(load.connections),
            "--duration", f"{seconds}s", "--script", str(WRK_SCRIPT)]  # fmt: skip
    if case.has_new_connections:
        argv += ["--header", "Connection: close"]
    env = {key: value for key, value in os.environ.items() if key != "FORKLOOM_BENCH_BODY"}
    if case.body_size:
        env["FORKLOOM_BENCH_BODY"] = str(case.body_size)
    argv = pinned([*argv, f"http://127.0.0.1:{port}{case.path}"], case, load, 1)
    before = os.times()
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=seconds + 30)
    after = os.times()
    spent = sum(after[2:4]) - sum(before[2:4])
    counts = parse_wrk(done.stdout + done.stderr)
    return counts, spent / (counts["duration_us"] / 1e6)


def closings(case, counts, server, verdict):
    """How many of wrk's reading errors are connections that the server was free to close.

    wrk takes a close that no header announced for an error, also after the whole answer to a
    request that asked for it.
    """
    if server.is_closing_when_busy:
        return counts["read"]
    if case.has_new_connections and not verdict.announces_close:
        return min(counts["read"], counts["requests"])
    return 0


def figures(sample, case, counts, cpu_seconds, connections):
    """Fills `sample` from wrk's counts. Only right answers count as requests served.

    wrk's latency starts when a request is written, so answers per second times the mean latency
    is the number of connections that are being answered (Little's law), once each had a number of
    answers.
    """
    requests = counts["requests"]
    right = requests - counts["status"]
    seconds = counts["duration_us"] / 1e6
    sample.errors = counts["status"] + sum(counts[name] for name in SOCKET_ERRORS)
    sample.errors -= sample.closings
    sample.requests_per_second = right / seconds
    sample.p50_us = counts["p50_us"]
    sample.p99_us = counts["p99_us"]
    if requests >= connections * REPRESENTATIVE_ANSWERS:
        sample.served_connections = requests / seconds * counts["mean_us"] / 1e6
    if requests:
        sample.cpu_us_per_request = cpu_seconds * 1e6 / requests
    if right <= 0:
        sample.fault = "no right answer under load"
    elif counts["bytes"] < right * loads.answer_size(case):
        sample.fault = "answers cut short under load"
    elif sample.errors > requests * TOLERATED_ERRORS:
        kinds = ", ".join(f"{name} {counts[name]}" for name in ("status", *SOCKET_ERRORS))
        sample.fault = f"{sample.errors} errors in {requests} requests ({kinds})"


def wait_until_right(server, port, case):
    """Asks until the first right answer; the last verdict when the time is over."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        verdict = loads.check(port, case, times=1)
        if verdict.fault is None or server.poll() is not None or time.monotonic() > deadline:
            return verdict
        time.sleep(0.05)


def settle(running):
    """Waits until all processes of the tree have started: they rest several times in a row."""
    deadline = time.monotonic() + START_SECONDS
    rests = 0
    while rests < REST_CHECKS and time.monotonic() < deadline:
        time.sleep(REST_SECONDS)
        rests = rests + 1 if processes.is_resting(running.pid) else 0


def last_words(log, scratch):
    """The last line that the server wrote, for a fault's text: Apache writes to a file."""
    log.seek(0)
    text = log.read()
    file = scratch / "error.log"
    if file.exists():
        lines = file.read_text(errors="replace").splitlines()
        text += "\n".join(line for line in lines if ":notice]" not in line)
    return environment.last_line(text)[:200]


def server_environment():
    """The servers' environment: the bench's own without what would change a Python."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def measure(round_number, case, server, place, load):
    """One sample. A server that fails to start, answer or survive gives a sample with a fault."""
    sample = Sample(round_number, case.name, server.name)
    argv = pinned(server.start(case)(place), case, load, 0)
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        running = processes.start(argv, log, place.apps, server_environment())
        try:
            load_and_check(sample, case, server, place.port, running, load)
        except (WrkFault, OSError, subprocess.TimeoutExpired) as error:
            sample.fault = str(error)
        finally:
            processes.stop(running)
        if sample.fault:
            sample.fault += f" [{last_words(log, place.scratch)}]"
    return sample


def load_and_check(sample, case, server, port, running, load):
    verdict = wait_until_right(running, port, case)
    if verdict.fault:
        sample.fault = f"start: {verdict.fault}"
        return
    settle(running)
    if load.warm_up_seconds:
        run_wrk(port, case, load, load.warm_up_seconds)
    verdict = loads.check(port, case)
    if verdict.fault:
        sample.fault = f"before the load: {verdict.fault}"
        return
    sample.keeps_alive = verdict.keeps_alive
    before = processes.cpu_seconds(running.pid)
    counts, sample.load_core_share = run_wrk(port, case, load, load.seconds)
    cpu = processes.cpu_seconds(running.pid) - before
    sample.memory_mib = processes.memory_mib(running.pid)
    sample.closings = closings(case, counts, server, verdict)
    figures(sample, case, counts, cpu, load.connections)
    verdict = loads.check(port, case)
    if verdict.fault and not sample.fault:
        sample.fault = f"after the load: {verdict.fault}"
