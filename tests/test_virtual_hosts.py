"""Virtual hosts: which one answers, and what is its own."""

import pytest

import wire
from server import wait_until

HOSTS = """\
Listen 127.0.0.2:${PORT}
DocumentRoot ${SITE}/main

<VirtualHost *:${PORT}>
    ServerName www.example.com
    ServerAlias example.com *.shop.example s?op.example
    DocumentRoot ${SITE}/named
</VirtualHost>
<VirtualHost *:${PORT}>
    ServerName other.example
    ServerAlias *
    DocumentRoot ${SITE}/other
</VirtualHost>
<VirtualHost 127.0.0.2:${PORT}>
    ServerName www.example.com
    DocumentRoot ${SITE}/address
</VirtualHost>
<VirtualHost 127.0.0.2:${PORT}>
    ServerName second.example
    WSGIScriptAlias / ${APPS}/probe.py
    UseCanonicalName On
</VirtualHost>
"""


@pytest.fixture(scope="module")
def hosts(site_for_module):
    for name in ("main", "named", "other", "address"):
        site_for_module.write(f"{name}/index.html", name)
    return site_for_module.run(HOSTS)


def asked(server, host, address="127.0.0.1", target="/", **options):
    with wire.Connection((address, server.port)) as connection:
        return connection.ask(target=target, fields=[("Host", host)], **options)


class TestChoice:
    @pytest.mark.parametrize("host, name", [
        ("www.example.com", "named"), ("WWW.Example.COM", "named"), ("example.com", "named"),
        ("www.example.com:80", "named"), ("www.example.com.", "named"),
        ("a.shop.example", "named"), ("a.b.shop.example", "named"), ("stop.example", "named"),
        ("stoop.example", "other"), ("other.example", "other"), ("nobody.example", "other"),
        ("127.0.0.1", "other"),
    ])
    def test_a_name_chooses_among_the_hosts_of_an_address(self, hosts, host, name):
        assert asked(hosts, host).text == name

    @pytest.mark.parametrize("host", ["www.example.com", "other.example", "nobody.example"])
    def test_the_hosts_of_an_address_come_before_those_of_all(self, hosts, host):
        """And the first of them is the default."""
        assert asked(hosts, host, "127.0.0.2").text == "address"

    def test_an_absolute_target_overrules_host(self, hosts):
        response = asked(hosts, "other.example", target="http://www.example.com/")
        assert response.text == "named"

    def test_a_request_without_host_is_for_the_default(self, hosts):
        with hosts.connect() as connection:
            connection.send("GET / HTTP/1.0\r\n\r\n")
            assert connection.read_response().text == "named"

    def test_one_connection_may_ask_several_hosts(self, hosts):
        with hosts.connect() as connection:
            for host, name in [("example.com", "named"), ("other.example", "other")] * 3:
                assert connection.ask(fields=[("Host", host)]).text == name

    def test_the_canonical_name_is_what_the_application_sees(self, hosts):
        response = asked(hosts, "SECOND.example:81", "127.0.0.2")
        assert b'"SERVER_NAME": "second.example"' in response.body
        assert b'"HTTP_HOST": "SECOND.example:81"' in response.body

    def test_where_no_host_has_the_address_the_main_server_answers(self, site):
        site.write("main/index.html", "main")
        server = site.run("""\
            DocumentRoot ${SITE}/main
            <VirtualHost 127.0.0.7:${PORT} *:1>
                ServerName www.example.com
            </VirtualHost>
            """)
        assert asked(server, "www.example.com").text == "main"


CLOSED = """\
<Location /closed>
    Require all denied
</Location>
LogFormat "%{Host}i %U %>s" brief
LogFormat "main %U" main
"""


class TestLogs:
    def test_a_host_has_its_own_error_log_and_level(self, site):
        server = site.run(CLOSED + """\
            <VirtualHost *:${PORT}>
                ServerName silent.example
                LogLevel error
            </VirtualHost>
            <VirtualHost *:${PORT}>
                ServerName own.example
                ErrorLog ${SITE}/logs/own.log
            </VirtualHost>
            <VirtualHost *:${PORT}>
                ServerName plain.example
            </VirtualHost>
            """)
        for host in ("silent", "own", "plain"):
            assert asked(server, f"{host}.example", target=f"/closed/{host}").status == 403
        site.wait_for_line("own.log", r"\[info\].*GET /closed/own: refused with 403")
        site.wait_for_line("error.log", r"\[info\].*GET /closed/plain: refused with 403")
        assert not any("/closed/silent" in line for line in site.log_lines("error.log"))
        assert not any("/closed/own" in line for line in site.log_lines("error.log"))

    def test_what_an_application_writes_goes_to_the_log_of_its_host(self, site):
        site.write("app.wsgi", """\
            def application(environ, start_response):
                print("from", environ["HTTP_HOST"], file=environ["wsgi.errors"])
                start_response("204 No Content", [])
                return []
            """)
        server = site.run("""\
            WSGIScriptAlias / ${SITE}/app.wsgi
            <VirtualHost *:${PORT}>
                ServerName plain.example
            </VirtualHost>
            <VirtualHost *:${PORT}>
                ServerName own.example
                ErrorLog ${SITE}/logs/own.log
            </VirtualHost>
            """)
        for host in ("own.example", "plain.example"):
            assert asked(server, host).status == 204
        site.wait_for_line("own.log", "from own.example")
        site.wait_for_line("error.log", "from plain.example")
        assert not any("from own" in line for line in site.log_lines("error.log"))
        assert not any("from plain" in line for line in site.log_lines("own.log"))

    def test_a_host_has_its_own_access_logs_or_those_of_the_main_server(self, site):
        site.write("html/index.html", "index")
        server = site.run(CLOSED + """\
            DocumentRoot ${SITE}/html
            CustomLog ${SITE}/logs/main-access.log main
            <VirtualHost *:${PORT}>
                ServerName own.example
                LogFormat "its own %U" own
                CustomLog ${SITE}/logs/own-access.log brief
                CustomLog ${SITE}/logs/own-second.log own
            </VirtualHost>
            <VirtualHost *:${PORT}>
                ServerName plain.example
            </VirtualHost>
            """)
        asked(server, "own.example", target="/closed")
        asked(server, "own.example")
        asked(server, "plain.example", target="/gone")
        wait_until(lambda: len(site.log_lines("own-access.log")) == 2, "two lines are logged")
        assert site.log_lines("own-access.log") == ["own.example /closed 403", "own.example / 200"]
        site.wait_for_line("own-second.log", "its own /$")
        site.wait_for_line("main-access.log", "main /gone")
        assert site.log_lines("main-access.log") == ["main /gone"]

    def test_a_variable_chooses_what_is_logged(self, site):
        site.write("html/index.html", "index")
        server = site.run("""\
            DocumentRoot ${SITE}/html
            SetEnvIf Request_URI ^/health is_probe
            CustomLog ${SITE}/logs/probes.log "%U" env=is_probe
            CustomLog ${SITE}/logs/access.log "%U" env=!is_probe
            """)
        for target in ("/health/1", "/", "/health/2", "/last"):
            server.ask(target=target)
        site.wait_for_line("access.log", "/last")
        site.wait_for_line("probes.log", "/health/2")
        assert site.log_lines("probes.log") == ["/health/1", "/health/2"]
        assert site.log_lines("access.log") == ["/", "/last"]


class TestConnections:
    def test_keep_alive_and_limits_are_those_of_the_first_host_of_an_address(self, site):
        site.write("html/index.html", "index")
        server = site.run("""\
            Listen 127.0.0.2:${PORT}
            Listen 127.0.0.3:${PORT}
            DocumentRoot ${SITE}/html
            MaxKeepAliveRequests 3
            <VirtualHost 127.0.0.2:${PORT}>
                KeepAlive Off
            </VirtualHost>
            <VirtualHost 127.0.0.3:${PORT}>
                ServerName first.example
                LimitRequestLine 50
                MaxKeepAliveRequests 2
            </VirtualHost>
            <VirtualHost 127.0.0.3:${PORT}>
                ServerName second.example
                LimitRequestLine 500
            </VirtualHost>
            """)

        def answered_before_the_end(address):
            with wire.Connection((address, server.port)) as connection:
                for count in range(1, 10):
                    response = connection.ask(fields=[("Host", "second.example")])
                    assert response.status == 200
                    if response.value("Connection") == "close":
                        assert connection.read_until_closed() == b""
                        return count
            return None

        assert answered_before_the_end("127.0.0.1") == 3
        assert answered_before_the_end("127.0.0.2") == 1
        assert answered_before_the_end("127.0.0.3") == 2
        assert asked(server, "second.example", "127.0.0.3", "/" + "x" * 60).status == 414
        assert asked(server, "second.example", "127.0.0.1", "/" + "x" * 60).status == 404

    @pytest.mark.slow
    def test_an_idle_connection_is_kept_as_long_as_its_address_says(self, site):
        server = site.run("""\
            Listen 127.0.0.2:${PORT}
            WSGIScriptAlias / ${APPS}/probe.py
            Timeout 600
            KeepAliveTimeout 600
            RequestReadTimeout header=0 body=0
            <VirtualHost 127.0.0.2:${PORT}>
                KeepAliveTimeout 1
                Timeout 1
            </VirtualHost>
            """)
        with (
            wire.Connection(("127.0.0.1", server.port)) as patient,
            wire.Connection(("127.0.0.2", server.port)) as idle,
            wire.Connection(("127.0.0.2", server.port), timeout=20) as stuck,
        ):
            for connection in (patient, idle):
                assert connection.ask().status == 200
            stuck.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsome")
            assert idle.read_until_closed() == b""
            assert stuck.read_response().status == 408
            assert patient.ask().status == 200
