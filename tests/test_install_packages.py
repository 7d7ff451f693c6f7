"""tools/install_packages.sh, with stand-ins for the programs that would change the machine."""

import os
import subprocess

import pytest

from server import REPOSITORY

SCRIPT = REPOSITORY / "tools" / "install_packages.sh"


@pytest.fixture
def machine(tmp_path):
    """run(installed, user, has_sudo): the script on a machine that has those packages or all."""
    calls = tmp_path / "calls"

    def run(installed="all", user=0, has_sudo=False, sets=()):
        programs = tmp_path / "programs"
        programs.mkdir(exist_ok=True)
        stand_ins = {
            "id": f"echo {user}",
            "dpkg-query": (
                "echo 'ii '" if installed == "all" else
                f'case " {installed} " in *" ${{@: -1}} "*) echo "ii ";; *) exit 1;; esac'),
            "apt-get": f'echo "apt-get $*" >> {calls}',
            "python3": "exit 0",
        }
        if has_sudo:
            stand_ins["sudo"] = f'[ "$1" = -n ] && exit 0; echo "sudo $1" >> {calls}; "$@"'
        for name, text in stand_ins.items():
            (programs / name).write_text(f"#!/bin/bash\n{text}\n")
            (programs / name).chmod(0o755)
        for name in ("env", "bash"):
            if not (programs / name).exists():
                (programs / name).symlink_to(f"/usr/bin/{name}")
        result = subprocess.run(
            ["/bin/bash", SCRIPT, *sets], env={"PATH": str(programs)}, capture_output=True,
            text=True, stdin=subprocess.DEVNULL)
        return result, calls.read_text().splitlines() if calls.exists() else []

    return run


def test_it_is_silent_where_nothing_is_missing(machine):
    result, calls = machine(user=1000)
    assert (result.returncode, result.stdout, result.stderr, calls) == (0, "", "", [])


def test_root_installs_what_is_missing_and_nothing_else(machine):
    result, calls = machine(installed="cmake git curl wrk", sets=["build", "test"])
    assert result.returncode == 0, result.stderr
    assert calls[0].startswith("apt-get update")
    install = calls[1].split()
    assert "ninja-build" in install and "nghttp2-client" in install
    assert not {"cmake", "git", "curl", "wrk"} & set(install)


def test_another_user_installs_through_sudo(machine):
    result, calls = machine(installed="", user=1000, has_sudo=True)
    assert result.returncode == 0, result.stderr
    assert calls[0] == "sudo apt-get"
    assert any(call.startswith("apt-get install") for call in calls)


def test_without_root_and_sudo_it_says_what_to_ask_for(machine):
    result, calls = machine(installed="cmake", user=1000)
    assert result.returncode == 1
    assert "neither root nor sudo" in result.stderr
    assert "apt-get install" in result.stderr and "ninja-build" in result.stderr
    assert calls == []


def test_an_unknown_set_is_refused(machine):
    result, _ = machine(sets=["everything"])
    assert result.returncode == 2
    assert "build, test, compare or lint" in result.stderr


def test_the_scripts_may_be_run():
    for path in (*(REPOSITORY / "tools").glob("*.sh"), REPOSITORY / ".ci" / "run"):
        assert os.access(path, os.X_OK), path
