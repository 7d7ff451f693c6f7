"""How a test that runs as root starts a server as somebody ordinary.

Apache refuses to serve as root, and permissions mean nothing to it. Where the tests run as root,
both servers run as Debian's www-data; as whom else they run, so do the servers.
"""

import contextlib
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAME = "www-data"
# Where the program lies in a folder that only root may enter, reading every file is what is needed
# beside. access(2) heeds that capability only with no_setuid_fixup.
READING_ALL = (
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
)


@functools.cache
def words(program):
    """What stands before the command of a server, so that it and `program` can run."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return ()
    plain = ("setpriv", f"--reuid={NAME}", f"--regid={NAME}", "--clear-groups")
    can_run = subprocess.run([*plain, "test", "-x", program], check=False).returncode == 0
    return plain if can_run else (*plain, *READING_ALL)


@contextlib.contextmanager
def scratch(prefix):
    """A folder that the servers may enter and write in; pytest's own is closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(folder, NAME, NAME)
        yield folder
    finally:
        shutil.rmtree(folder)
