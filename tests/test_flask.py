"""A real Flask application, through http.client."""

import hashlib
import http.client
import json
import random
import threading
from urllib.parse import urlencode

import pytest

import multipart
from server import APPS

CONTENT = random.Random(7).randbytes(5 << 20)


@pytest.fixture(scope="module")
def flask(serve_for_module, tmp_path_factory, is_validated):
    download = tmp_path_factory.mktemp("files") / "download.bin"
    download.write_bytes(CONTENT)
    return serve_for_module("flaskapp", is_validated=is_validated, expects_errors=True,
                            DOWNLOAD=download)


@pytest.fixture
def client(flask):
    connection = http.client.HTTPConnection(*flask.address, timeout=60)
    yield connection
    connection.close()


def ask(client, method, path, body=None, headers=None):
    client.request(method, path, body, headers or {})
    response = client.getresponse()
    return response, response.read()


def test_a_page(client):
    response, body = ask(client, "GET", "/?" + urlencode({"name": "J\u00f6rg & co"}))
    assert response.status == 200
    assert body.decode() == "<h1>J\u00f6rg &amp; co</h1><a href=/count>count</a>"
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_sessions_and_urls(client, flask):
    cookie = None
    for count in range(1, 5):
        response, body = ask(client, "GET", "/count", headers={"Cookie": cookie} if cookie else {})
        cookie = response.headers["Set-Cookie"].split(";")[0]
        assert json.loads(body) == {
            "count": count, "url": f"http://127.0.0.1:{flask.port}/count"}


def test_forms_and_json(client, is_validated):
    if is_validated:
        pytest.skip("Werkzeug reads forms with read(), which the validator forbids")
    body = urlencode([("a", "1"), ("a", "2"), ("b", "\u20ac")])
    _, answer = ask(client, "POST", "/form", body,
                    {"Content-Type": "application/x-www-form-urlencoded"})
    assert json.loads(answer)["form"] == {"a": ["1", "2"], "b": ["\u20ac"]}
    _, answer = ask(client, "POST", "/form", json.dumps({"deep": [1, None]}),
                    {"Content-Type": "application/json"})
    assert json.loads(answer)["json"] == {"deep": [1, None]}


def test_an_upload(client):
    _, answer = ask(client, "POST", "/upload",
                    multipart.encode({"title": "a title"}, "some file.bin", CONTENT),
                    {"Content-Type": multipart.CONTENT_TYPE})
    assert json.loads(answer) == {"name": "some file.bin", "size": len(CONTENT),
                                  "sha256": hashlib.sha256(CONTENT).hexdigest()}


def test_a_chunked_upload(client):
    """Werkzeug reads it because wsgi.input_terminated says that it ends."""
    body = multipart.encode({}, "chunked.bin", CONTENT)
    _, answer = ask(client, "POST", "/upload",
                    (body[at:at + 70_001] for at in range(0, len(body), 70_001)),
                    {"Content-Type": multipart.CONTENT_TYPE})
    assert json.loads(answer)["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_a_download_and_its_ranges(client):
    response, body = ask(client, "GET", "/download")
    assert body == CONTENT
    assert response.headers["Content-Length"] == str(len(CONTENT))
    for first, last in ((0, 0), (1, 70_000), (len(CONTENT) - 10, len(CONTENT) - 1)):
        response, body = ask(client, "GET", "/download",
                             headers={"Range": f"bytes={first}-{last}"})
        assert response.status == 206
        assert response.headers["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
        assert body == CONTENT[first:last + 1]
    etag = response.headers["ETag"]
    response, body = ask(client, "GET", "/download", headers={"If-None-Match": etag})
    assert (response.status, body) == (304, b"")


def test_a_stream(client):
    response, body = ask(client, "GET", "/stream/1000")
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert body.decode() == "".join(f"/stream/1000 {n}\n" for n in range(1000))


def test_a_stream_whose_client_left_is_torn_down(flask, is_validated):
    blocks = 100_000_000 + is_validated  # a path of its own
    connection = flask.connect()
    connection.send_request(target=f"/stream/{blocks}")
    connection.read_head()
    connection.close()
    flask.wait_for_record(f"teardown /stream/{blocks}")


def test_redirects_and_errors(client, flask):
    response, _ = ask(client, "GET", "/moved")
    assert (response.status, response.headers["Location"]) == (302, "/?name=moved")
    response, body = ask(client, "GET", "/missing")
    assert (response.status, body) == (404, b"nothing here")
    response, _ = ask(client, "POST", "/count")
    assert response.status == 405
    response, body = ask(client, "GET", "/broken")
    assert response.status == 500
    assert b"broken on purpose" not in body
    flask.wait_for_log("RuntimeError: broken on purpose")


def test_head(client):
    response, body = ask(client, "HEAD", "/download")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(CONTENT))
    assert ask(client, "GET", "/missing")[0].status == 404


def test_many_clients_keep_their_sessions_apart(flask):
    failures = []

    def visit():
        connection = http.client.HTTPConnection(*flask.address, timeout=60)
        cookie = None
        try:
            for count in range(1, 31):
                response, body = ask(connection, "GET", "/count",
                                     headers={"Cookie": cookie} if cookie else {})
                assert json.loads(body)["count"] == count
                cookie = response.headers["Set-Cookie"].split(";")[0]
        except Exception as error:  # told below, whatever it is
            failures.append(error)
        finally:
            connection.close()

    visitors = [threading.Thread(target=visit) for _ in range(12)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    assert failures == []


def test_the_factory_is_a_target(serve):
    server = serve("flaskapp:create_app()", "--chdir", APPS)
    assert server.ask(target="/?name=made").text.startswith("<h1>made</h1>")
