"""WSGIPassAuthorization: who sees the Authorization field."""

import pytest

from written_site import environ_of


@pytest.fixture(scope="module")
def server(site_for_module):
    site = site_for_module
    for name in ("plain", "passed", "cgi"):
        site.write(f"{name}/app.wsgi", "from probe import application\n")
    return site.run("""\
        WSGIPythonPath ${APPS}
        WSGIScriptAlias /plain ${SITE}/plain/app.wsgi
        WSGIScriptAlias /alias-on ${SITE}/plain/app.wsgi pass-authorization=On
        WSGIScriptAlias /passed ${SITE}/passed/app.wsgi
        WSGIScriptAlias /alias-off ${SITE}/passed/app.wsgi pass-authorization=Off
        WSGIScriptAlias /cgi ${SITE}/cgi/app.wsgi
        <Directory ${SITE}/passed>
            WSGIPassAuthorization On
        </Directory>
        <Directory ${SITE}/cgi>
            CGIPassAuth On
        </Directory>
        <Location /passed/closed>
            WSGIPassAuthorization Off
        </Location>
        """)


@pytest.mark.parametrize("target, is_passed", [
    ("/plain", False), ("/alias-on", True), ("/alias-on/path", True), ("/passed", True),
    ("/alias-off", False), ("/cgi", True), ("/passed/closed", False),
])
def test_the_place_or_the_alias_decides(server, target, is_passed):
    environ = environ_of(server, target, fields=[("Authorization", "Basic eDp5")])
    assert environ.get("HTTP_AUTHORIZATION") == ("Basic eDp5" if is_passed else None)
