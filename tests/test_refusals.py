"""Configurations that no server starts with: what is not built yet, and what is wrong."""

import re
import socket

import pytest

from server import run_forkloom

UNBUILT = [
    ("WSGIDaemonProcess shop processes=2", "daemon process groups"),
    ("WSGIDispatchScript /srv/dispatch.py", "daemon process groups"),
    ("WSGIHandlerScript name /srv/handler.py", "script handlers"),
    ("<WSGIInterpreterOptions>\n    WSGISwitchInterval 0.1\n</WSGIInterpreterOptions>",
     "interpreters of an application's own"),
    ("<Location /x>\n    WSGIAccessScript /srv/access.py\n</Location>", "access"),
    ("<Location /x>\n    WSGIAuthUserScript /srv/user.py\n</Location>", "access"),
    ("<Location /x>\n    WSGIAuthGroupScript /srv/group.py\n</Location>", "access"),
    ("WSGITelemetryService unix:/run/telemetry", "metrics"),
    ("WSGISlowRequests 3", "metrics"),
    ("WSGIApplicationGroup %{RESOURCE}", ""),
    ("WSGIApplicationGroup shop", ""),
    ("WSGIProcessGroup %{ENV:GROUP}", ""),
    ("WSGIScriptAlias /x /srv/x.wsgi application-group=%{SERVER}", ""),
    ("WSGIImportScript /srv/x.wsgi process-group=%{GLOBAL} application-group=shop", ""),
]


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("lines, what", UNBUILT, ids=[lines.split()[0] + " " + lines.split()[1]
                                                      for lines, _ in UNBUILT])
def test_what_is_not_built_yet_is_refused(site, lines, what):
    result = site.run_to_end("WSGIScriptAlias / ${APPS}/probe.py\n" + lines + "\n")
    file = site.folder / "site.conf"
    first = file.read_text().splitlines().index(lines.splitlines()[0]) + 1
    last = first + lines.count("\n")
    assert (result.returncode, result.stdout) == (1, "")
    told = re.search(rf"^{re.escape(str(file))}:(\d+): .*not built yet: {what}", result.stderr, re.M)
    assert told, result.stderr
    assert first <= int(told[1]) <= last
    assert not is_listening(site.port)
    assert site.log_lines("error.log") == []


def test_all_that_is_not_built_is_told_at_once(site):
    more = site.write("more.conf", "\nWSGIDaemonProcess second\n")
    result = site.run_to_end(
        "WSGIDaemonProcess first\nInclude ${SITE}/more.conf\nWSGISlowRequests 3\n")
    assert result.returncode == 1
    places = re.findall(r"^(\S+):(\d+): (\w+): not built yet", result.stderr, re.M)
    file = str(site.folder / "site.conf")
    assert [(place[0], place[2]) for place in places] == [
        (file, "WSGIDaemonProcess"), (str(more), "WSGIDaemonProcess"), (file, "WSGISlowRequests")]


def test_errors_come_before_what_is_not_built(site):
    result = site.run_to_end("WSGIDaemonProcess shop\nTimeout never\n")
    assert result.returncode == 2
    assert re.search(r"^\S+:\d+: Timeout: ", result.stderr, re.M)


def test_eleven_errors_in_two_files_are_told_in_order(site):
    more = site.write("more.conf", """\
        KeepAlive perhaps
        <Directory ${SITE}>
            Options Indexes -FollowSymLinks
            Require nobody
        </Directory>
        Redirect 999 /a http://b.example/
        """)
    file = site.write("site.conf", f"""\
        Define SITE {site.folder}
        Timeout 0
        ServerNam example.com
        Listen 127.0.0.1:99999
        Include ${{SITE}}/more.conf
        LogLevel loud
        <VirtualHost *:80>
            ThreadsPerChild 5
            AliasMatch ^/((a$ /srv/a
        </VirtualHost>
        WSGIScriptAlias /only
        """)
    result = run_forkloom(site.logs, "check", "-f", file)
    assert (result.returncode, result.stdout) == (1, "")
    places = re.findall(r"^(\S+\.conf):(\d+): (\w+)", result.stderr, re.M)
    # Each file's by line, and the files as they are read.
    assert places == [
        (str(file), "2", "Timeout"), (str(file), "3", "ServerNam"), (str(file), "4", "Listen"),
        (str(file), "6", "LogLevel"), (str(file), "8", "ThreadsPerChild"),
        (str(file), "9", "AliasMatch"), (str(file), "11", "WSGIScriptAlias"),
        (str(more), "1", "KeepAlive"), (str(more), "3", "Options"), (str(more), "4", "Require"),
        (str(more), "6", "Redirect"),
    ]
    assert result.stderr.splitlines()[-1] == f"forkloom: 11 errors in {file}"


@pytest.mark.parametrize("text, words", [
    ("<VirtualHost *:80>\n", "VirtualHost"),
    ("</Directory>\n", "Directory"),
    ("<Directory /a>\n</Location>\n", "Location"),
    ("Include missing.conf\n", "missing.conf"),
    ("Listen ${NOWHERE}\n", "NOWHERE"),
    ("Error \"not on this machine\"\n", "not on this machine"),
    ("ServerName \"unfinished\n", "ServerName"),
])
def test_a_file_that_is_broken_is_refused_with_its_line(site, text, words):
    file = site.write("site.conf", text)
    result = run_forkloom(site.logs, "run", "-f", file)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.search(rf"^{re.escape(str(file))}:\d+: .*{re.escape(words)}", result.stderr, re.M)


def test_a_file_that_includes_itself_comes_to_an_end(site):
    file = site.write("site.conf", "Include site.conf\n")
    result = run_forkloom(site.logs, "run", "-f", file)
    assert result.returncode == 2
    assert "site.conf:1: " in result.stderr


@pytest.mark.parametrize("line, word", [
    ("ErrorLog /nowhere/error.log", "/nowhere"),
    ("WSGIPythonHome /nowhere/python", "/nowhere/python"),
    ("PidFile /nowhere/pid", "/nowhere/pid"),
    ("ForkloomWorkingDirectory /nowhere", "/nowhere"),
])
def test_what_is_missing_on_the_machine_is_told_at_start(site, line, word):
    result = site.run_to_end(f"WSGIScriptAlias / ${{APPS}}/probe.py\n{line}\n")
    assert result.returncode in (1, 2)
    assert result.stdout == ""
    assert word in result.stderr
    assert not is_listening(site.port)
