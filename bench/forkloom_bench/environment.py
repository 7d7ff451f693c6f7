"""What the bench needs on the machine: Debian's packages, and a virtual environment of its own.

Both are installed once and found again by later runs. A package that can't be had is a reason to
skip its server, told in one line, not a failure of the run.
"""

import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

VERSIONS = """
import importlib.metadata as m, json, re, sys
def version(name):
    try:
        return m.version(re.split("[<>=]", name)[0])
    except m.PackageNotFoundError:
        return None
print(json.dumps({name: version(name) for name in sys.argv[1:]}))
"""


def default_cache():
    """The folder that outlives a run: $XDG_CACHE_HOME/forkloom-bench or its default."""
    root = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(root) / "forkloom-bench"


def last_line(text):
    """The last line that says something, for a reason of one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no output"


def run(argv, folder=None):
    """Runs a command that installs something. The reason why it failed, or None."""
    if not shutil.which(argv[0]):
        return f"no {argv[0]} here"
    done = subprocess.run(
        argv, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=folder
    )
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.lower().startswith("e")]
    return errors[0].strip() if errors else last_line(done.stderr or done.stdout)


class Environment:
    """The virtual environment in `cache`, one per interpreter version. Used by one thread."""

    def __init__(self, cache):
        name = f"venv-{platform.python_implementation()}-{platform.python_version()}".lower()
        self.venv = pathlib.Path(cache).resolve() / name
        self.python = self.venv / "bin" / "python"
        self.has_fresh_lists_ = False

    def make(self):
        """Makes the virtual environment where there is none. The reason why not, or None."""
        if self.python.exists():
            return None
        return run([sys.executable, "-m", "venv", str(self.venv)])

    def versions(self, packages):
        """Each package's installed version, or None."""
        argv = [str(self.python), "-c", VERSIONS, *packages]
        return json.loads(subprocess.run(argv, capture_output=True, check=True).stdout)

    def need(self, packages):
        """Installs what is missing of `packages`. The reason why one can't be had, or None."""
        versions = self.versions(packages)
        missing = [package for package in packages if versions[package] is None]
        if not missing:
            return None
        fault = run([str(self.python), "-m", "pip", "install", "--quiet", *missing])
        return f"pip can't install {', '.join(missing)}: {fault}" if fault else None

    def need_debian(self, packages):
        """The same for Debian's packages: as root, or through sudo where it asks nothing."""
        missing = [package for package in packages if not is_in_debian(package)]
        if not missing:
            return None
        words = "apt-get install " + " ".join(missing)
        if not shutil.which("apt-get"):
            return f"no apt-get here for {', '.join(missing)}"
        rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
        if rights and (not shutil.which("sudo") or run([*rights, "true"])):
            return f"needs root: {words}"
        self.refresh_lists(rights)
        options = ["-y", "-qq", "--no-install-recommends"]
        fault = run([*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install",
                     *options, *missing])  # fmt: skip
        return f"{words}: {fault}" if fault else None

    def refresh_lists(self, rights):
        """Asks Debian once what there is."""
        if not self.has_fresh_lists_:
            self.has_fresh_lists_ = True
            run([*rights, "apt-get", "update", "-qq"])

    def need_unpacked(self, server):
        """Unpacks the server's package of Debian where none runs. The reason why not, or None."""
        package = server.unpacked
        if not package or run(server.version_command(self.venv)) is None:
            return None
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            return f"no apt-get here for {package}"
        if os.geteuid() == 0:
            self.refresh_lists([])
        with tempfile.TemporaryDirectory(dir=self.venv) as folder:
            fault = run(["apt-get", "download", "-qq", package], folder)
            files = [str(file) for file in pathlib.Path(folder).glob("*.deb")]
            fault = fault or run(["dpkg-deb", "-x", *files, str(self.venv / package)])
        if fault:
            return f"apt-get download {package}: {fault}"
        return run(server.version_command(self.venv))

    def missing(self, server, forkloom):
        """Installs what `server` needs. The reason why it can't run here, or None."""
        if server.name == "forkloom":
            is_built = os.access(forkloom, os.X_OK)
            return None if is_built else f"{forkloom} is not built: run `make` first"
        fault = self.need_debian(server.debian) or self.need(server.packages)
        return fault or self.need_unpacked(server)

    def version(self, server, forkloom):
        """The version to print beside the server's name."""
        if server.name == "forkloom":
            argv = [str(forkloom), "--version"]
            done = subprocess.run(argv, capture_output=True, text=True)
            return last_line(done.stdout).split()[-1] if done.returncode == 0 else "this tree"
        if server.version_command:
            return version_of_program(server.version_command(self.venv))
        package = server.packages[0]
        return self.versions([package])[package]


def version_of_program(argv):
    """The first number with a point that the command prints, or 'unknown'."""
    done = subprocess.run(argv, capture_output=True, text=True)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found.group() if found else "unknown"


def is_in_debian(package):
    """Whether dpkg holds the package installed."""
    argv = ["dpkg-query", "--show", "--showformat=${Status}", package]
    if not shutil.which("dpkg-query"):
        return False
    done = subprocess.run(argv, capture_output=True, text=True)
    return done.stdout.startswith("install ok installed")
