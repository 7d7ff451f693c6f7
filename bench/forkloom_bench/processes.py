"""A server's tree of processes: start, processor time, memory, and a stop that leaves nothing.

All figures come from /proc. The caller must have called `adopt_orphans` once, so that a process
whose parent has gone becomes a child of the bench and is still found and ended.
"""

import contextlib
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Makes this process the parent of its descendants' orphans: prctl(2)."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def free_port():
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stat_fields(pid):
    """/proc/PID/stat from its third field on: the name before may hold spaces and brackets.

    `pid` may also name one thread, as PID/task/TID.
    """
    text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    return text[text.rindex(")") + 2 :].split()


def parents():
    """Each process's parent, by process id."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                found[int(entry)] = int(stat_fields(entry)[1])
    return found


def tree(root):
    """`root` and all its descendants, as process ids."""
    children = {}
    for pid, parent in parents().items():
        children.setdefault(parent, []).append(pid)
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting.extend(children.get(pid, ()))
    return found


def cpu_seconds(root):
    """User and system time of the tree, with that of children that ended and were waited for."""
    ticks = 0
    for pid in tree(root):
        with contextlib.suppress(OSError):
            ticks += sum(int(field) for field in stat_fields(pid)[11:15])
    return ticks / TICKS_PER_SECOND


def memory_mib(root):
    """Proportional set size of the tree in MiB; where that can't be read, the resident size."""
    kib = 0
    for pid in tree(root):
        for file, name in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
            with contextlib.suppress(OSError, StopIteration):
                lines = pathlib.Path(f"/proc/{pid}/{file}").read_text().splitlines()
                kib += next(int(line.split()[1]) for line in lines if line.startswith(name))
                break
    return kib / 1024


def is_resting(root):
    """Whether no thread of the tree runs, waits for a processor, or waits for a disk."""
    for pid in tree(root):
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                if stat_fields(f"{pid}/task/{task}")[0] in "RD":
                    return False
    return True


def start(argv, log, folder, env):
    """Starts a server in a session of its own, its output in the open file `log`."""
    return subprocess.Popen(
        argv,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def stop(server, seconds=5):
    """Asks with TERM, then kills whatever of the tree is left, orphans included."""
    if server.poll() is None:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
    deadline = time.monotonic() + seconds
    while (left := tree(os.getpid())[1:]) and time.monotonic() < deadline:
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if server.poll() is not None:
            reap_orphans()
        time.sleep(0.01)


def reap_orphans():
    """Waits for whichever adopted children have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
