"""The examples, served as their README says."""

import hashlib
import json
import os
import re

import pytest

from server import REPOSITORY

EXAMPLES = REPOSITORY / "examples"


@pytest.fixture(scope="module")
def demo(serve_target_for_module):
    return serve_target_for_module(EXAMPLES / "demo" / "app.wsgi")


def test_the_demo_s_page_tells_who_answered(demo):
    response = demo.ask()
    assert response.status == 200
    assert response.value("Content-Type").startswith("text/html")
    assert str(demo.worker_pid()) in response.text
    for word in ("wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once"):
        assert word in response.text


def test_the_demo_s_links_lead_somewhere(demo):
    links = set(re.findall(r'(?:href|action)="(/[^"#]*)"', demo.ask().text))
    assert {link.partition("?")[0] for link in links} >= {"/overlap", "/slow", "/stream", "/upload"}
    for link in links:
        status = demo.ask(target=link.replace("&amp;", "&")).status
        assert status == 200 or (link == "/upload" and status == 405), link


def test_the_demo_s_upload_and_stream(demo):
    content = os.urandom(200_000)
    found = demo.ask("POST", "/upload", body=content, fields=[("Accept", "application/json")])
    assert hashlib.sha256(content).hexdigest() in json.dumps(json.loads(found.body))
    stream = demo.ask(target="/stream?lines=3")
    assert stream.is_complete
    assert stream.value("Transfer-Encoding") == "chunked"


def test_the_flask_example(serve):
    server = serve("app:app", "--chdir", EXAMPLES / "flask_app")
    assert server.ask().status == 200


def test_the_django_example(serve):
    server = serve("loomsite.wsgi", "--chdir", EXAMPLES / "django_app")
    assert server.ask(fields=[("Host", f"127.0.0.1:{server.port}")]).status == 200
