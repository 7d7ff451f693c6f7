"""User and Group: root opens what is needed, and somebody ordinary serves."""

import grp
import os
import pwd
import re
from pathlib import Path

import pytest

import ordinary_user
from server import APPS, BINARY

NAME = "nobody"
is_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can choose who serves")


def owner(pid):
    """Its user and group ids (effective), and its further groups."""
    status = Path(f"/proc/{pid}/status").read_text()
    ids = [int(re.search(rf"^{line}:\t\d+\t(\d+)", status, re.M)[1]) for line in ("Uid", "Gid")]
    return (*ids, re.search(r"^Groups:\t(.*)$", status, re.M)[1].split())


@pytest.fixture
def files(open_site):
    site = open_site
    site.write("html/index.html", "index")
    site.write("html/unreadable.txt", "not for everybody").chmod(0o600)
    site.write("html/closed/page.html", "not for everybody")
    (site.folder / "html" / "closed").chmod(0o700)
    site.write("html/passable/page.html", "page")
    (site.folder / "html" / "passable").chmod(0o711)
    # Of a test that is refused what only its owner may do.
    for path in [site.folder, *site.folder.rglob("*")]:
        os.chown(path, os.geteuid(), os.getegid())
    site.logs.chmod(0o700)
    site.write("app.py", (APPS / "probe.py").read_bytes())
    yield site
    (site.folder / "html" / "closed").chmod(0o700)


SITE = """\
User {user}
DocumentRoot ${{SITE}}/html
Options +Indexes
CustomLog ${{SITE}}/logs/access.log common
PidFile ${{SITE}}/logs/pid
"""


@is_root
class TestAsRoot:
    @pytest.mark.parametrize("user, group", [
        ("nobody", None), ("#65534", None), ("nobody", "www-data"), ("nobody", "#33"),
    ])
    def test_the_child_is_whom_the_file_names(self, files, user, group):
        account = pwd.getpwnam(NAME)
        group_id = account.pw_gid if group is None else grp.getgrnam("www-data").gr_gid
        server = files.run(SITE.format(user=user) + (f"Group {group}\n" if group else ""))
        assert owner(server.worker_pid())[:2] == (account.pw_uid, group_id)
        assert "0" not in owner(server.worker_pid())[2]
        assert owner(server.pid)[:2] == (0, 0)
        assert server.ask().body == b"index"

    def test_logs_that_only_root_may_open_are_written(self, files):
        server = files.run(SITE.format(user=NAME))
        assert server.ask(target="/.hidden").status == 403
        files.wait_for_line("access.log", "/.hidden")
        files.wait_for_line("error.log", "hidden files are not served")
        assert (files.logs / "access.log").stat().st_uid == 0

    def test_what_it_may_not_read_is_refused(self, files):
        server = files.run(SITE.format(user=NAME))
        assert server.ask(target="/unreadable.txt").status == 403
        assert server.ask(target="/closed/page.html").status == 403
        assert server.ask(target="/closed/").status == 403
        assert server.ask(target="/passable/page.html").body == b"page"
        # Passing through it does not mean reading it.
        assert server.ask(target="/passable/").status == 403
        assert server.ask().body == b"index"

    def test_an_application_runs_as_that_user(self, files):
        server = files.run(SITE.format(user=NAME) + "WSGIScriptAlias /app ${SITE}/app.py\n"
                           "WSGIPythonHome /usr/bin/python3\n")
        told = server.get_json("/app")
        assert owner(told["pid"])[0] == pwd.getpwnam(NAME).pw_uid
        assert told["pid"] == server.worker_pid()

    def test_a_script_that_it_may_not_read_is_forbidden(self, files):
        files.write("closed.wsgi", "application = None\n").chmod(0o600)
        server = files.run(SITE.format(user=NAME) + "WSGIScriptAlias /app ${SITE}/app.py\n"
                           "WSGIScriptAlias /closed ${SITE}/closed.wsgi\n"
                           "WSGIPythonHome /usr/bin/python3\n", expects_errors=True)
        assert server.ask(target="/closed").status == 403
        assert server.ask(target="/app").status == 200

    def test_a_socket_that_only_root_may_make_is_made_and_removed(self, files):
        """The parent opens it before the child is somebody else."""
        socket = files.logs / "server.socket"
        server = files.run(SITE.format(user=NAME) + f"Listen unix:{socket}\n")
        assert socket.exists()
        server.signal()
        assert server.wait() == 0
        assert not socket.exists()
        assert not (files.logs / "pid").exists()


class TestAsSomebodyElse:
    def test_it_says_that_the_directives_mean_nothing(self, files):
        if not (before := ordinary_user.words(BINARY)) and os.geteuid() == 0:
            pytest.skip("setpriv is not installed")
        if os.geteuid() == 0:
            account = pwd.getpwnam(ordinary_user.NAME)
            os.chown(files.logs, account.pw_uid, account.pw_gid)
        server = files.run(SITE.format(user="root"), before=before)
        server.wait_for_log("User and Group have no effect")
        assert server.ask().body == b"index"
        assert owner(server.worker_pid())[:2] == owner(server.pid)[:2] != (0, 0)
