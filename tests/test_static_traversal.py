"""Nothing outside of what a site serves ever comes, however it is asked for."""

import contextlib
import os

import pytest

import wire
from written_site import WrittenSite

SECRET = b"outside of every root"
HIDDEN = b"hidden inside of the root"

# How a client may write "..", "/" and what stands between them.
UPWARDS = [
    "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "..%00", "..%20", "...", "....",
    "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%u002e%u002e", "..;", ";/..", "..\\", "%5c..", "\\..",
    "..%5c", "..%ff", "%ff..", "x/../..", "./..", ".%00.", "..%0a", "..%0d%0a", "..?", "..%3f",
]
SLASHES = ["/", "//", "%2f", "%2F", "/./", "%252f", "\\", "%5c", "%c0%af", "/%2f", ";/", "%2f%2f"]
BEFORE = ["/", "/files/", "/one.txt/", "/public/", "//", "/files", "/listed/"]

SITE = """\
AllowEncodedSlashes {slashes}
DocumentRoot ${{SITE}}/html
Alias /files ${{SITE}}/files
Alias /files/ ${{SITE}}/files/
Alias /one.txt ${{SITE}}/files/one.txt
AliasMatch ^/matched/(.*)$ ${{SITE}}/files/$1
<Directory ${{SITE}}/html/listed>
    Options +Indexes
</Directory>
<Directory ${{SITE}}/html/no-links>
    Options None
</Directory>
<Directory ${{SITE}}/html/owner>
    Options SymLinksIfOwnerMatch
</Directory>
"""


@pytest.fixture(scope="module", params=["Off", "On", "NoDecode"])
def server(request, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        site = WrittenSite(tmp_path_factory.mktemp("site"), stack)
        for name in ("secret.txt", "html-secret/secret.txt", "files.secret", "filessecret.txt"):
            site.write(name, SECRET)
        site.write("html/index.html", "index")
        site.write("html/public/page.txt", "page")
        site.write("html/.hidden", HIDDEN)
        site.write("html/.git/secret.txt", HIDDEN)
        site.write("html/listed/.hidden", HIDDEN)
        site.write("html/listed/shown.txt", "shown")
        site.write("html/no-links/page.txt", "page")
        site.write("html/owner/page.txt", "page")
        site.write("files/one.txt", "one")
        yield site.run(SITE.format(slashes=request.param))


def answers(server, targets):
    """All answers to GETs of raw targets, whatever the server makes of them."""
    connection = None
    for target in targets:
        if connection is None:
            connection = server.connect()
        connection.send_request(target=target)
        try:
            response = connection.read_response()
        except (EOFError, ConnectionResetError):
            connection, response = None, None
        if response is None:
            continue
        yield target, response
        if response.value("Connection") == "close":
            connection.close()
            connection = None
    if connection is not None:
        connection.close()


def test_no_way_upwards_leads_out(server):
    targets = [
        before + slash.join([up] * count) + slash + "secret.txt"
        for before in BEFORE for up in UPWARDS for slash in SLASHES for count in (1, 2)
    ]
    count = 0
    for target, response in answers(server, targets):
        assert SECRET not in response.body and HIDDEN not in response.body, target
        assert response.status in (200, 301, 400, 403, 404), (target, response)
        count += response.status != 200
    assert count > len(targets) / 2
    assert server.ask(target="/public/page.txt").body == b"page"


@pytest.mark.parametrize("target", [
    "/filessecret.txt", "/files.secret", "/../html-secret/secret.txt", "/-secret/secret.txt",
    "/matched/../secret.txt", "/matched/..%2fsecret.txt", "/matched/%2e%2e/secret.txt",
    "/matched/x/../../secret.txt", "/matched//etc/passwd", "/matched/%2fetc/passwd",
    "//etc/passwd", "/%2fetc%2fpasswd", "/etc/passwd", "/files//etc/passwd", "/one.txt/../secret.txt",
    "/one.txt%00", "/one.txt/", "/one.txt/..", "file:///etc/passwd", "../secret.txt", "etc/passwd",
    "/proc/self/environ", "/files/../../../../../../../../proc/self/environ",
    "http://x/../secret.txt", "http://x/%2e%2e/secret.txt", "http://x", "\\..\\secret.txt",
])
def test_no_other_spelling_leads_out(server, target):
    for target, response in answers(server, [target]):
        assert SECRET not in response.body and b"root:" not in response.body
        assert b"PATH=" not in response.body


@pytest.mark.parametrize("target", [
    "/.hidden", "/%2ehidden", "/%2Ehidden", "/.git/secret.txt", "/%2egit/secret.txt", "/.git/",
    "/.git", "//.hidden", "/public/../.hidden", "/listed/.hidden", "/.hidden/", "/./.hidden",
    "/public/%2e%2e/.hidden", "/.%2e/.hidden", "/files/../.hidden", "/.hidden%00", "/x/..//.hidden",
])
def test_hidden_files_stay_hidden(server, target):
    for _, response in answers(server, [target]):
        assert response.status in (400, 403, 404)
        assert HIDDEN not in response.body


def test_a_listing_tells_nothing_of_them(server):
    response = server.ask(target="/listed/")
    assert response.status == 200
    assert b"shown.txt" in response.body
    assert b"hidden" not in response.body


@pytest.fixture
def links(server):
    """Links of each kind in each folder, taken away at the end."""
    root = server.folder.parent
    made = []

    def link(place, name, target):
        path = root / "html" / place / name
        path.symlink_to(target)
        made.append(path)

    for place in ("public", "no-links", "owner"):
        link(place, "out.txt", root / "secret.txt")
        link(place, "relative.txt", "../../secret.txt")
        link(place, "in.txt", "page.txt")
        link(place, "folder", root / "html-secret")
        link(place, "loop", "loop")
        link(place, "broken", "nothing")
    yield root
    for path in made:
        path.unlink()


def test_links_are_followed_where_options_say_so(server, links):
    for name in ("out.txt", "relative.txt", "folder/secret.txt"):
        assert server.ask(target=f"/public/{name}").body == SECRET
        assert server.ask(target=f"/no-links/{name}").status == 403
        # Whoever runs the tests made them all.
        assert server.ask(target=f"/owner/{name}").body == SECRET
    for place in ("public", "owner"):
        assert server.ask(target=f"/{place}/in.txt").body == b"page"
    assert server.ask(target="/no-links/in.txt").status == 403
    assert server.ask(target="/no-links/page.txt").body == b"page"
    for place in ("public", "no-links", "owner"):
        assert server.ask(target=f"/{place}/loop").status == 403
        assert server.ask(target=f"/{place}/broken").status in (403, 404)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_link_of_somebody_else_is_not_followed_for_its_owner(server, links):
    os.chown(links / "html" / "owner" / "out.txt", 65534, 65534, follow_symlinks=False)
    assert server.ask(target="/owner/out.txt").status == 403
    assert server.ask(target="/owner/relative.txt").body == SECRET


def test_bytes_that_are_no_request_bring_nothing(server):
    for text in (b"GET ../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /../secret.txt\r\n\r\n",
                 b"GET  /../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
                 b"GET /\x00/../../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
                 b"GET /..\xff/../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n",
                 b"GET /a HTTP/1.1\r\nHost: ../../secret.txt\r\n\r\n"):
        with wire.Connection(server.address) as connection:
            connection.send(text)
            connection.socket.shutdown(1)
            assert SECRET not in connection.read_until_closed()
