"""A real Django project: admin, login, sessions in SQLite, a long upload and download, a stream."""

import hashlib
import http.client
import http.cookiejar
import json
import os
import random
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import pytest

import multipart
from server import APPS

PROJECT = APPS / "djangoproject"
MIB = 1 << 20


@pytest.fixture(scope="module")
def project_folder(tmp_path_factory):
    """With a database that has its tables and one administrator."""
    folder = tmp_path_factory.mktemp("django")
    (folder / "media").mkdir()
    variables = {**os.environ, "DJANGO_FOLDER": str(folder),
                 "DJANGO_SUPERUSER_PASSWORD": "secret", "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (["migrate", "--run-syncdb"],
                    ["createsuperuser", "--noinput", "--username", "root",
                     "--email", "root@test.example"]):
        subprocess.run([sys.executable, PROJECT / "manage.py", *command, "--verbosity", "0"],
                       check=True, env=variables)
    return folder


@pytest.fixture(scope="module", params=["bare", "validated"])
def django(request, serve_for_module, project_folder):
    variables = {"DJANGO_FOLDER": project_folder, "PYTHONDONTWRITEBYTECODE": "1",
                 "expects_errors": True}
    if request.param == "validated":
        return serve_for_module("site_of_tests.wsgi", "--python-path", PROJECT,
                                is_validated=True, **variables)
    return serve_for_module("site_of_tests.wsgi", "--chdir", PROJECT, **variables)


class Browser:
    """Keeps cookies, follows redirects, and fills in forms with their hidden token."""

    def __init__(self, server):
        self.base = f"http://127.0.0.1:{server.port}"
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path, data=None, content_type=None):
        request = urllib.request.Request(self.base + path, data)
        request.add_header("Referer", self.base + path)
        if content_type:
            request.add_header("Content-Type", content_type)
        try:
            with self.opener.open(request, timeout=60) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def token(self, path):
        _, page = self.open(path)
        return re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()

    def submit(self, path, **fields):
        fields["csrfmiddlewaretoken"] = self.token(path)
        return self.open(path, urllib.parse.urlencode(fields).encode())

    def log_in(self, password="secret"):
        return self.submit("/admin/login/?next=/admin/", username="root", password=password)


@pytest.fixture
def browser(django):
    return Browser(django)


def test_the_admin_asks_who_one_is(browser):
    status, page = browser.open("/admin/")
    assert status == 200
    assert b'name="password"' in page


def test_a_wrong_password_is_refused(browser):
    _, page = browser.log_in("wrong")
    assert b"Please enter the correct username and password" in page


def test_login_and_the_admin_s_pages(browser):
    status, page = browser.log_in()
    assert status == 200
    assert b"Site administration" in page
    assert json.loads(browser.open("/count/")[1]) == {"count": 1, "user": "root"}
    assert json.loads(browser.open("/count/")[1]) == {"count": 2, "user": "root"}
    for path in ("/admin/auth/user/", "/admin/auth/user/1/change/", "/admin/pages/document/"):
        status, page = browser.open(path)
        assert status == 200, path
        assert b"</html>" in page


def test_a_form_without_its_token_is_refused(browser):
    browser.log_in()
    status, _ = browser.open("/admin/auth/group/add/", b"name=evil")
    assert status == 403


def test_adding_and_deleting_in_the_admin(browser):
    browser.log_in()
    content = random.Random(3).randbytes(3 * MIB)
    status, page = browser.open(
        "/admin/pages/document/add/",
        multipart.encode({"csrfmiddlewaretoken": browser.token("/admin/pages/document/add/"),
                          "title": "a document"}, "document.bin", content),
        multipart.CONTENT_TYPE)
    assert status == 200
    assert b"was added successfully" in page
    number = re.search(rb"/admin/pages/document/(\d+)/change/", page)[1].decode()
    status, page = browser.submit(f"/admin/pages/document/{number}/delete/", post="yes")
    assert b"was deleted successfully" in page


def test_an_upload_of_50_mib_and_its_download(django):
    content = random.Random(50).randbytes(50 * MIB)
    connection = http.client.HTTPConnection(*django.address, timeout=120)
    connection.request("POST", "/upload/", multipart.encode({"title": "long"}, "long.bin", content),
                       {"Content-Type": multipart.CONTENT_TYPE,
                        "Host": f"127.0.0.1:{django.port}"})
    stored = json.loads(connection.getresponse().read())
    assert stored["size"] == 50 * MIB
    assert stored["sha256"] == hashlib.sha256(content).hexdigest()
    assert stored["title"] == "long"
    connection.request("GET", f"/download/{stored['name']}")
    response = connection.getresponse()
    assert response.headers["Content-Length"] == str(50 * MIB)
    assert hashlib.sha256(response.read()).hexdigest() == stored["sha256"]
    connection.close()


def test_a_streaming_response(browser):
    assert browser.open("/stream/5000")[1] == b"".join(b"block %d\n" % n for n in range(5000))


def test_a_failure_is_a_500_with_its_traceback_in_the_log(browser, django):
    status, page = browser.open("/broken/")
    assert status == 500
    assert b"broken on purpose" not in page
    django.wait_for_log("RuntimeError: broken on purpose")


def test_visitors_at_the_same_time_keep_their_sessions(django):
    failures = []

    def visit():
        browser = Browser(django)
        try:
            for count in range(1, 11):
                assert json.loads(browser.open("/count/")[1])["count"] == count
        except Exception as error:  # told below, whatever it is
            failures.append(error)

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    assert failures == []
