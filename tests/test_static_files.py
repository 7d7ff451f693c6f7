"""Static files of a site: heads, conditions, ranges, and what stands in the way of sending."""

import contextlib
import hashlib
import os
import re
import shutil
import socket
import subprocess
from email.utils import formatdate, parsedate_to_datetime

import pytest

from server import PATIENCE, is_alive

TEXT = b"0123456789" * 100
CHANGED = 1714979289
LARGE = 50 << 20

SITE = """\
DocumentRoot ${SITE}/html
<Directory ${SITE}/html/expiring>
    ExpiresActive On
    ExpiresDefault "access plus 2 hours"
    ExpiresByType image/png "modification plus 1 day"
</Directory>
<Directory ${SITE}/html/tagged>
    FileETag None
</Directory>
<Directory ${SITE}/html/digest>
    FileETag Digest
</Directory>
<Directory ${SITE}/html/pages>
    DirectoryIndex first.html index.html
</Directory>
<Directory ${SITE}/html/copied>
    EnableSendfile Off
</Directory>
<Directory ${SITE}/html/typed>
    AddType application/x-yarn .yarn
    AddCharset utf-8 .txt
    <Files special.txt>
        ForceType application/x-special
    </Files>
</Directory>
"""


@pytest.fixture(scope="module")
def files(site_for_module):
    site = site_for_module
    for name in ("page.txt", "expiring/page.txt", "expiring/picture.png", "tagged/page.txt",
                 "digest/page.txt", "digest/same.txt", "copied/page.txt", "typed/page.txt",
                 "typed/red.yarn", "typed/special.txt"):
        site.write(f"html/{name}", TEXT)
    site.write("html/empty.txt", b"")
    site.write("html/index.html", "the index")
    site.write("html/pages/index.html", "second")
    site.write("html/pages/first.html", "first")
    (site.folder / "html" / "without-page").mkdir()
    (site.folder / "html" / "large.bin").write_bytes(os.urandom(1 << 20) * (LARGE >> 20))
    shutil.copy(site.folder / "html" / "large.bin", site.folder / "html" / "copied" / "large.bin")
    # An entity tag is a weak one for a second after the change.
    for path in site.folder.rglob("*.*"):
        os.utime(path, (CHANGED, CHANGED))
    return site


@pytest.fixture(scope="module")
def server(files):
    return files.run(SITE)


def curl(server, target, *options):
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--noproxy", "*", "--path-as-is", *options,
         f"http://127.0.0.1:{server.port}{target}"],
        capture_output=True, timeout=PATIENCE, check=True).stdout


class TestFolders:
    def test_the_first_page_that_is_there_answers(self, server):
        assert server.ask().body == b"the index"
        assert server.ask(target="/pages/").body == b"first"
        assert server.ask(target="/pages/?query").body == b"first"

    def test_a_folder_without_slash_is_redirected(self, server):
        response = server.ask(target="/pages?a=b")
        assert response.status == 301
        assert re.search(r"/pages/\?a=b$", response.value("Location"))

    def test_a_folder_without_page_is_not_listed_unasked(self, server):
        assert server.ask(target="/without-page/").status == 403

    def test_a_file_is_no_folder(self, server):
        assert server.ask(target="/page.txt/").status == 404
        assert server.ask(target="/page.txt/more").status == 404


class TestHeads:
    def test_a_file_is_described(self, server):
        response = server.ask(target="/page.txt")
        assert (response.status, response.body) == (200, TEXT)
        assert response.value("Content-Type") == "text/plain"
        assert response.value("Content-Length") == str(len(TEXT))
        assert response.value("Last-Modified") == formatdate(CHANGED, usegmt=True)
        assert response.value("Accept-Ranges") == "bytes"
        assert re.fullmatch(r'"[0-9a-f-]+"', response.value("ETag"))

    @pytest.mark.parametrize("target", ["/page.txt", "/empty.txt", "/large.bin", "/"])
    def test_head_tells_what_get_would(self, server, target):
        with server.connect() as connection:
            whole = connection.ask(target=target)
            head = connection.ask("HEAD", target)
            assert head.body == b""
            assert [field for field in head.fields if field[0] != "Date"] == [
                field for field in whole.fields if field[0] != "Date"]
            assert connection.ask(target="/page.txt").body == TEXT

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "UNKNOWN"])
    def test_other_methods_are_not_allowed(self, server, method):
        response = server.ask(method, "/page.txt", body=b"body")
        assert response.status in (405, 501)
        if response.status == 405:
            assert {"GET", "HEAD"} <= set(re.split(", *", response.value("Allow")))

    def test_types_follow_the_extension_or_the_place(self, server):
        for name, type_ in (("page.txt", "text/plain; charset=utf-8"),
                            ("red.yarn", "application/x-yarn"),
                            ("special.txt", "application/x-special")):
            found = server.ask(target=f"/typed/{name}").value("Content-Type")
            assert found.replace("; ", ";").startswith(type_.replace("; ", ";")), name

    def test_entity_tags_are_made_of_what_is_said(self, server):
        assert server.ask(target="/tagged/page.txt").value("ETag") is None
        one, other = (server.ask(target=f"/digest/{name}.txt").value("ETag")
                      for name in ("page", "same"))
        assert one == other != server.ask(target="/page.txt").value("ETag")

    def test_expiry_is_told(self, server):
        response = server.ask(target="/expiring/page.txt")
        assert response.value("Cache-Control") == "max-age=7200"
        times = [parsedate_to_datetime(response.value(name)) for name in ("Expires", "Date")]
        assert 7198 <= (times[0] - times[1]).total_seconds() <= 7202
        # Its day is over: it is stale at once.
        response = server.ask(target="/expiring/picture.png")
        assert response.value("Cache-Control") == "max-age=0"
        assert server.ask(target="/page.txt").value("Expires") is None


class TestConditions:
    @pytest.mark.parametrize("name, value, status", [
        ("If-None-Match", "{tag}", 304), ("If-None-Match", 'W/{tag}, "x"', 304),
        ("If-None-Match", "*", 304), ("If-None-Match", '"other"', 200),
        ("If-Modified-Since", "{date}", 304),
        ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200),
        ("If-Modified-Since", "nonsense", 200),
        ("If-Match", "{tag}", 200), ("If-Match", '"other"', 412), ("If-Match", "*", 200),
        ("If-Unmodified-Since", "{date}", 200),
        ("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 412),
    ])
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_one_condition(self, server, method, name, value, status):
        with server.connect() as connection:
            known = connection.ask(target="/page.txt")
            tag, date = known.value("ETag"), known.value("Last-Modified")
            response = connection.ask(
                method, "/page.txt", fields=[(name, value.format(tag=tag, date=date))])
            assert response.status == status
            if status == 304:
                assert (response.value("ETag"), response.body) == (tag, b"")
            # The connection is where it should be.
            assert connection.ask(target="/page.txt").body == TEXT

    def test_a_tag_counts_before_a_date(self, server):
        date = server.ask(target="/page.txt").value("Last-Modified")
        assert server.ask(target="/page.txt", fields=[
            ("If-None-Match", '"other"'), ("If-Modified-Since", date)]).status == 200

    def test_a_changed_file_is_sent_again(self, files, server):
        path = files.write("html/changing.txt", "one")
        tag = server.ask(target="/changing.txt").value("ETag")
        path.write_text("another")
        response = server.ask(target="/changing.txt", fields=[("If-None-Match", tag)])
        assert (response.status, response.body) == (200, b"another")


class TestRanges:
    @pytest.mark.parametrize("range_, part", [
        ("0-0", TEXT[:1]), ("10-19", TEXT[10:20]), ("990-", TEXT[990:]), ("-5", TEXT[-5:]),
        ("995-5000", TEXT[995:]), ("-5000", TEXT),
    ])
    def test_curl_gets_a_part(self, server, range_, part):
        assert curl(server, "/page.txt", "--range", range_) == part

    def test_curl_resumes(self, server, files, tmp_path):
        part = tmp_path / "part"
        content = (files.folder / "html" / "large.bin").read_bytes()
        part.write_bytes(content[:LARGE - 12345])
        curl(server, "/large.bin", "--continue-at", "-", "--output", part)
        assert part.read_bytes() == content

    def test_several_parts(self, server):
        response = server.ask(target="/page.txt", fields=[("Range", "bytes=0-1,100-102")])
        assert response.status == 206
        boundary = response.value("Content-Type").partition("boundary=")[2]
        parts = response.text.split(f"--{boundary}")
        assert [part.partition("\r\n\r\n")[2] for part in parts[1:3]] == ["01\r\n", "012\r\n"]

    @pytest.mark.parametrize("fields, status", [
        ([("Range", "bytes=1000-")], 416), ([("Range", "bytes=5-2")], 200),
        ([("Range", "lines=1-2")], 200), ([("Range", "bytes=0-1"), ("If-Range", '"x"')], 200),
        ([("Range", "bytes=" + ",".join(["0-"] * 500))], 200),
    ])
    def test_what_is_no_range_of_it(self, server, fields, status):
        response = server.ask(target="/page.txt", fields=fields)
        assert response.status == status
        if status == 416:
            assert response.value("Content-Range") == f"bytes */{len(TEXT)}"

    def test_a_part_of_an_unchanged_file(self, server):
        tag = server.ask(target="/page.txt").value("ETag")
        response = server.ask(target="/page.txt", fields=[("Range", "bytes=0-1"),
                                                          ("If-Range", tag)])
        assert (response.status, response.body) == (206, b"01")


class TestSending:
    @pytest.mark.parametrize("target", ["/large.bin", "/copied/large.bin"])
    def test_a_large_file_arrives_whole(self, server, files, tmp_path, target):
        curl(server, target, "--output", tmp_path / "got")
        with open(tmp_path / "got", "rb") as got, open(files.folder / "html/large.bin", "rb") as it:
            assert (hashlib.file_digest(got, "sha256").digest()
                    == hashlib.file_digest(it, "sha256").digest())

    def test_many_downloads_at_once(self, server, files):
        if not shutil.which("h2load"):
            pytest.skip("h2load is not installed")
        files.write("html/middle.bin", b"x" * (1 << 20))
        report = subprocess.run(
            ["h2load", "--h1", "-n", "256", "-c", "64",
             f"http://127.0.0.1:{server.port}/middle.bin"],
            capture_output=True, text=True, timeout=PATIENCE, check=True).stdout
        assert "256 succeeded, 0 failed, 0 errored, 0 timeout" in report
        assert re.search(r"status codes: 256 2xx", report)
        assert int(re.search(r"\((\d+)\) data", report)[1]) == 256 << 20

    @pytest.mark.parametrize("place", ["html", "html/copied"])
    def test_a_file_that_becomes_shorter_ends_the_connection(self, server, files, place):
        """It never looks complete, and the server goes on."""
        path = files.folder / place / "shrinking.bin"
        path.write_bytes(b"x" * (20 << 20))
        with server.connect(receive_buffer=4096) as connection:
            connection.send_request(target=f"/{path.relative_to(files.folder / 'html')}")
            response = connection.read_head()
            assert response.value("Content-Length") == str(20 << 20)
            os.truncate(path, 0)
            connection.read_body(response)
            assert not response.is_complete
        assert server.ask(target="/page.txt").body == TEXT

    def test_a_client_that_leaves_midway_costs_nothing(self, server):
        for _ in range(20):
            with server.connect(receive_buffer=4096) as connection:
                connection.send_request(target="/large.bin")
                connection.read_head()
                connection.abandon()
        assert server.ask(target="/page.txt").body == TEXT
        assert is_alive(server.worker_pid())

    def test_pipelined_files_come_in_order(self, server):
        with server.connect() as connection:
            targets = ["/page.txt", "/empty.txt", "/gone", "/pages/", "/large.bin", "/"] * 3
            for target in targets:
                connection.send_request(target=target)
            sizes = {"/page.txt": 1000, "/empty.txt": 0, "/pages/": 5, "/large.bin": LARGE, "/": 9}
            for target in targets[:9]:
                response = connection.read_response()
                assert response.status == (404 if target == "/gone" else 200)
                if target in sizes:
                    assert len(response.body) == sizes[target]


class TestWhatIsNoFile:
    @pytest.mark.parametrize("kind", ["fifo", "socket"])
    def test_it_is_refused_and_holds_nobody_up(self, server, files, kind):
        path = files.folder / "html" / f"a-{kind}"
        with contextlib.ExitStack() as stack:
            if kind == "fifo":
                os.mkfifo(path)
            else:
                folder = os.open(path.parent, os.O_RDONLY)
                stack.callback(os.close, folder)
                # The path itself may be too long for an address.
                stack.enter_context(socket.socket(socket.AF_UNIX)).bind(
                    f"/proc/self/fd/{folder}/{path.name}")
            for _ in range(3):
                assert server.ask(target=f"/{path.name}").status == 403
            assert server.ask(target="/page.txt").status == 200
            path.unlink()

    @pytest.mark.parametrize("length", [300, 4000, 5000, 8000])
    def test_a_path_that_no_file_can_have(self, server, length):
        assert server.ask(target="/" + "x" * length).status == 404
        assert server.ask(target="/x" * (length // 2)).status == 404

    def test_a_path_longer_than_the_limit(self, server):
        assert server.ask(target="/" + "x" * 9000).status == 414
