"""Listings of folders: each link leads to its file, and no name becomes markup."""

import html.parser
import os
import re
from urllib.parse import urljoin

import pytest

NAMES = [
    b"plain.txt", b"two words.txt", b"100%.txt", b"%41.txt", b"what?.txt", b"a#b.txt", b"<b>.txt",
    b"a&amp;b.txt", b'quo"te.txt', b"apo'strophe.txt", b"semi;colon.txt", b"a+b.txt", b"a:b.txt",
    b"back\\slash.txt", b"javascript:alert(1).txt", b"gr\xc3\xbcn.txt", b"latin-gr\xfcn.txt",
    b"\xff\xfe.txt", b"new\nline.txt", b"tab\there.txt", b" leading.txt", b"trailing ", b"$x.txt",
    b"{}.txt", b"<td>.txt", b"\xe2\x80\xae.txt", b"~.txt", b"@.txt", b"x" * 255,
]


class Page(html.parser.HTMLParser):
    """What a browser finds in a listing: its links, and every kind of element."""

    def __init__(self, text):
        super().__init__()
        self.links, self.elements = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])


@pytest.fixture(scope="module")
def server(site_for_module):
    site = site_for_module
    folder = os.fsencode(site.folder / "html")
    for number, name in enumerate(NAMES):
        for path in (b"odd", b"inner/fol <der>%"):
            os.makedirs(os.path.join(folder, path), exist_ok=True)
            with open(os.path.join(folder, path, name), "wb") as file:
                file.write(b"content %d" % number)
    site.write("html/odd/.hidden", "hidden")
    site.write("html/odd/closed.secret", "closed")
    site.write("html/many/.keep", "")
    for number in range(300):
        site.write(f"html/many/{number}.txt", "")
    site.write("html/with-page/index.html", "page")
    site.write("html/not-listed/a.txt", "a")
    return site.run("""\
        DocumentRoot ${SITE}/html
        Options +Indexes
        <Directory ${SITE}/html/not-listed>
            Options -Indexes
        </Directory>
        <FilesMatch "\\.secret$">
            Require all denied
        </FilesMatch>
        """)


def listed(server, target):
    response = server.ask(target=target)
    assert response.status == 200
    assert re.match("text/html; *charset=utf-8", response.value("Content-Type"), re.I)
    return Page(response.body.decode("utf-8"))


@pytest.mark.parametrize("folder", ["/odd/", "/inner/fol%20%3Cder%3E%25/"])
def test_each_link_leads_to_its_file(server, folder):
    page = listed(server, folder)
    bodies = []
    for link in page.links:
        target = urljoin(folder, link)
        assert target.startswith(folder) or link == "../"
        if link != "../" and ".secret" not in link:
            response = server.ask(target=target)
            assert response.status == 200, link
            bodies.append(response.body)
    assert sorted(bodies) == sorted(b"content %d" % number for number in range(len(NAMES)))


def test_no_name_becomes_an_element(server):
    usual = listed(server, "/many/").elements
    assert listed(server, "/odd/").elements == usual
    assert listed(server, "/inner/fol%20%3Cder%3E%25/").elements == usual


def test_folders_come_first_and_lead_on(server):
    page = listed(server, "/")
    assert page.links[0] == "inner/"
    assert listed(server, "/inner/").links == ["../", "fol%20%3Cder%3E%25/"]
    assert "../" not in page.links


def test_all_files_of_a_large_folder_are_there(server):
    assert len(listed(server, "/many/").links) == 301


def test_a_page_comes_instead_of_the_listing(server):
    assert server.ask(target="/with-page/").body == b"page"


def test_a_folder_is_not_listed_where_options_say_so(server):
    assert server.ask(target="/not-listed/").status == 403
    assert server.ask(target="/not-listed/a.txt").body == b"a"


def test_head_and_other_methods(server):
    head = server.ask("HEAD", "/many/")
    assert (head.status, head.body) == (200, b"")
    assert server.ask("POST", "/many/", body=b"x").status == 405
    assert server.ask(target="/many").status == 301


def test_a_file_that_is_refused_is_refused_by_its_link_too(server):
    assert server.ask(target="/odd/closed.secret").status == 403
