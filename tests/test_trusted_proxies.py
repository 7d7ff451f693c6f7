"""WSGITrustedProxies and WSGITrustedProxyHeaders: whom an application believes who asks."""

import socket

import pytest

import wire
from written_site import environ_of

PROXIES = """\
Listen 127.0.0.2:${{PORT}}
Listen unix:${{SITE}}/s
WSGIScriptAlias / ${{APPS}}/probe.py
{lines}
"""
ALL = """\
WSGITrustedProxies 127.0.0.1 10.0.0.0/8 2001:db8::/32
WSGITrustedProxyHeaders X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port \
 X-Forwarded-Server X-Script-Name
"""


@pytest.fixture(scope="module")
def server(site_for_module):
    return site_for_module.run(PROXIES.format(lines=ALL + """\
<Location /forwarded>
    WSGITrustedProxyHeaders Forwarded
</Location>
<Location /ssl>
    WSGITrustedProxyHeaders X-Forwarded-SSL X-Real-IP
</Location>
<Location /nobody>
    WSGITrustedProxies 192.0.2.1
</Location>
"""))


def fields_of(pairs):
    return [tuple(pair.split(": ", 1)) for pair in pairs]


class TestClients:
    @pytest.mark.parametrize("values, address", [
        (["198.51.100.7"], "198.51.100.7"),
        (["198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        (["203.0.113.9, 198.51.100.7, 10.1.2.3,10.0.0.1"], "198.51.100.7"),
        (["203.0.113.9", "198.51.100.7", "10.1.2.3"], "198.51.100.7"),
        # All of them are proxies: the first one is the client.
        (["10.1.1.1, 10.2.2.2"], "10.1.1.1"),
        (["2001:db9::1, 2001:db8::5"], "2001:db9::1"),
        (["[2001:db9::1]:4711"], "2001:db9::1"), (["198.51.100.7:4711"], "198.51.100.7"),
        # What is no address ends the walk.
        (["198.51.100.7, unknown, 10.1.2.3"], "10.1.2.3"),
        (["nonsense"], "127.0.0.1"), ([""], "127.0.0.1"), (["999.1.1.1"], "127.0.0.1"),
        (["198.51.100.7, <script>"], "127.0.0.1"), (["127.0.0.1\t"], "127.0.0.1"),
    ])
    def test_the_chain_is_walked_from_its_end(self, server, values, address):
        environ = environ_of(server, fields=[("X-Forwarded-For", value) for value in values])
        assert environ["REMOTE_ADDR"] == address

    @pytest.mark.parametrize("value, address, scheme, host", [
        ("for=198.51.100.7;proto=https;host=shop.example", "198.51.100.7", "https", "shop.example"),
        ("for=203.0.113.9, for=198.51.100.7;proto=https, for=10.0.0.1;proto=http",
         "198.51.100.7", "https", "test.example"),
        ('For="[2001:db9::1]:4711"; Proto=HTTPS', "2001:db9::1", "https", "test.example"),
        ("for=unknown;proto=https", "127.0.0.1", "https", "test.example"),
        ("for=_hidden", "127.0.0.1", "http", "test.example"),
        ('for="198.51.100.7', "127.0.0.1", "http", "test.example"),
        ("nonsense", "127.0.0.1", "http", "test.example"),
    ])
    def test_forwarded_says_all_at_once(self, server, value, address, scheme, host):
        environ = environ_of(server, "/forwarded", fields=[("Forwarded", value)])
        assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]) == (
            address, scheme, host)

    def test_conditions_see_the_client(self, site):
        server = site.run(PROXIES.format(lines=ALL + "SetEnvIf Remote_Addr ^198 IS_FAR=yes\n"))
        assert environ_of(server, fields=[("X-Forwarded-For", "198.51.100.7")])["IS_FAR"] == "yes"
        assert "IS_FAR" not in environ_of(server)


class TestWhatElseAProxySays:
    @pytest.mark.parametrize("field, name, value", [
        ("X-Forwarded-Proto: https", "wsgi.url_scheme", "https"),
        ("X-Forwarded-Proto: HTTPS", "wsgi.url_scheme", "https"),
        ("X-Forwarded-Proto: http", "wsgi.url_scheme", "http"),
        ("X-Forwarded-Proto: ftp", "wsgi.url_scheme", "http"),
        ("X-Forwarded-Proto: http, https", "wsgi.url_scheme", "https"),
        ("X-Forwarded-Host: shop.example:8443", "HTTP_HOST", "shop.example:8443"),
        ("X-Forwarded-Host: bad host", "HTTP_HOST", "test.example"),
        ("X-Forwarded-Host: a, b.example", "HTTP_HOST", "b.example"),
        ("X-Forwarded-Port: 8443", "SERVER_PORT", "8443"),
        ("X-Forwarded-Server: front.example", "SERVER_NAME", "front.example"),
        ("X-Script-Name: /outer", "SCRIPT_NAME", "/outer"),
        ("X-Script-Name: /outer/", "SCRIPT_NAME", "/outer"),
        ("X-Script-Name: outer", "SCRIPT_NAME", ""),
    ])
    def test_one_field(self, server, field, name, value):
        environ = environ_of(server, "/path", fields=fields_of([field]))
        assert environ[name] == value
        assert environ["PATH_INFO"] == "/path"

    def test_a_port_that_is_none_is_ignored(self, server):
        for value in ("0", "65536", "-1", "80x", ""):
            environ = environ_of(server, fields=[("X-Forwarded-Port", value)])
            assert environ["SERVER_PORT"] in (str(server.port), "80")

    @pytest.mark.parametrize("value, scheme", [("on", "https"), ("1", "https"), ("off", "http")])
    def test_other_fields_of_the_same_matter(self, server, value, scheme):
        environ = environ_of(server, "/ssl", fields=[
            ("X-Forwarded-SSL", value), ("X-Real-IP", "198.51.100.7")])
        assert (environ["wsgi.url_scheme"], environ["REMOTE_ADDR"]) == (scheme, "198.51.100.7")


FORGED = [
    "X-Forwarded-For: 198.51.100.7", "X-Client-IP: 198.51.100.7", "X-Real-IP: 198.51.100.7",
    "X-Forwarded-Proto: https", "X-Forwarded-Scheme: https", "X-Scheme: https",
    "X-Forwarded-HTTPS: on", "X-Forwarded-SSL: on", "X-HTTPS: on",
    "X-Forwarded-Host: forged.example", "X-Host: forged.example",
    "X-Forwarded-Server: forged.example", "X-Forwarded-Port: 8443", "X-Script-Name: /forged",
    "X-Forwarded-Script-Name: /forged", "Forwarded: for=198.51.100.7;proto=https;host=forged",
]


def said(environ):
    """What an application finds of these fields."""
    names = {"HTTP_" + field.split(":")[0].upper().replace("-", "_") for field in FORGED}
    return names & set(environ)


class TestStripping:
    def test_who_is_not_trusted_says_nothing(self, server):
        for target, address in (("/nobody", "127.0.0.1"), ("/nobody/", "127.0.0.1")):
            environ = environ_of(server, target, fields=fields_of(FORGED))
            assert environ["REMOTE_ADDR"] == address
            assert environ["wsgi.url_scheme"] == "http"
            assert environ["HTTP_HOST"] == environ["SERVER_NAME"] == "test.example"
            assert environ["SCRIPT_NAME"] == ""
            assert said(environ) == set()

    def test_a_peer_of_another_address_is_not_trusted(self, server):
        connection = wire.Connection.__new__(wire.Connection)
        connection.socket = socket.create_connection(
            ("127.0.0.2", server.port), timeout=60, source_address=("127.0.0.3", 0))
        connection._unread = b""
        with connection:
            response = connection.ask(fields=fields_of(FORGED))
        assert b'"REMOTE_ADDR": "127.0.0.3"' in response.body
        assert b"198.51.100.7" not in response.body
        assert b"forged" not in response.body

    def test_of_a_trusted_proxy_what_nobody_asked_for_is_removed(self, server):
        environ = environ_of(server, fields=fields_of(FORGED))
        assert environ["REMOTE_ADDR"] == "198.51.100.7"
        assert said(environ) <= {
            "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_SERVER", "HTTP_X_SCRIPT_NAME"}

    def test_matters_that_are_not_configured_are_left_alone(self, server):
        environ = environ_of(server, "/ssl", fields=fields_of(FORGED))
        assert environ["HTTP_HOST"] == "test.example"
        assert environ["HTTP_X_FORWARDED_HOST"] == "forged.example"
        assert not {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_SCHEME"} & set(environ)

    def test_underscores_are_no_way_in(self, server):
        environ = environ_of(server, "/nobody", fields=[
            ("X_Forwarded_For", "198.51.100.7"), ("X_Forwarded_Proto", "https")])
        assert said(environ) == set()

    def test_without_proxies_nobody_is_trusted(self, site):
        server = site.run(PROXIES.format(lines="WSGITrustedProxyHeaders X-Forwarded-For\n"))
        environ = environ_of(server, fields=fields_of(FORGED))
        assert environ["REMOTE_ADDR"] == "127.0.0.1"
        assert "HTTP_X_FORWARDED_FOR" not in environ
        assert environ["HTTP_X_FORWARDED_PROTO"] == "https"

    def test_without_either_the_fields_are_the_applications_matter(self, site):
        server = site.run(PROXIES.format(lines=""))
        environ = environ_of(server, fields=fields_of(FORGED))
        assert environ["REMOTE_ADDR"] == "127.0.0.1"
        assert environ["wsgi.url_scheme"] == "http"
        assert len(said(environ)) == len(FORGED)


def test_a_peer_on_a_unix_socket_is_a_proxy(server, site_for_module):
    with wire.Connection(str(site_for_module.folder / "s")) as connection:
        response = connection.ask(fields=[("X-Forwarded-For", "198.51.100.7, 10.0.0.1"),
                                          ("X-Forwarded-Proto", "https")])
    assert response.status == 200
    assert b'"REMOTE_ADDR": "198.51.100.7"' in response.body
    assert b'"wsgi.url_scheme": "https"' in response.body


def test_a_peer_on_a_unix_socket_without_proxies_is_none(site):
    site.run(PROXIES.format(lines="WSGITrustedProxyHeaders X-Forwarded-For\n"))
    with wire.Connection(str(site.folder / "s")) as connection:
        response = connection.ask(fields=[("X-Forwarded-For", "198.51.100.7")])
    assert response.status == 200
    assert b"198.51.100.7" not in response.body
