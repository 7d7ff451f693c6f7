"""How the interpreter is set up: mod_wsgi's directives for Python as a whole."""

import sys

import pytest

# Answers with what a piece of Python says of itself.
ASKING = """\
import json, os, sys
import records

{beginning}

def application(environ, start_response):
    body = json.dumps({expression}).encode()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]
"""
SITE = """\
WSGIPythonPath ${APPS}
WSGIScriptAlias / ${SITE}/app.wsgi
"""

@pytest.fixture
def told(site):
    """told(expression, directives): what it is in an application under them."""
    def told(expression, directives="", beginning=""):
        site.write("app.wsgi", ASKING.format(expression=expression, beginning=beginning))
        # Not what the environment of the tests says.
        server = site.run(SITE + directives, PYTHONDONTWRITEBYTECODE="")
        return server.get_json()

    return told

def stopped(server):
    server.signal()
    assert server.wait() == 0

class TestPath:
    def test_folders_come_first_and_in_order(self, site, told):
        for name in ("one", "two"):
            (site.folder / name).mkdir()
        path = told("sys.path", "WSGIPythonPath ${APPS}:${SITE}/one:${SITE}/two\n")
        places = [path.index(str(site.folder / name)) for name in ("one", "two")]
        assert places == sorted(places)
        assert max(places) < next(
            place for place, folder in enumerate(path) if folder.endswith("site-packages"))

    def test_files_of_paths_are_read(self, site, told):
        site.write("one/more.pth", f"{site.folder}/linked\nimport os; os.environ['BY_PTH'] = 'yes'\n")
        site.write("linked/linked_module.py", "NAME = 'linked'\n")
        assert told("[linked_module.NAME, os.environ['BY_PTH']]",
                    "WSGIPythonPath ${APPS}:${SITE}/one\n",
                    beginning="import linked_module") == ["linked", "yes"]

class TestInterpreter:
    @pytest.mark.parametrize("level", [0, 1, 2])
    def test_optimisation_takes_assertions_and_docstrings_away(self, told, level):
        beginning = 'def f():\n    "docstring"\n\nhas_assertions = False\ntry:\n    assert False\n' \
            "except AssertionError:\n    has_assertions = True\n"
        assert told("[sys.flags.optimize, has_assertions, f.__doc__ is not None]",
                    f"WSGIPythonOptimize {level}\n", beginning) == [level, level == 0, level < 2]

    def test_warnings_are_filtered(self, told):
        directives = "WSGIPythonWarnings error::DeprecationWarning\nWSGIPythonWarnings ignore::UserWarning\n"
        beginning = """\
import warnings

def outcome(category):
    with warnings.catch_warnings(record=True) as caught:
        try:
            warnings.warn("text", category)
        except Warning:
            return "error"
        return len(caught)
"""
        assert told("[outcome(DeprecationWarning), outcome(UserWarning), sys.warnoptions]",
                    directives, beginning) == [
            "error", 0, ["error::DeprecationWarning", "ignore::UserWarning"]]

    def test_hashes_may_be_the_same_each_time(self, site):
        site.write("app.wsgi", ASKING.format(
            expression="[hash('text'), sys.flags.hash_randomization]", beginning=""))
        seen = {}
        for setting in ("42", "42", "43", "random", "0"):
            server = site.run(SITE + f"WSGIPythonHashSeed {setting}\n")
            seen.setdefault(setting, []).append(server.get_json())
            stopped(server)
        assert seen["42"][0] == seen["42"][1]
        assert len({values[0][0] for values in seen.values()}) == 4
        assert [seen[setting][0][1] for setting in ("random", "0")] == [1, 0]

    @pytest.mark.parametrize("setting", ["On", "Off"])
    def test_compiled_modules_may_be_kept(self, site, told, setting):
        site.write("library/some_module.py", "NAME = 'some'\n")
        assert told("[some_module.NAME, sys.dont_write_bytecode]",
                    f"WSGIPythonPath ${{APPS}}:${{SITE}}/library\nWSGIDontWriteBytecode {setting}\n",
                    beginning="import some_module") == ["some", setting == "On"]
        assert bool(list(site.folder.rglob("some_module*.pyc"))) == (setting == "Off")

    def test_the_switch_interval_is_set(self, told):
        assert told("round(sys.getswitchinterval(), 6)", "WSGISwitchInterval 0.0123\n") == 0.0123

    def test_where_nothing_is_said_it_is_pythons_own(self, told):
        assert told("[sys.getswitchinterval(), sys.flags.optimize, sys.dont_write_bytecode]") == [
            sys.getswitchinterval(), 0, False]

    def test_eggs_are_unpacked_where_the_file_says(self, site, told):
        assert told("os.environ['PYTHON_EGG_CACHE']", "WSGIPythonEggs ${SITE}/eggs\n") == str(
            site.folder / "eggs")

    def test_the_working_directory(self, site, told):
        (site.folder / "work").mkdir()
        assert told("os.getcwd()", "ForkloomWorkingDirectory ${SITE}/work\n") == str(
            site.folder / "work")

OUTCOME = """\
def outcome(function):
    try:
        return function()
    except OSError as error:
        return f"OSError: {error}"
"""

class TestRestrictions:
    def test_standard_input_may_be_forbidden(self, told):
        found = told("outcome(lambda: sys.stdin.read())", "WSGIRestrictStdin On\n", OUTCOME)
        assert found.startswith("OSError: ") and "WSGIRestrictStdin" in found

    def test_standard_input_is_empty(self, told):
        assert told("outcome(lambda: sys.stdin.read())", "", OUTCOME) == ""

    def test_standard_output_may_be_forbidden(self, told):
        found = told("outcome(lambda: print('text'))", "WSGIRestrictStdout On\n", OUTCOME)
        assert found.startswith("OSError: ") and "WSGIRestrictStdout" in found

    def test_what_is_printed_goes_to_the_error_log(self, site, told):
        assert told("outcome(lambda: print('printed text'))", "", OUTCOME) is None
        site.wait_for_line("error.log", "printed text")

    SIGNALS = """\
import signal
signal.signal(signal.SIGUSR2, lambda *_: None)
"""

    def test_signal_handlers_have_no_effect(self, site, told):
        assert told("signal.getsignal(signal.SIGUSR2) == signal.SIG_DFL", "", self.SIGNALS) is True
        site.wait_for_line("error.log", r"signal\.signal\(.*\) at .*app\.wsgi:\d+ has no effect")

    def test_signal_handlers_may_be_allowed(self, site, told):
        assert told("callable(signal.getsignal(signal.SIGUSR2))", "WSGIRestrictSignal Off\n",
                    self.SIGNALS) is True
        assert not any("has no effect" in line for line in site.log_lines("error.log"))

    def test_a_client_that_leaves_is_no_end_where_they_are_allowed(self, site):
        """An application may give SIGPIPE its default action."""
        site.write("app.wsgi", f"""\
            import signal
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)

            def application(environ, start_response):
                start_response("200 OK", [])
                return environ["wsgi.file_wrapper"](open({str(site.folder / "big")!r}, "rb"))
            """)
        site.write("big", b"x" * (20 << 20))
        server = site.run(SITE + "WSGIRestrictSignal Off\nWSGIEnableSendfile On\n"
                          "WSGIScriptReloading Off\n")
        pid = server.worker_pid()
        for _ in range(10):
            with server.connect(receive_buffer=4096) as connection:
                connection.send_request()
                connection.read_head()
                connection.abandon()
        assert server.ask("HEAD").status == 200
        assert server.worker_pid() == pid

RECORDING = """\
import atexit
import records
import threading

records.record("imported {name} in " + __name__)
records.record("main thread" if threading.current_thread() is threading.main_thread() else "other")
atexit.register(records.record, "exit hook of {name}")
"""

class TestImportScript:
    def test_it_runs_at_start_before_any_request(self, site):
        site.write("first.py", RECORDING.format(name="first"))
        site.write("second.py", RECORDING.format(name="second"))
        site.write("app.wsgi", ASKING.format(expression="None", beginning=""))
        server = site.run(SITE + """\
            WSGIImportScript ${SITE}/first.py process-group=%{GLOBAL} application-group=%{GLOBAL}
            <VirtualHost *:${PORT}>
                WSGIImportScript ${SITE}/second.py application-group=%{GLOBAL} process-group=%{GLOBAL}
            </VirtualHost>
            """)
        # The server is ready when its scripts have run.
        names = [record.split()[1] for record in server.records("imported")]
        assert names == ["first", "second"]
        assert server.records("other") == []
        stopped(server)
        assert sorted(server.records("exit")) == ["exit hook of first", "exit hook of second"]

    def test_the_application_of_that_script_is_the_same_module(self, site):
        site.write("app.wsgi", ASKING.format(expression="len(records_of_start)", beginning="""\
records.record("imported")
records_of_start = [1]
"""))
        server = site.run(SITE + "WSGIImportScript ${SITE}/app.wsgi process-group=%{GLOBAL} "
                          "application-group=%{GLOBAL}\n")
        assert server.get_json() == 1
        assert server.records("imported") == ["imported"]

    def test_one_that_fails_is_logged_and_the_rest_is_served(self, site):
        site.write("first.py", "raise RuntimeError('broken on purpose')\n")
        site.write("app.wsgi", ASKING.format(expression="None", beginning=""))
        server = site.run(SITE + "WSGIImportScript ${SITE}/first.py process-group=%{GLOBAL} "
                          "application-group=%{GLOBAL}\n", expects_errors=True)
        site.wait_for_line("error.log", "RuntimeError: broken on purpose")
        assert server.get_json() is None

class TestDestroyInterpreter:
    @pytest.mark.parametrize("setting, hooks", [("On", ["exit hook of app"]), ("Off", [])])
    def test_exit_hooks_run_where_the_file_says_so(self, site, setting, hooks):
        site.write("app.wsgi", ASKING.format(
            expression="1", beginning=RECORDING.format(name="app")))
        server = site.run(SITE + f"WSGIDestroyInterpreter {setting}\n")
        assert server.get_json() == 1
        stopped(server)
        assert server.records("exit") == hooks
