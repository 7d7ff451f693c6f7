"""A real Apache with mod_wsgi, as an ordinary process that serves one site."""

import contextlib
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import ordinary_user
import site_folder
from server import PATIENCE, environment, free_port, wait_until

MODULES = Path("/usr/lib/apache2/modules")
LOADED = (
    "mpm_event", "authz_core", "authz_host", "alias", "autoindex", "dir", "env", "expires",
    "headers", "mime", "setenvif", "wsgi",
)
CONFIGURATION = """\
ServerRoot "{scratch}"
DefaultRuntimeDir "{scratch}"
PidFile "{scratch}/apache.pid"
Mutex pthread
ErrorLog "{scratch}/error.log"
LogLevel info
{modules}
ServerLimit 1
StartServers 1
ThreadLimit 8
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
TypesConfig /etc/mime.types
# Else a child that has run an application waits at its end for threads that are gone: ten seconds,
# until Apache kills it.
WSGIDestroyInterpreter Off
{site}"""


def program():
    """Apache's binary, or None: Debian's is not on an ordinary user's PATH."""
    return shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")


def what_is_missing():
    """Why no comparison is possible here, or None."""
    if not program():
        return "apache2 is not installed"
    if not (MODULES / "mod_wsgi.so").exists():
        return "libapache2-mod-wsgi-py3 is not installed"
    return None


class Apache:
    def __init__(self, scratch, folder, before):
        self.scratch = scratch
        self.port = free_port()
        self.address = ("127.0.0.1", self.port)
        file = scratch / "httpd.conf"
        file.write_text(CONFIGURATION.format(
            scratch=scratch,
            modules="".join(
                f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in LOADED),
            site=site_folder.definitions(folder, scratch, self.port),
        ))
        self._output = open(scratch / "output", "wb")
        self.process = subprocess.Popen(
            [*before, program(), "-f", str(file), "-D", "FOREGROUND"],
            stdin=subprocess.DEVNULL, stdout=self._output, stderr=subprocess.STDOUT,
            env=environment(scratch, LANG="C.UTF-8"),
        )

    def everything_written(self):
        return "".join(
            path.read_text(errors="replace")
            for path in (self.scratch / "output", *sorted(self.scratch.glob("*error.log"))))

    def wait_until_ready(self):
        def is_ready():
            assert self.process.poll() is None, self.everything_written()
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(self.address).close()
                return True

        wait_until(is_ready, "Apache listens")

    def stop(self):
        """TERM, which ends its children too."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self._output.close()


@contextlib.contextmanager
def running(folder, before=()):
    """folder: of site_folder.copied(); before: what stands before the command."""
    with ordinary_user.scratch("forkloom-apache-") as scratch:
        server = Apache(scratch, folder, before)
        try:
            server.wait_until_ready()
            yield server
        finally:
            server.stop()
