"""Forkloom as the server of a site of sites/: `forkloom run -f FILE`."""

import contextlib

import ordinary_user
import site_folder
from server import Forkloom, free_port, watched

CONFIGURATION = """\
ErrorLog {scratch}/error.log
LogLevel info
{site}"""


class SiteServer(Forkloom):
    """scratch: of ordinary_user.scratch(); folder: of site_folder.copied()."""

    def __init__(self, scratch, folder, *options, before=(), **variables):
        port = free_port()
        file = scratch / "forkloom.conf"
        site = site_folder.definitions(folder, scratch, port)
        file.write_text(CONFIGURATION.format(scratch=scratch, site=site))
        # Debian's Python, as mod_wsgi has it.
        variables = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **variables}
        super().__init__(scratch, port, ["run", "-f", file, *options], before=before, **variables)

    def error_log(self):
        """Every host's."""
        return "".join(
            path.read_text(errors="replace") for path in sorted(self.folder.glob("*error.log")))


@contextlib.contextmanager
def running(folder, *options, before=(), **variables):
    """The sites have applications that fail on purpose: only its exit is checked."""
    with ordinary_user.scratch("forkloom-site-") as scratch:
        server = SiteServer(scratch, folder, *options, before=before, **variables)
        with watched(server, expects_errors=True):
            yield server
