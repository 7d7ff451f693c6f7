"""The HTML templates beside this file, and the one frame that every page stands in."""

import base64
import hashlib
import os
from html import escape
from string import Template
from urllib.parse import quote

from . import answer

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")


def _read(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


def _template(name: str) -> Template:
    return Template(_read(name))


_FRAME = _template("frame.html")
_STYLE = _read("style.css")
_SCRIPT = "\n".join(_read(name) for name in ("common.js", "timeline.js", "panels.js"))


def _source(text: str) -> str:
    """A Content-Security-Policy source that stands for exactly this inline text."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


_POLICY = (
    f"default-src 'none'; style-src {_source(_STYLE)}; script-src {_source(_SCRIPT)}; "
    "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def mount(environ) -> str:
    """Where the application is mounted, for the beginning of a link: "" or "/prefix"."""
    return quote(environ.get("SCRIPT_NAME", "").encode("latin-1"))


class Fragment:
    """A template for a piece of a page. Values are escaped; `raw` ones are HTML already."""

    def __init__(self, name: str):
        self._template = _template(name)

    def __call__(self, raw=None, **values) -> str:
        escaped = {key: escape(str(value)) for key, value in values.items()}
        return self._template.substitute(escaped, **(raw or {}))


def page(environ, status: str, title: str, content: str, headers=(), has_script=False):
    """The frame around `content`, as an Answer."""
    text = _FRAME.substitute(
        title=escape(title),
        mount=escape(mount(environ)),
        style=_STYLE,
        content=content,
        script=f"<script>{_SCRIPT}</script>" if has_script else "",
    )
    policy = ("Content-Security-Policy", _POLICY)
    return answer.of_bytes(status, "text/html; charset=utf-8", text.encode(), (policy, *headers))
