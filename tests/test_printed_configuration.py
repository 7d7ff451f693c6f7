"""What `serve --print-config` prints is a file with which `run -f` serves the same."""

import json
import os
import sys

import pytest

from server import APPS, run_forkloom
from written_site import lasting

CHANGED = 1714979289
FORM = [("Content-Type", "application/x-www-form-urlencoded")]
REQUESTS = [
    ("GET", "/", {}),
    ("GET", "/shop", {}),
    ("GET", "/shop/", {}),
    ("GET", "/shop/cart%20of/me?a=1&b=%2F", {}),
    ("HEAD", "/shop/x", {}),
    ("POST", "/shop/order", {"fields": FORM, "body": b"yarn=red"}),
    ("PUT", "/", {"body": b"x" * 100_000}),
    ("OPTIONS", "/shop", {}),
    ("OPTIONS", "*", {}),
    ("GET", "/shop//two///slashes/../x", {}),
    ("GET", "/shop/a%2Fb", {}),
    ("GET", "/private", {"fields": [("Authorization", "Basic eDp5")]}),
    ("GET", "/shop", {"fields": [("Authorization", "Basic eDp5"), ("X-Forwarded-For", "10.0.0.1"),
                                 ("X-Forwarded-Proto", "https"), ("Cookie", "a=b")]}),
    ("GET", "/shop", {"version": "HTTP/1.0"}),
    ("GET", "http://other.example:81/shop/absolute", {}),
    ("GET", "/static/site.css", {}),
    ("HEAD", "/static/site.css", {}),
    ("GET", "/static/site.css", {"fields": [("Range", "bytes=2-4")]}),
    ("GET", "/static/site.css", {"fields": [("Accept-Encoding", "gzip")]}),
    ("POST", "/static/site.css", {"body": b"no"}),
    ("GET", "/static", {}),
    ("GET", "/static/", {}),
    ("GET", "/static/gone", {}),
    ("GET", "/static/../app.py", {}),
    ("GET", "/robots.txt", {}),
    ("GET", "/page.html", {}),
]


def asked(server, method, target, options):
    response = server.ask(method, target, **options)
    fields = [field for field in response.fields if field[0] != "Date"]
    if response.value("Content-Type") != "application/json":
        return response.status, fields, response.body
    # The lengths of its numbers differ.
    fields = [field for field in fields if field[0] != "Content-Length"]
    if method == "HEAD":
        return response.status, fields
    told = json.loads(response.body)
    for name in ("pid", "parent", "thread"):
        del told[name]
    told["environ"] = lasting(told["environ"])
    return response.status, fields, told


@pytest.fixture
def files(site):
    """What every one of these sites has, beside the application of apps/."""
    probe = (APPS / "probe.py").read_text()
    factory = "\n\ndef make():\n    return application\n\n\nother_name = application\n"
    site.write("work/app.py", probe + factory)
    site.write("work/app.wsgi", probe + factory)
    site.write("library/elsewhere.py", probe)
    site.write("work/css/site.css", "body {}\n")
    site.write("work/css/site.css.gz", b"\x1f\x8b packed")
    site.write("work/robots.txt", "User-agent: *\n")
    site.write("work/public/page.html", "<p>page")
    # An entity tag is a weak one for a second after the change.
    for path in site.folder.rglob("*.*"):
        os.utime(path, (CHANGED, CHANGED))
    return site


@pytest.mark.parametrize("target, options", [
    ("app.wsgi", ()),
    ("app.wsgi:other_name", ("--mount", "/shop")),
    ("app", ()),
    ("app:make()", ("--mount", "/shop/", "--document-root", "public")),
    ("elsewhere", ("--python-path", "../library")),
    ("app:other_name", ("--static", "/static=css", "--static", "/robots.txt=robots.txt",
                        "--limit-request-body", "50000", "--threads", "1")),
    ("app.wsgi", ("--chdir", "../work", "--mount", "/shop", "--static", "/static/=css",
                  "--python-path", "../library", "--document-root", "public")),
])
def test_run_serves_what_serve_printed_as_serve_does(files, target, options):
    site = files
    work = site.folder / "work"
    arguments = [
        "serve", target, "--bind", f"127.0.0.1:{site.port}", "--python", sys.prefix,
        "--error-log", site.logs / "error.log", "--log-level", "info", *options,
    ]
    printed = run_forkloom(site.logs, *arguments, "--print-config", cwd=work)
    assert (printed.returncode, printed.stderr) == (0, "")
    file = site.write("printed/site.conf", printed.stdout)

    served = site.start(*arguments, cwd=work)
    first = [asked(served, *request) for request in REQUESTS]
    served.signal()
    assert served.wait() == 0
    run = site.start("run", "-f", file, cwd="/")
    second = [asked(run, *request) for request in REQUESTS]

    for request, answer, same in zip(REQUESTS, first, second, strict=True):
        assert same == answer, request
    assert 200 in [answer[0] for answer in first]


def test_an_access_log_is_written_alike(files):
    site = files
    work, log = site.folder / "work", site.folder / "access.log"
    arguments = [
        "serve", "app.wsgi", "--bind", f"127.0.0.1:{site.port}", "--python", sys.prefix,
        "--error-log", site.logs / "error.log", "--access-log", log,
        "--access-log-format", '"%r" %>s \\t %% %{X-Tag}i\\\\',
    ]
    file = site.write("printed.conf", run_forkloom(
        site.logs, *arguments, "--print-config", cwd=work).stdout)
    for command in (arguments, ("run", "-f", file)):
        server = site.start(*command, cwd=work)
        server.ask(target="/x?y", fields=[("X-Tag", 'a"b')])
        server.signal()
        assert server.wait() == 0
    first, second = log.read_text().splitlines()
    assert first == second
    assert first.startswith('"GET /x?y HTTP/1.1" 200 \t % ')
