"""A site of sites/ as both servers see it: one copy in a folder that each may enter.

One copy, so that an ETag made of the inode is the same on both.
"""

import contextlib
import os
import shutil
from pathlib import Path

import ordinary_user

SITES = Path(__file__).resolve().parent / "sites"
# 6 May 2024, 07:08:09 UTC: when every file was changed last.
CHANGED = 1714979289

# What a repository cannot hold, or not well: names, and where links lead.
FILES = {
    "default": {
        "html/.htaccess": "Require all denied\n",
        "html/.hidden": "hidden\n",
        "html/.git/config": "[core]\n",
        "html/.well-known/security.txt": "Contact: mailto:webmaster@localhost\n",
        "html/two words.txt": "two words\n",
        "html/gr\u00fcn.txt": "green\n",
        "html/a+b.txt": "plus\n",
        "html/100%.txt": "percent\n",
        "html/a;b.txt": "semicolon\n",
        "html/what?.txt": "question\n",
        "html/unreadable.txt": "nobody may read this\n",
        "html/closed/page.html": "nobody may enter\n",
        "private/secret.txt": "outside of the document root\n",
    },
    "hosts": {"weaver/.env": "SECRET=1\n", "weaver/.git/config": "[core]\n"},
}
FOLDERS = {"default": ("html/empty",)}
LINKS = {
    "default": {
        "html/link.txt": "letters.txt",
        "html/outside.txt": "../private/secret.txt",
        "html/dangling.txt": "nothing.txt",
        "html/linked-folder": "docs",
    },
    "hosts": {
        "weaver/links/link.txt": "file.txt",
        "weaver/links/folder": "../weave",
        "weaver/owner/link.txt": "file.txt",
    },
}
MODES = {"default": {"html/unreadable.txt": 0o000, "html/closed": 0o700}}


def _fill(folder, name):
    shutil.copy(SITES / "main.conf", folder)
    shutil.copytree(SITES / name, folder / "site")
    site = folder / "site"
    for path, text in FILES.get(name, {}).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    for path in FOLDERS.get(name, ()):
        (site / path).mkdir()
    for path, target in LINKS.get(name, {}).items():
        (site / path).symlink_to(target)
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
            os.utime(path, (CHANGED, CHANGED))
    for path, mode in MODES.get(name, {}).items():
        (site / path).chmod(mode)


@contextlib.contextmanager
def copied(name):
    """The folder that has main.conf and site/."""
    with ordinary_user.scratch(f"forkloom-{name}-") as folder:
        _fill(folder, name)
        yield folder
        for path in MODES.get(name, {}):
            (folder / "site" / path).chmod(0o700)


def definitions(folder, logs, port):
    """The lines that both servers read before the same two files."""
    return f"""\
Define SITE {folder}/site
Define SITE_LOGS {logs}
Define PORT {port}
Include {folder}/main.conf
Include {folder}/site/site.conf
"""
