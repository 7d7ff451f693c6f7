"""A site that a test writes itself: its files, its configuration, and `forkloom run -f` with it."""

import re
import sys
import textwrap
from pathlib import Path

import server as under_test

BEGINNING = """\
Define SITE {site.folder}
Define APPS {apps}
Define PORT {site.port}
Listen 127.0.0.1:{site.port}
ErrorLog {site.logs}/error.log
LogLevel info
WSGIPythonHome {python}
ThreadsPerChild 4
"""
# What differs between two answers to one request, and between two processes.
OF_THE_MOMENT = re.compile(
    r"(forkloom|mod_wsgi)\.(request_id|connection_id|thread_id|process_id|server_pid"
    r"|request_start|queue_start|application_start|daemon_start)|REMOTE_PORT")


class WrittenSite:
    """folder: of the test, and everybody may enter it where its servers give up root."""

    def __init__(self, folder, stack):
        self.folder = Path(folder)
        self.logs = self.folder / "logs"
        self.logs.mkdir()
        self.port = under_test.free_port()
        self._stack = stack

    def write(self, name, content):
        """A file of the site: bytes, or a text without its common indentation."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = textwrap.dedent(content).encode()
        path.write_bytes(content)
        return path

    def configure(self, text, name="site.conf"):
        """The configuration's file: what every site here has, and the text."""
        beginning = BEGINNING.format(site=self, apps=under_test.APPS, python=sys.prefix)
        return self.write(name, beginning + textwrap.dedent(text))

    def run(self, text, *options, expects_errors=False, before=(), **variables):
        """A server with that configuration for the rest of the test, stopped and checked then."""
        file = self.configure(text)
        return self.start("run", "-f", file, *options, expects_errors=expects_errors,
                          before=before, **variables)

    def start(self, *arguments, expects_errors=False, before=(), cwd=None, **variables):
        """Any command that serves on the site's port."""
        server = under_test.Forkloom(
            self.logs, self.port, arguments, before=before, cwd=cwd, **variables)
        return self._stack.enter_context(under_test.watched(server, expects_errors))

    def run_to_end(self, text, *options):
        """The same with a configuration that no server starts with."""
        return under_test.run_forkloom(
            self.logs, "run", "-f", self.configure(text), *options)

    def log_lines(self, name):
        path = self.logs / name
        return path.read_text(errors="replace").splitlines() if path.exists() else []

    def wait_for_line(self, name, pattern):
        """The first line of a log in which the pattern is found."""
        def found():
            return next(filter(re.compile(pattern).search, self.log_lines(name)), None)
        return under_test.wait_until(found, f"{name} has a line with {pattern}")


def environ_of(server, target="/", **options):
    """What apps/probe.py finds in its environ."""
    return server.get_json(target, **options)["environ"]


def lasting(environ):
    """The environ without what no other answer could have."""
    return {name: value for name, value in environ.items() if not OF_THE_MOMENT.fullmatch(name)}
