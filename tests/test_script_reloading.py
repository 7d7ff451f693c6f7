"""WSGIScriptReloading: a script that has changed is run again, or it is not."""

import os
import threading

import pytest

SITE = """\
WSGIPythonPath ${APPS}:${SITE}/library
WSGIScriptAlias / ${SITE}/app.wsgi
"""


def script(number, more=""):
    return f"""\
import records

records.record("loaded {number}")
VERSION = {number}


def application(environ, start_response):
    if environ["PATH_INFO"].startswith("/gate/"):
        records.wait_at_gate(environ["PATH_INFO"][len("/gate/"):])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % VERSION]


{more}
"""


@pytest.fixture
def changed(site):
    """change(text): a script whose time differs from all before."""
    time = 1714979289

    def change(text, name="app.wsgi"):
        nonlocal time
        time += 10
        path = site.write(name, text)
        os.utime(path, (time, time))
        return path

    return change


class TestOn:
    def test_a_changed_script_answers_next(self, site, changed):
        changed(script(1))
        server = site.run(SITE)
        pid = server.worker_pid()
        for number in range(1, 5):
            for _ in range(3):
                assert server.ask().body == b"%d" % number
            changed(script(number + 1))
        assert server.ask().body == b"5"
        assert server.worker_pid() == pid
        assert server.records("loaded") == [f"loaded {number}" for number in range(1, 6)]

    def test_it_is_on_where_nothing_is_said(self, site, changed):
        assert "WSGIScriptReloading" not in SITE
        changed(script(1))
        server = site.run(SITE)
        changed(script(2))
        assert server.ask().body == b"2"

    def test_an_older_script_is_a_change_too(self, site, changed):
        changed(script(1))
        server = site.run(SITE)
        assert server.ask().body == b"1"
        os.utime(site.write("app.wsgi", script(2)), (1000000000, 1000000000))
        assert server.ask().body == b"2"

    def test_a_request_that_runs_finishes_in_the_old_module(self, site, changed):
        changed(script(1))
        server = site.run(SITE)
        with server.connect() as running:
            running.send_request(target="/gate/first")
            server.wait_for_record("reached first")
            changed(script(2))
            assert server.ask().body == b"2"
            server.open_gate("first")
            assert running.read_response().body == b"1"

    def test_many_requests_load_it_once(self, site, changed):
        changed(script(1))
        server = site.run(SITE)
        changed(script(2))
        bodies = []

        def ask():
            with server.connect() as connection:
                for _ in range(20):
                    bodies.append(connection.ask().body)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert bodies == [b"2"] * 160
        assert server.records("loaded") == ["loaded 1", "loaded 2"]

    def test_a_broken_change_answers_500_until_it_is_mended(self, site, changed):
        changed(script(1))
        server = site.run(SITE, expects_errors=True)
        assert server.ask().body == b"1"
        changed("this is no Python\n")
        assert server.ask().status == 500
        assert server.ask().status == 500
        site.wait_for_line("error.log", "SyntaxError")
        changed(script(3))
        assert server.ask().body == b"3"

    def test_a_script_that_goes_away_is_not_found(self, site, changed):
        path = changed(script(1))
        server = site.run(SITE, expects_errors=True)
        assert server.ask().body == b"1"
        path.unlink()
        assert server.ask().status == 404
        changed(script(2))
        assert server.ask().body == b"2"

    def test_what_it_imports_stays(self, site, changed):
        changed(script(1, "import counted\nVERSION += counted.OFFSET\n"))
        site.write("library/counted.py", "OFFSET = 100\n")
        server = site.run(SITE)
        assert server.ask().body == b"101"
        changed("OFFSET = 200\n", "library/counted.py")
        changed(script(2, "import counted\nVERSION += counted.OFFSET\n"))
        assert server.ask().body == b"102"

    def test_the_script_may_have_a_say(self, site, changed):
        say = """\
def reload_required(path):
    records.record(f"asked {path}")
    return os.path.exists(os.path.join(records.FOLDER, "reload"))
"""
        changed(script(1, "import os\n" + say))
        server = site.run(SITE)
        assert server.ask().body == b"1"
        assert f"asked {site.folder}/app.wsgi" in server.records()
        (server.folder / "reload").touch()
        count = len(server.records("loaded"))
        assert server.ask().body == b"1"
        assert len(server.records("loaded")) > count
        # What it says counts beside the file's own time.
        (server.folder / "reload").unlink()
        changed(script(2))
        assert server.ask().body == b"2"

    def test_a_say_that_fails_is_logged_and_means_no(self, site, changed):
        changed(script(1, "def reload_required(path):\n    raise KeyError('no say')\n"))
        server = site.run(SITE, expects_errors=True)
        assert server.ask().body == b"1"
        site.wait_for_line("error.log", "KeyError: 'no say'")
        assert server.records("loaded") == ["loaded 1"]

    def test_of_several_callables_of_a_script_each_is_new(self, site, changed):
        more = "def other(environ, start_response):\n    return application(environ, start_response)\n"
        changed(script(1, more))
        server = site.run(
            "WSGIScriptAlias /other ${SITE}/app.wsgi callable-object=other\n" + SITE)
        assert [server.ask(target=target).body for target in ("/", "/other")] == [b"1", b"1"]
        changed(script(2, more))
        assert [server.ask(target=target).body for target in ("/other", "/")] == [b"2", b"2"]
        assert server.records("loaded") == ["loaded 1", "loaded 2"]


class TestOff:
    def test_a_changed_script_is_left_alone(self, site, changed):
        path = changed(script(1))
        server = site.run(SITE + "WSGIScriptReloading Off\n")
        assert server.ask().body == b"1"
        changed(script(2))
        assert server.ask().body == b"1"
        path.unlink()
        assert server.ask().body == b"1"

    def test_it_is_a_matter_of_the_place(self, site, changed):
        changed(script(1))
        server = site.run(SITE + """\
<Location /old>
    WSGIScriptReloading Off
</Location>
""")
        assert server.ask(target="/old").body == b"1"
        changed(script(2))
        assert server.ask(target="/old").body == b"1"
        assert server.ask(target="/new").body == b"2"

    def test_serve_is_without_it(self, serve, site, changed):
        path = changed(script(1))
        server = serve(path, "--python-path", site.folder.parent, "--python-path",
                       os.path.join(os.path.dirname(__file__), "apps"))
        assert server.ask().body == b"1"
        changed(script(2))
        assert server.ask().body == b"1"
