"""NAME.br, NAME.zst and NAME.gz in place of NAME."""

import gzip
import os

import pytest

PAGE = b"function f() {}\n" * 100
PACKED = {"br": b"brotli bytes", "zst": b"zstandard bytes", "gz": gzip.compress(PAGE)}
CODINGS = {"br": "br", "zst": "zstd", "gz": "gzip"}
CHANGED = 1714979289


@pytest.fixture(scope="module")
def files(site_for_module):
    site = site_for_module
    os.utime(site.write("html/page.js", PAGE), (CHANGED, CHANGED))
    os.utime(site.write("html/older.js", PAGE), (CHANGED, CHANGED))
    for extension, content in PACKED.items():
        os.utime(site.write(f"html/page.js.{extension}", content), (CHANGED, CHANGED + 5))
        os.utime(site.write(f"html/older.js.{extension}", content), (CHANGED, CHANGED - 5))
    site.write("html/gzip-alone.js", PAGE)
    site.write("html/gzip-alone.js.gz", PACKED["gz"])
    site.write("html/folder.js", PAGE)
    site.write("html/folder.js.gz/page.txt", "page")
    site.write("html/off/page.js", PAGE)
    site.write("html/off/page.js.gz", PACKED["gz"])
    site.write("html/only.js.gz", PACKED["gz"])
    os.utime(site.write("html/linked.js", PAGE), (CHANGED, CHANGED))
    (site.folder / "html" / "linked.js.gz").symlink_to("page.js.gz")
    os.utime(site.write("html/no-links/page.js", PAGE), (CHANGED, CHANGED))
    (site.folder / "html" / "no-links" / "page.js.gz").symlink_to("../page.js.gz")
    site.write("html/index.html", PAGE)
    site.write("html/index.html.gz", PACKED["gz"])
    return site


@pytest.fixture(scope="module")
def server(files):
    return files.run("""\
        DocumentRoot ${SITE}/html
        <Directory ${SITE}/html/off>
            ForkloomPrecompressed Off
        </Directory>
        <Directory ${SITE}/html/no-links>
            Options None
        </Directory>
        """)


def asked(server, accepted, target="/page.js", method="GET", **fields):
    fields = [(name.replace("_", "-"), value) for name, value in fields.items()]
    if accepted is not None:
        fields.append(("Accept-Encoding", accepted))
    return server.ask(method, target, fields=fields)


@pytest.mark.parametrize("accepted, chosen", [
    (None, None), ("", None), ("identity", None), ("deflate", None), ("gzip", "gz"),
    ("GZIP", "gz"), ("x-gzip", "gz"), ("gzip, deflate, br, zstd", "br"), ("gzip,zstd", "zst"),
    ("gzip;q=0", None), ("gzip;q=0, br", "br"), ("br;q=0, *", "zst"), ("*", "br"), ("*;q=0", None),
    ("br;q=0.5, gzip;q=1.0", "gz"), ("br;q=0.0001, gzip", "gz"), ("identity;q=0, gzip", "gz"),
    ("gzip;q=1.0, identity; q=0.5, *;q=0", "gz"), ("bro", None), ("gzipped", None),
    ("gzip;q=nonsense", None),
])
def test_the_client_chooses(server, accepted, chosen):
    response = asked(server, accepted)
    assert response.status == 200
    assert response.value("Content-Encoding") == CODINGS.get(chosen)
    assert response.body == PACKED.get(chosen, PAGE)
    assert response.value("Vary") == "Accept-Encoding"
    assert "javascript" in response.value("Content-Type")


def test_each_has_a_tag_of_its_own(server):
    tags = {coding: asked(server, coding).value("ETag") for coding in ("identity", "gzip", "br")}
    assert len(set(tags.values())) == 3
    assert asked(server, "gzip", If_None_Match=tags["gzip"]).status == 304
    assert asked(server, "gzip", If_None_Match=tags["br"]).status == 200
    assert asked(server, "gzip", If_None_Match=tags["identity"]).status == 200
    assert asked(server, "gzip", If_None_Match=tags["gzip"]).value("Vary") == "Accept-Encoding"


def test_a_range_is_of_what_is_sent(server):
    response = asked(server, "gzip", Range="bytes=2-9")
    assert (response.status, response.body) == (206, PACKED["gz"][2:10])
    assert response.value("Content-Encoding") == "gzip"
    assert response.value("Content-Range") == f"bytes 2-9/{len(PACKED['gz'])}"


def test_head_tells_the_same(server):
    response = asked(server, "br", method="HEAD")
    assert response.value("Content-Encoding") == "br"
    assert response.value("Content-Length") == str(len(PACKED["br"]))


@pytest.mark.parametrize("target", ["/older.js", "/folder.js", "/off/page.js", "/no-links/page.js"])
def test_what_is_older_or_no_file_or_not_allowed_is_left_alone(server, target):
    response = asked(server, "gzip, br, zstd", target)
    assert (response.status, response.body) == (200, PAGE)
    assert response.value("Content-Encoding") is None


def test_of_what_is_not_there_the_next_is_taken(server):
    assert asked(server, "br, gzip", "/gzip-alone.js").value("Content-Encoding") == "gzip"
    assert asked(server, "br", "/gzip-alone.js").body == PAGE
    assert asked(server, "gzip", "/linked.js").body == PACKED["gz"]


def test_an_index_page_has_them_too(server):
    response = asked(server, "gzip", "/")
    assert (response.value("Content-Encoding"), response.body) == ("gzip", PACKED["gz"])
    assert "text/html" in response.value("Content-Type")


def test_a_sibling_is_a_file_of_its_own(server):
    response = asked(server, None, "/page.js.gz")
    assert (response.status, response.body) == (200, PACKED["gz"])
    assert asked(server, "gzip", "/only.js").status == 404


def test_a_page_that_changes_puts_its_sibling_out_of_use(files, server):
    packed = files.write("html/changing.js.gz", PACKED["gz"])
    page = files.write("html/changing.js", PAGE)
    os.utime(packed, (CHANGED, CHANGED))
    os.utime(page, (CHANGED, CHANGED))
    assert asked(server, "gzip", "/changing.js").body == PACKED["gz"]
    os.utime(page, (CHANGED, CHANGED + 1))
    assert asked(server, "gzip", "/changing.js").body == PAGE
