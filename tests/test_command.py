"""`forkloom serve` as a command: its help, its start lines, its targets, and how it fails."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import wire
from server import APPS, BINARY, free_port, run_forkloom, wait_until

HELLO = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [{answer!r}.encode()]
"""


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def hello(folder, name="hello.py", answer="hello"):
    return write(folder, name, HELLO.format(answer=answer))


def fails(folder, *arguments, words, **settings):
    """The command ends with a status of its own, and says so in one message with these words."""
    result = run_forkloom(folder, "serve", *arguments, **settings)
    assert 0 < result.returncode < 126, result
    assert result.stdout == ""
    for word in words:
        assert re.search(word, result.stderr), f"no {word!r} in:\n{result.stderr}"
    assert "terminate called" not in result.stderr
    return result.stderr


@pytest.fixture
def bind():
    return ["--bind", f"127.0.0.1:{free_port()}", "--python", sys.prefix]


class TestHelp:
    def test_help_names_the_commands(self, tmp_path):
        result = run_forkloom(tmp_path, "--help")
        assert result.returncode == 0
        for command in ("serve", "run", "check", "help", "-V"):
            assert re.search(rf"^ +{command}\b", result.stdout, re.M), command

    def test_help_of_serve_names_every_option(self, tmp_path):
        result = run_forkloom(tmp_path, "serve", "--help")
        assert result.returncode == 0
        assert result.stderr == ""
        for option in ("--bind", "--threads", "--python", "--chdir", "--python-path", "--mount",
                       "--access-log", "--error-log", "--log-level", "--graceful-timeout",
                       "--static", "--document-root", "--config",
                       "--print-config", "TARGET", "unix:PATH", "HOST:PORT", "VIRTUAL_ENV"):
            assert option in result.stdout, option
        assert max(map(len, result.stdout.splitlines())) <= 100

    def test_version(self, tmp_path):
        for option in ("-v", "--version"):
            result = run_forkloom(tmp_path, option)
            assert result.returncode == 0
            assert re.fullmatch(r"forkloom \d+\.\d+\.\d+\n", result.stdout)

    @pytest.mark.parametrize("arguments, words", [
        ([], "a command is missing: write forkloom serve, run, check or help"),
        (["start"], "there is no command start: write forkloom serve, run, check or help"),
        (["-f", "site.conf"], "write forkloom run -f FILE"),
    ])
    def test_what_is_no_command(self, tmp_path, arguments, words):
        result = run_forkloom(tmp_path, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert words in result.stderr

    def test_the_binary_links_no_python(self):
        linked = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout
        assert "python" not in linked.lower()


class TestStartLines:
    def test_they_tell_address_application_python_and_threads(self, serve, tmp_path):
        script = hello(tmp_path, "app.wsgi")
        server = serve(script, threads=7)
        lines = server.start_lines()
        assert f"http://127.0.0.1:{server.port}" in lines
        assert str(script) in lines
        assert ".".join(map(str, sys.version_info[:3])) in lines
        assert re.search(r"threads\s+7\b|\b7 threads", lines)

    def test_every_address_is_told(self, serve, tmp_path):
        one, other = free_port(), free_port()
        server = serve(hello(tmp_path), binds=[
            f"127.0.0.1:{one}", f"127.0.0.1:{other}", f"unix:{tmp_path}/socket"])
        for address in (f"127.0.0.1:{one}", f"127.0.0.1:{other}", f"unix:{tmp_path}/socket"):
            assert address in server.start_lines()


class TestTargets:
    def answer(self, serve, target, *options, **settings):
        return serve(target, *options, **settings).ask().text

    def test_a_script(self, serve, tmp_path):
        assert self.answer(serve, hello(tmp_path, "app.wsgi")) == "hello"

    def test_a_script_seen_from_the_working_directory(self, serve, tmp_path):
        hello(tmp_path, "site/app.wsgi")
        assert self.answer(serve, "site/app.wsgi", cwd=tmp_path) == "hello"

    def test_a_script_finds_modules_beside_it(self, serve, tmp_path):
        hello(tmp_path, "site/beside.py", "from beside")
        script = write(tmp_path, "site/app.wsgi", "from beside import application\n")
        assert self.answer(serve, script) == "from beside"

    def test_a_script_s_name_need_not_be_one_of_a_module(self, serve, tmp_path):
        assert self.answer(serve, hello(tmp_path, "my-site 1.wsgi")) == "hello"

    def test_a_module(self, serve, tmp_path):
        hello(tmp_path, "plain.py")
        assert self.answer(serve, "plain", "--chdir", tmp_path) == "hello"

    def test_a_module_in_the_working_directory(self, serve, tmp_path):
        hello(tmp_path, "plain.py")
        assert self.answer(serve, "plain", cwd=tmp_path) == "hello"

    def test_a_module_of_a_package(self, serve, tmp_path):
        write(tmp_path, "site_of_mine/__init__.py", "")
        hello(tmp_path, "site_of_mine/wsgi.py")
        assert self.answer(serve, "site_of_mine.wsgi", "--chdir", tmp_path) == "hello"

    def test_a_module_and_its_callable(self, serve, tmp_path):
        hello(tmp_path, "named.py").write_text(HELLO.format(answer="hello") + "app = application\n"
                                               "del application\n")
        assert self.answer(serve, "named:app", "--chdir", tmp_path) == "hello"

    def test_a_module_and_its_factory(self, serve, tmp_path):
        write(tmp_path, "made.py", "def create():\n" + "".join(
            f"    {line}\n" for line in HELLO.format(answer="made").strip().splitlines())
            + "    return application\n")
        assert self.answer(serve, "made:create()", "--chdir", tmp_path) == "made"

    def test_an_object_with_call(self, serve, tmp_path):
        write(tmp_path, "objects.py",
              "class Application:\n"
              "    def __call__(self, environ, start_response):\n"
              "        start_response('200 OK', [('Content-Type', 'text/plain')])\n"
              "        return [b'called']\n"
              "application = Application()\n")
        assert self.answer(serve, "objects", "--chdir", tmp_path) == "called"

    def test_python_path_is_repeatable(self, serve, tmp_path):
        hello(tmp_path, "two/far.py", "far")
        write(tmp_path, "one/near.py", "from far import application\n")
        assert self.answer(serve, "near", "--python-path", tmp_path / "one",
                           "--python-path", tmp_path / "two") == "far"

    def test_chdir_is_the_application_s_folder(self, serve, tmp_path):
        server = serve("probe", "--chdir", tmp_path, "--python-path", APPS)
        assert server.get_json()["folder"] == str(tmp_path)


class TestAddresses:
    def test_a_unix_socket(self, serve, tmp_path):
        path = tmp_path / "socket"
        server = serve("probe", "--python-path", APPS, binds=[f"unix:{path}"])
        with wire.Connection(str(path)) as connection:
            response = connection.ask(target="/over/unix")
        assert response.status == 200
        assert '"/over/unix"' in response.text
        server.signal()
        assert server.wait() == 0
        assert not path.exists()

    def test_a_socket_file_that_a_dead_server_left_is_replaced(self, serve, tmp_path):
        path = tmp_path / "socket"
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(path))
        serve(hello(tmp_path), binds=[f"unix:{path}"])
        with wire.Connection(str(path)) as connection:
            assert connection.ask().text == "hello"

    def test_ipv6(self, serve, tmp_path):
        port = free_port(socket.AF_INET6, "::1")
        serve(hello(tmp_path), binds=[f"[::1]:{port}"])
        with wire.Connection(("::1", port)) as connection:
            assert connection.ask().text == "hello"

    def test_several_at_once(self, serve, tmp_path):
        ports = [free_port(), free_port()]
        path = tmp_path / "socket"
        serve(hello(tmp_path), binds=[*(f"127.0.0.1:{port}" for port in ports), f"unix:{path}"])
        for address in [*(("127.0.0.1", port) for port in ports), str(path)]:
            with wire.Connection(address) as connection:
                assert connection.ask().text == "hello"

    def test_a_name(self, serve, tmp_path):
        server = serve(hello(tmp_path), binds=[f"localhost:{(port := free_port())}"])
        with socket.create_connection(("localhost", port), timeout=30):
            pass
        assert str(port) in server.start_lines()


class TestPrintConfig:
    def test_it_prints_what_would_run_and_ends(self, tmp_path):
        script = hello(tmp_path, "app.wsgi")
        result = run_forkloom(
            tmp_path, "serve", script, "--bind", "127.0.0.1:8123", "--threads", "7",
            "--mount", "/shop", "--log-level", "info", "--graceful-timeout", "9", "--print-config")
        assert result.returncode == 0
        directives = dict(line.split(" ", 1) for line in result.stdout.splitlines() if " " in line)
        assert directives["Listen"] == "127.0.0.1:8123"
        assert directives["WSGIScriptAlias"].split()[:2] == ["/shop", str(script)]
        assert directives["ThreadsPerChild"] == "7"
        assert directives["LogLevel"] == "info"

    def test_it_shows_apache_s_defaults(self, tmp_path):
        result = run_forkloom(tmp_path, "serve", hello(tmp_path), "--print-config")
        for line in ("LimitRequestLine 8190", "LimitRequestFields 100",
                     "LimitRequestFieldSize 8190", "LimitRequestBody 1073741824",
                     "KeepAliveTimeout 5", "MaxKeepAliveRequests 100", "Timeout 60"):
            assert line in result.stdout.splitlines(), line
        assert "RequestReadTimeout header=20-40,MinRate=500" in result.stdout


class TestStartFailures:
    def test_a_port_that_is_taken(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            message = fails(tmp_path, hello(tmp_path), "--bind", f"127.0.0.1:{port}",
                            "--python", sys.prefix, words=[f"127.0.0.1:{port}", "in use"])
        assert len(message.splitlines()) <= 3

    def test_a_unix_socket_that_is_in_use(self, tmp_path):
        with socket.socket(socket.AF_UNIX) as taken:
            taken.bind(str(tmp_path / "socket"))
            taken.listen()
            fails(tmp_path, hello(tmp_path), "--bind", f"unix:{tmp_path}/socket",
                  "--python", sys.prefix, words=["socket", "in use"])
        assert (tmp_path / "socket").exists()

    def test_a_path_that_is_no_socket_is_left_alone(self, tmp_path):
        write(tmp_path, "precious", "content")
        fails(tmp_path, hello(tmp_path), "--bind", f"unix:{tmp_path}/precious",
              "--python", sys.prefix, words=["precious"])
        assert (tmp_path / "precious").read_text() == "content"

    def test_a_script_that_is_not_there(self, tmp_path, bind):
        message = fails(tmp_path, tmp_path / "none.wsgi", *bind, words=[r"none\.wsgi"])
        assert len(message.splitlines()) <= 4

    def test_a_module_that_is_not_there(self, tmp_path, bind):
        fails(tmp_path, "absent_module", *bind, words=[
            "Traceback", "ModuleNotFoundError: No module named 'absent_module'"])
        write(tmp_path, "importing.py", "import absent_module\n")
        fails(tmp_path, "importing", "--chdir", tmp_path, *bind, words=[
            "Traceback", r"importing\.py.*line 1", "No module named 'absent_module'"])

    def test_an_import_that_fails_shows_python_s_traceback(self, tmp_path, bind):
        write(tmp_path, "broken.py", "import json\n\ndef load():\n    return 1 / 0\n\nload()\n")
        fails(tmp_path, "broken", "--chdir", tmp_path, *bind, words=[
            "Traceback", r"broken\.py.*line 4", "ZeroDivisionError: division by zero"])

    def test_a_script_with_a_syntax_error(self, tmp_path, bind):
        script = write(tmp_path, "app.wsgi", "def application(:\n")
        fails(tmp_path, script, *bind, words=["SyntaxError", r"app\.wsgi"])

    def test_an_import_that_exits(self, tmp_path, bind):
        write(tmp_path, "exits.py", "import sys\nsys.exit(0)\n")
        fails(tmp_path, "exits", "--chdir", tmp_path, *bind, words=["SystemExit"])

    def test_an_import_that_ends_the_process(self, tmp_path, bind):
        write(tmp_path, "ends.py", "import os\nos._exit(0)\n")
        fails(tmp_path, "ends", "--chdir", tmp_path, *bind, words=["ended|exit"])

    def test_a_callable_that_is_not_there(self, tmp_path, bind):
        write(tmp_path, "other.py", "import os\napp = wsgi_app = lambda e, s: []\nnumber = 3\n")
        fails(tmp_path, "other", "--chdir", tmp_path, *bind, words=[
            "other", "application", r"\bapp\b", r"\bwsgi_app\b"])
        fails(tmp_path, "other:ap", "--chdir", tmp_path, *bind, words=[
            "other", r"\bap\b", r"\bapp\b"])

    def test_a_callable_that_is_none(self, tmp_path, bind):
        write(tmp_path, "number.py", "application = 3\n")
        fails(tmp_path, "number", "--chdir", tmp_path, *bind, words=["application", "int|callable"])

    def test_a_factory_that_fails(self, tmp_path, bind):
        write(tmp_path, "made.py", "def create():\n    raise LookupError('no database')\n")
        fails(tmp_path, "made:create()", "--chdir", tmp_path, *bind, words=[
            "Traceback", "LookupError: no database"])

    def test_a_factory_that_makes_nothing(self, tmp_path, bind):
        write(tmp_path, "made.py", "def create():\n    pass\n")
        fails(tmp_path, "made:create()", "--chdir", tmp_path, *bind, words=["create", "None"])

    def test_no_runtime_module_for_the_python(self, tmp_path, bind):
        """A binary that stands alone has none at all."""
        binary = tmp_path / "bin" / "forkloom"
        binary.parent.mkdir()
        shutil.copy(BINARY, binary)
        fails(tmp_path, hello(tmp_path), *bind, binary=binary, words=[
            r"\b{}\.{}".format(*sys.version_info), "FORKLOOM_PYTHONS", "cmake --build"])

    def test_a_virtual_environment_whose_python_is_gone(self, tmp_path):
        environment = tmp_path / "venv"
        write(environment, "pyvenv.cfg", "home = /nowhere\n")
        (environment / "bin").mkdir()
        (environment / "bin" / "python").symlink_to("/nowhere/bin/python3")
        for path in (environment, environment / "bin" / "python"):
            fails(tmp_path, hello(tmp_path), "--bind", f"127.0.0.1:{free_port()}",
                  "--python", path, words=[str(environment), "/nowhere"])

    def test_a_folder_that_is_no_virtual_environment(self, tmp_path):
        (tmp_path / "empty").mkdir()
        fails(tmp_path, hello(tmp_path), "--bind", f"127.0.0.1:{free_port()}",
              "--python", tmp_path / "empty", words=[str(tmp_path / "empty"), "bin/python"])

    def test_a_virtual_environment_that_is_named_but_broken(self, tmp_path):
        fails(tmp_path, hello(tmp_path), "--bind", f"127.0.0.1:{free_port()}",
              VIRTUAL_ENV=tmp_path / "absent", words=["VIRTUAL_ENV", "absent"])

    @pytest.mark.parametrize("python", ["/bin/false", "/bin/true", "/nowhere/python3"])
    def test_a_python_that_is_none(self, tmp_path, python):
        fails(tmp_path, hello(tmp_path), "--bind", f"127.0.0.1:{free_port()}",
              "--python", python, words=[python])

    @pytest.mark.parametrize("arguments, words", [
        (["--thread", "4"], ["--thread"]),
        (["--threads", "0"], ["threads", "1"]),
        (["--threads", "many"], ["threads", "many"]),
        (["--bind", "nonsense"], ["bind", "nonsense"]),
        (["--bind", "127.0.0.1:99999"], ["99999"]),
        (["--bind", "192.0.2.1:8000"], [r"192\.0\.2\.1"]),
        (["--log-level", "loud"], ["log-level", "loud"]),
        (["--mount", "shop"], ["mount", "shop"]),
        (["--graceful-timeout", "-1"], ["graceful-timeout"]),
        (["--chdir", "/nowhere"], ["/nowhere"]),
        (["--error-log", "/nowhere/log"], ["/nowhere/log"]),
        (["--access-log", "/nowhere/log"], ["/nowhere/log"]),
    ])
    def test_a_bad_option(self, tmp_path, arguments, words):
        bind = [] if "--bind" in arguments else ["--bind", f"127.0.0.1:{free_port()}"]
        fails(tmp_path, hello(tmp_path), "--python", sys.prefix, *bind, *arguments, words=words)

    def test_no_target(self, tmp_path):
        fails(tmp_path, words=["TARGET"])

    def test_nothing_is_left_running_after_a_failure(self, tmp_path, bind):
        write(tmp_path, "broken.py", f"open({str(tmp_path / 'pid')!r}, 'w').write("
              "str(__import__('os').getpid()))\nraise RuntimeError\n")
        fails(tmp_path, "broken", "--chdir", tmp_path, *bind, words=["RuntimeError"])
        pid = int((tmp_path / "pid").read_text())
        wait_until(lambda: not Path(f"/proc/{pid}").exists(), "its child is gone")

    def test_it_runs_where_standard_streams_are_closed(self, tmp_path):
        """As a service manager without a log may start it."""
        port = free_port()
        process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", BINARY, "serve",
             hello(tmp_path), "--bind", f"127.0.0.1:{port}", "--python", sys.prefix],
            env={**os.environ, "TEST_FOLDER": str(tmp_path)})
        try:
            def answer():
                try:
                    with wire.Connection(("127.0.0.1", port)) as connection:
                        return connection.ask().text
                except OSError:
                    return None

            assert wait_until(answer, "it answers") == "hello"
        finally:
            process.terminate()
            assert process.wait(60) == 0
