"""What the machine is and how busy it was: the conditions under which the figures hold."""

import datetime
import os
import pathlib
import platform
import re
import subprocess


def first_match(path, pattern):
    """The first group of the first match in a file, or 'unknown'."""
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip() if found else "unknown"


def processor_ticks():
    """All processors' ticks since boot, by kind, and those stolen by the hypervisor: proc(5)."""
    fields = first_match("/proc/stat", r"^cpu +(.+)$").split()
    ticks = [int(field) for field in fields[:8]]
    return sum(ticks), ticks[7]


def stolen_share(before, after):
    """The share of processor time between two readings that the hypervisor gave to others."""
    total = after[0] - before[0]
    return (after[1] - before[1]) / total if total else 0.0


def wrk_version():
    done = subprocess.run(["wrk", "--version"], capture_output=True, text=True)
    return (done.stdout + done.stderr).split(" [")[0].strip()


def collect():
    """The machine's facts as lines of name and value."""
    memory = first_match("/proc/meminfo", r"^MemTotal: +(\d+) kB")
    return {
        "Date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "Processor": first_match("/proc/cpuinfo", r"^model name\s*: (.+)$"),
        "Cores": str(len(os.sched_getaffinity(0))),
        "Memory": f"{int(memory) / 2**20:.1f} GiB" if memory.isdigit() else memory,
        "Kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "System": first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)'),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Load generator": wrk_version(),
        "Load average at start": " ".join(f"{value:.2f}" for value in os.getloadavg()),
    }
