"""Several applications in one configuration, and what happens where one cannot be loaded."""

import pytest

BROKEN = "raise RuntimeError('broken on purpose')\n"
WORKING = """\
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"mended"]


def other(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the other"]
"""

TWO = """\
WSGIPythonPath ${SITE}/library
WSGIScriptAlias /good ${APPS}/probe.py
WSGIScriptAlias /bad ${SITE}/bad.wsgi
ForkloomApplication /module badmodule
"""


@pytest.fixture
def broken(site):
    site.write("bad.wsgi", BROKEN)
    site.write("library/badmodule.py", BROKEN)
    return site


@pytest.mark.parametrize("target, file", [("/bad", "bad.wsgi"),
                                          ("/module", "library/badmodule.py")])
def test_one_that_fails_at_import_leaves_the_other_alone(broken, target, file):
    server = broken.run(TWO, expects_errors=True)
    for _ in range(2):
        assert server.ask(target=target).status == 500
        assert server.ask(target="/good/x").status == 200
    log = server.error_log()
    assert "Traceback (most recent call last)" in log
    assert f'"{broken.folder / file}", line 1, in <module>' in log
    assert "RuntimeError: broken on purpose" in log
    # Nothing of ours is in the traceback.
    assert "<string>" not in log

    broken.write(file, WORKING)
    response = server.ask(target=target)
    assert (response.status, response.body) == (200, b"mended")
    assert server.worker_pid() == server.get_json("/good")["pid"]


def test_each_request_that_fails_says_which_it_is(broken):
    server = broken.run(TWO, expects_errors=True)
    server.ask(target="/bad/one")
    broken.wait_for_line("error.log", r"/bad/one|bad\.wsgi")


@pytest.mark.parametrize("line", ["WSGIScriptAlias / ${SITE}/bad.wsgi",
                                  "ForkloomApplication / badmodule",
                                  "WSGIImportScript ${SITE}/bad.wsgi process-group=%{GLOBAL} "
                                  "application-group=%{GLOBAL}\nWSGIScriptAlias / ${APPS}/probe.py"])
def test_where_applications_are_required_the_start_fails(broken, line):
    result = broken.run_to_end(
        f"WSGIPythonPath ${{SITE}}/library\nForkloomRequireApplications On\n{line}\n")
    assert (result.returncode, result.stdout) == (1, "")
    assert "Traceback (most recent call last)" in result.stderr
    assert "RuntimeError: broken on purpose" in result.stderr
    assert "RuntimeError: broken on purpose" in "\n".join(broken.log_lines("error.log"))


@pytest.mark.parametrize("line, word", [
    ("WSGIScriptAlias / ${SITE}/gone.wsgi", "gone.wsgi"),
    ("ForkloomApplication / gone_module", "No module named 'gone_module'"),
    ("WSGIScriptAlias / ${SITE}/good.wsgi callable-object=gone", "has no 'gone'"),
    ("ForkloomApplication / os:sep", "cannot be called"),
])
def test_what_is_not_there_is_told_at_a_start_that_requires_it(site, line, word):
    site.write("good.wsgi", WORKING)
    result = site.run_to_end(f"ForkloomRequireApplications On\n{line}\n")
    assert (result.returncode, result.stdout) == (1, "")
    assert word in result.stderr


MISSING = """\
WSGIScriptAlias /script ${SITE}/gone.wsgi
WSGIScriptAlias /callable ${SITE}/good.wsgi callable-object=gone
WSGIScriptAlias /other ${SITE}/good.wsgi callable-object=other
WSGIScriptAlias /good ${SITE}/good.wsgi
WSGIScriptAlias /folder/ ${SITE}/scripts/
WSGIScriptAliasMatch ^/by-name/([a-z]+) ${SITE}/scripts/$1.wsgi
"""


@pytest.fixture
def missing(site):
    site.write("good.wsgi", WORKING)
    site.write("scripts/one.wsgi", WORKING)
    site.write("scripts/sub/two.wsgi", WORKING)
    return site


def test_a_script_or_callable_that_is_missing_is_not_found(missing):
    server = missing.run(MISSING, expects_errors=True)
    for target in ("/script", "/callable", "/folder/gone.wsgi", "/by-name/gone"):
        assert server.ask(target=target).status == 404, target
    assert server.ask(target="/good").body == b"mended"
    assert server.ask(target="/other").body == b"the other"
    missing.wait_for_line("error.log", r"good\.wsgi.*has no 'gone'; its callables are: "
                                       r"application, other")


def test_a_script_that_appears_is_served(missing):
    server = missing.run(MISSING, expects_errors=True)
    assert server.ask(target="/script").status == 404
    missing.write("gone.wsgi", WORKING)
    assert server.ask(target="/script").body == b"mended"
    missing.write("scripts/gone.wsgi", WORKING)
    assert server.ask(target="/by-name/gone").body == b"mended"


def test_a_folder_of_scripts(missing):
    server = missing.run(MISSING, expects_errors=True)
    assert server.ask(target="/folder/one.wsgi/more").body == b"mended"
    assert server.ask(target="/folder/sub/two.wsgi").body == b"mended"
    assert server.ask(target="/folder/").status in (403, 404)
    assert server.ask(target="/folder/sub/").status in (403, 404)
    assert server.ask(target="/folder/..%2fgood.wsgi").status == 404
    assert server.ask(target="/by-name/one/path").body == b"mended"


def test_each_has_a_module_of_its_own(site):
    """Two scripts of one name, and one script twice."""
    for name in ("a", "b"):
        site.write(f"{name}/app.wsgi", f"""\
            count = 0

            def application(environ, start_response):
                global count
                count += 1
                start_response("200 OK", [])
                return [f"{name} {{count}} {{environ['SCRIPT_NAME']}}".encode()]
            """)
    server = site.run("""\
        WSGIScriptAlias /a ${SITE}/a/app.wsgi
        WSGIScriptAlias /b ${SITE}/b/app.wsgi
        WSGIScriptAlias /again ${SITE}/a/app.wsgi
        """)
    answers = [server.ask(target=target).text for target in ("/a", "/b", "/again", "/b")]
    assert answers == ["a 1 /a", "b 1 /b", "a 2 /again", "b 2 /b"]


def test_what_is_shorter_and_first_hides_what_is_longer(site):
    """As in Apache, whose users have the longer one first; it is told at start."""
    site.write("good.wsgi", WORKING)
    server = site.run("""\
        WSGIScriptAlias / ${APPS}/probe.py
        WSGIScriptAlias /good ${SITE}/good.wsgi
        """)
    assert server.get_json("/good")["environ"]["PATH_INFO"] == "/good"
    assert "/good" in server.everything_written()


def test_a_port_that_is_in_use_is_told(site):
    server = site.run("WSGIScriptAlias / ${APPS}/probe.py\n")
    result = site.run_to_end("WSGIScriptAlias / ${APPS}/probe.py\n")
    assert result.returncode == 1
    assert f"127.0.0.1:{site.port}" in result.stderr
    assert server.ask().status == 200
