"""WSGICallableObject: what an application is called in its script."""

import pytest

from server import IS_SANITIZED, memory_kib

CALLABLES = """\
def named(name):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"{name} {environ['mod_wsgi.callable_object']}".encode()]
    return application


application, red, green = map(named, ("application", "red", "green"))


def make():
    return named("made")


class Shelf:
    inner = staticmethod(named("inner"))


no_callable = 5
"""


@pytest.fixture(scope="module")
def server(site_for_module):
    site_for_module.write("app.wsgi", CALLABLES)
    return site_for_module.run("""\
        WSGIScriptAlias /alias ${SITE}/app.wsgi callable-object=green
        WSGIScriptAlias /inner ${SITE}/app.wsgi callable-object=Shelf.inner
        WSGIScriptAlias / ${SITE}/app.wsgi
        SetEnvIf X-Colour "^(.+)$" colour=$1
        SetEnvIf Request_URI "^/by-path/(red|green)" colour=$1
        <Location /red>
            WSGICallableObject red
        </Location>
        <Location /made>
            WSGICallableObject make()
        </Location>
        <LocationMatch ^/(by-field|by-path)>
            WSGICallableObject %{ENV:colour}
        </LocationMatch>
        <Location /none>
            WSGICallableObject no_callable
        </Location>
        """, expects_errors=True)


@pytest.mark.parametrize("target, colour, name", [
    ("/", None, "application"), ("/red", None, "red"), ("/made", None, "made"),
    ("/alias", None, "green"), ("/inner", None, "inner"),
    ("/by-field", "green", "green"), ("/by-field", "red", "red"),
    ("/by-path/red/x", None, "red"), ("/by-path/green", None, "green"),
    ("/by-field", "application", "application"), ("/by-field", "Shelf.inner", "inner"),
])
def test_the_place_names_it(server, target, colour, name):
    fields = [] if colour is None else [("X-Colour", colour)]
    response = server.ask(target=target, fields=fields)
    assert response.status == 200
    assert response.text.split()[0] == name


@pytest.mark.parametrize("colour", ["blue", "__import__", "os.system", "", "x" * 500, "é"])
def test_what_a_request_names_and_is_not_there_is_not_found(server, colour):
    assert server.ask(target="/by-field", fields=[("X-Colour", colour)]).status == 404


def test_what_cannot_be_called_is_an_error(server):
    assert server.ask(target="/none").status == 500
    server.wait_for_log("'no_callable' is of type int, which cannot be called")


@pytest.mark.skipif(IS_SANITIZED, reason="a sanitizer keeps memory that was given back")
def test_names_that_requests_make_up_cost_no_memory(server):
    pid = server.worker_pid()

    def ask(names):
        for name in names:
            with server.connect() as connection:
                connection.ask(target="/by-field", fields=[("X-Colour", name.ljust(4000, "x"))])

    ask(f"first{number}" for number in range(200))
    before = memory_kib(pid, "VmRSS")
    ask(f"name{number}" for number in range(2000))
    # Keeping each of them once would be 8 MB.
    assert memory_kib(pid, "VmRSS") - before < 4 << 10
