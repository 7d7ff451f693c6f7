"""The process that runs the application is the chosen interpreter itself."""

import json
import os
import subprocess
import sys

import pytest

from server import APPS, environment

BY_HAND = ("import json, sys, os; print(json.dumps({'executable': sys.executable, "
           "'prefix': sys.prefix, 'base_prefix': sys.base_prefix, 'path': sys.path, "
           "'version': sys.version, 'flags': list(map(int, sys.flags))}))")


def python_by_hand(python, **variables):
    """What the interpreter says when a user runs it."""
    values = environment("/nowhere", **variables)
    values.pop("LD_PRELOAD", None)
    output = subprocess.run([python, "-c", BY_HAND], capture_output=True, text=True, check=True,
                            env=values).stdout
    return json.loads(output)


@pytest.fixture(scope="module")
def virtual_environment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    [packages] = folder.glob("lib/python3*/site-packages")
    extra = folder / "extra"
    extra.mkdir()
    (packages / "extra.pth").write_text(f"{extra}\nimport sys; sys.from_pth = 'ran'\n")
    (packages / "only_here.py").write_text("PLACE = 'site-packages'\n")
    (extra / "from_extra.py").write_text("PLACE = 'extra'\n")
    return folder


def check_is_itself(seen, by_hand, folder):
    for name in ("executable", "prefix", "base_prefix", "version"):
        assert seen[name] == by_hand[name], name
    assert seen["path"][0] == str(folder)
    assert seen["path"][1:] == by_hand["path"][1:]


def test_a_virtual_environment_is_what_it_is_by_hand(serve, virtual_environment):
    server = serve("probe", "--chdir", APPS, python=virtual_environment)
    seen = server.get_json()
    check_is_itself(seen, python_by_hand(virtual_environment / "bin" / "python"), APPS)
    assert seen["prefix"] == str(virtual_environment)


def test_its_interpreter_may_be_named_instead(serve, virtual_environment):
    python = virtual_environment / "bin" / "python"
    seen = serve("probe", "--chdir", APPS, python=python).get_json()
    check_is_itself(seen, python_by_hand(python), APPS)


def test_virtual_env_of_the_environment_is_the_default(serve, virtual_environment):
    server = serve("probe", "--chdir", APPS, python=None, VIRTUAL_ENV=virtual_environment)
    assert server.get_json()["prefix"] == str(virtual_environment)
    assert str(virtual_environment) in server.start_lines()


def test_python3_on_path_is_the_default_without_it(serve, virtual_environment):
    path = f"{virtual_environment}/bin:{os.environ['PATH']}"
    server = serve("probe", "--chdir", APPS, python=None, PATH=path)
    seen = server.get_json()
    check_is_itself(seen, python_by_hand("python3", PATH=path), APPS)
    assert seen["prefix"] == str(virtual_environment)


def test_the_executed_program_is_that_python(serve, virtual_environment):
    server = serve("probe", "--chdir", APPS, python=virtual_environment)
    seen = server.get_json()
    assert seen["pid"] == server.worker_pid()
    assert seen["parent"] == server.pid
    assert os.path.samefile(f"/proc/{seen['pid']}/exe", virtual_environment / "bin" / "python")


def test_pth_files_and_site_packages_work(serve, tmp_path, virtual_environment):
    (tmp_path / "places.py").write_text(
        "import sys, only_here, from_extra\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [f'{only_here.PLACE} {from_extra.PLACE} {sys.from_pth}'.encode()]\n")
    server = serve("places", "--chdir", tmp_path, python=virtual_environment)
    assert server.ask().text == "site-packages extra ran"


def test_pythonpath_works_as_by_hand(serve, tmp_path, virtual_environment):
    (tmp_path / "from_variable.py").write_text("")
    server = serve("probe", "--chdir", APPS, python=virtual_environment, PYTHONPATH=tmp_path)
    by_hand = python_by_hand(virtual_environment / "bin" / "python", PYTHONPATH=tmp_path)
    check_is_itself(server.get_json(), by_hand, APPS)


def test_python_variables_work_as_by_hand(serve, tmp_path):
    (tmp_path / "flags.py").write_text(
        "import json, sys\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'application/json')])\n"
        "    return [json.dumps(list(map(int, sys.flags))).encode()]\n")
    variables = {"PYTHONOPTIMIZE": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    server = serve("flags", "--chdir", tmp_path, **variables)
    assert server.get_json() == python_by_hand(
        f"{sys.prefix}/bin/python", **variables)["flags"]


def test_python_path_stands_after_the_application_s_folder(serve, tmp_path):
    server = serve("probe", "--chdir", APPS, "--python-path", tmp_path)
    path = server.get_json()["path"]
    assert path[0] == str(APPS)
    assert str(tmp_path) in path


def test_a_script_s_folder_comes_first(serve, tmp_path):
    script = tmp_path / "site" / "app.wsgi"
    script.parent.mkdir()
    script.write_text(f"import sys\nsys.path.append({str(APPS)!r})\n"
                      "from probe import application\n")
    assert serve(script).get_json()["path"][0] == str(script.parent)


def test_argv_names_no_inner_matter(serve, tmp_path):
    argv = serve("probe", "--chdir", APPS).get_json()["argv"]
    assert len(argv) >= 1
    assert not any(argument.isdigit() or "runtime" in argument for argument in argv)


def test_modules_of_the_application_hide_nothing_that_the_start_needs(serve, tmp_path):
    """A file with a standard module's name harms only who imports it from there."""
    (tmp_path / "importlib.py").write_text("raise RuntimeError('the wrong one')\n")
    (tmp_path / "app.py").write_text(
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [b'served']\n")
    assert serve("app", "--chdir", tmp_path).ask().text == "served"


def test_signals_stay_the_server_s(serve, tmp_path):
    """An application that takes TERM and INT for itself neither fails nor gets them."""
    (tmp_path / "grabbing.py").write_text(
        "import signal\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):\n"
        "    signal.signal(number, lambda *_: None)\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [b'served']\n")
    server = serve("grabbing", "--chdir", tmp_path)
    assert server.ask().text == "served"
    server.wait_for_log(r"(?i)signal")
    server.signal()
    assert server.wait() == 0


# The C library's own two, which its posix_spawn leaves ignored: no program sees them.
LIBRARY_SIGNALS = 1 << 31 | 1 << 32

CHILD = """
import json, os, signal
lines = dict(x.split(":", 1) for x in open("/proc/self/status").read().splitlines() if ":" in x)
own = os.open("/proc/self/fd", os.O_RDONLY)
descriptors = [int(x) for x in os.listdir(own) if int(x) != own]
print(json.dumps({
    "descriptors": [(x, os.readlink(f"/proc/self/fd/{x}")) for x in descriptors
                    if os.path.lexists(f"/proc/self/fd/{x}")],
    "blocked": lines["SigBlk"].strip(), "ignored": lines["SigIgn"].strip()}))
"""


def test_programs_that_the_application_runs_inherit_nothing(serve, tmp_path):
    """Neither descriptors (with close_fds off, too) nor blocked or ignored signals."""
    (tmp_path / "starting.py").write_text(
        "import subprocess, sys\n"
        f"CHILD = {CHILD!r}\n"
        "def run():\n"
        "    return subprocess.run([sys.executable, '-I', '-c', CHILD], capture_output=True,\n"
        "                          check=True, close_fds=False, stdin=subprocess.DEVNULL).stdout\n"
        "AT_IMPORT = run()\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'application/json')])\n"
        "    return [AT_IMPORT if environ['PATH_INFO'] == '/import' else run()]\n")
    server = serve("starting", "--chdir", tmp_path)
    by_hand = json.loads(subprocess.run(
        [sys.executable, "-I", "-c", CHILD], capture_output=True, check=True,
        stdin=subprocess.DEVNULL).stdout)
    for path in ("/import", "/request"):
        seen = server.get_json(path)
        assert [number for number, _ in seen["descriptors"] if number > 2] == [], seen
        assert int(seen["blocked"], 16) == 0
        ignored = [int(status["ignored"], 16) & ~LIBRARY_SIGNALS for status in (seen, by_hand)]
        assert ignored[0] == ignored[1]


def test_multiprocessing_by_fork_works_in_a_request(serve, tmp_path):
    """The main interpreter may fork; the child ends without taking the server along."""
    (tmp_path / "forking.py").write_text(
        "import os\n"
        "def application(environ, start_response):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        os._exit(7)\n"
        "    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [str(status).encode()]\n")
    server = serve("forking", "--chdir", tmp_path)
    for _ in range(3):
        assert server.ask().text == "7"


def test_nothing_of_ours_is_left_in_the_environment(serve):
    """What the parent hands to its child is not for the application's own children."""
    variables = serve("probe", "--chdir", APPS).get_json()["variables"]
    assert not [name for name in variables
                if "forkloom" in name.lower() and name not in os.environ]
