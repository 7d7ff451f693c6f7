"""Configuration files as a command: `run --print-config`, `check`, `help` and -V, and the files
behind `serve`. Nothing here starts a server."""

import re
import subprocess

import pytest

from server import BINARY, PATIENCE, environment, run_forkloom

SITE = """\
Define PORT 8123
Listen 127.0.0.1:${PORT}
ErrorLog error.log
LogFormat "%h %>s" short

<VirtualHost *:8123>
    ServerName www.example.com
    DocumentRoot public
    Alias /media media
    WSGIScriptAlias /shop shop.wsgi
    CustomLog access.log short
    <Directory ${ROOT}>
        Require all granted
    </Directory>
</VirtualHost>
"""
APPLICATION = "application = None\n"


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def site(tmp_path):
    """A site whose files are all there."""
    folder = tmp_path / "site"
    write(folder, "public/index.html", "hello")
    write(folder, "media/picture.txt", "picture")
    write(folder, "shop.wsgi", APPLICATION)
    return write(folder, "site.conf", SITE)


def directives(text):
    """The lines that say something, without their indentation."""
    lines = map(str.strip, text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class TestCheck:
    def test_a_file_that_is_right(self, tmp_path, site):
        result = run_forkloom(tmp_path, "check", "-f", site, "-D", f"ROOT={site.parent}")
        assert (result.returncode, result.stdout, result.stderr) == (0, "Syntax OK\n", "")

    def test_a_file_seen_from_the_current_folder(self, tmp_path, site):
        result = run_forkloom(tmp_path, "check", "-f", "site.conf", cwd=site.parent,
                              ROOT=site.parent)
        assert (result.returncode, result.stderr) == (0, "")

    def test_every_error_of_every_file_at_once(self, tmp_path):
        more = write(tmp_path, "more/a.conf", "\nThreadsPerChild many\n")
        file = write(tmp_path, "site.conf", "Timeout 0\nInclude more/*.conf\nLissten 80\n")
        result = run_forkloom(tmp_path, "check", "-f", file)
        assert result.returncode == 1
        assert result.stdout == ""
        for start in (f"{file}:1: Timeout: ", f"{more}:2: ThreadsPerChild: ",
                      f"{file}:3: Lissten: "):
            assert re.search(f"^{re.escape(start)}", result.stderr, re.M), result.stderr
        assert "write Listen" in result.stderr
        assert result.stderr.splitlines()[-1] == f"forkloom: 3 errors in {file}"

    def test_an_error_shows_its_line(self, tmp_path):
        file = write(tmp_path, "site.conf", "  KeepAlive   perhaps\n")
        result = run_forkloom(tmp_path, "check", "-f", file)
        assert "\n    KeepAlive   perhaps\n" in result.stderr
        assert result.stderr.splitlines()[-1] == f"forkloom: 1 error in {file}"

    @pytest.mark.parametrize("line, words", [
        ("CustomLog - %J", "CustomLog: .*%J"),
        ("CustomLog /nowhere/log common", "CustomLog: /nowhere/log .*no folder /nowhere"),
        ("ErrorLog /nowhere/log", "ErrorLog: /nowhere/log .*no folder /nowhere"),
        ("TypesConfig gone.types", "TypesConfig: .*gone.types: No such file"),
        ("User no-such-account", "User: there is no user no-such-account"),
        ("Group no-such-account", "Group: there is no group no-such-account"),
    ])
    def test_what_a_server_could_not_start_with(self, tmp_path, line, words):
        file = write(tmp_path, "site.conf", f"{line}\n")
        for command in ("check", "run"):
            result = run_forkloom(tmp_path, command, "-f", file)
            assert result.returncode == {"check": 1, "run": 2}[command]
            assert result.stdout == ""
            assert re.search(f"^{re.escape(str(file))}:1: {words}", result.stderr, re.M), result.stderr
            assert result.stderr.splitlines()[-1] == f"forkloom: 1 error in {file}"

    def test_a_document_root_that_is_missing_is_a_warning(self, tmp_path):
        file = write(tmp_path, "site.conf", "DocumentRoot gone\n")
        result = run_forkloom(tmp_path, "check", "-f", file)
        assert (result.returncode, result.stdout) == (0, "Syntax OK\n")
        assert f"forkloom: warning: {file}:1: DocumentRoot: " in result.stderr
        assert str(tmp_path / "gone") in result.stderr

    def test_what_is_not_built_yet_is_noted(self, tmp_path):
        file = write(tmp_path, "site.conf", "WSGIDaemonProcess shop processes=2 threads=15\n")
        result = run_forkloom(tmp_path, "check", "-f", file)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == (f"note: run would refuse {file}:1: WSGIDaemonProcess: "
                                 "not built yet: daemon process groups\n")

    def test_nothing_is_imported(self, tmp_path):
        write(tmp_path, "app.wsgi", f"open({str(tmp_path / 'imported')!r}, 'w')\n")
        file = write(tmp_path, "site.conf", "WSGIScriptAlias / app.wsgi\n")
        assert run_forkloom(tmp_path, "check", "-f", file).returncode == 0
        assert not (tmp_path / "imported").exists()

    def test_logs_are_not_made(self, tmp_path):
        file = write(tmp_path, "site.conf", "ErrorLog error.log\nPidFile pid\n")
        assert run_forkloom(tmp_path, "check", "-f", file).returncode == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == ["site.conf"]


class TestPrintConfig:
    def test_it_shows_what_is_in_force_and_where_it_is_from(self, tmp_path, site):
        result = run_forkloom(tmp_path, "run", "-f", site, "-D", f"ROOT={site.parent}",
                              "--print-config")
        assert (result.returncode, result.stderr) == (0, "")
        lines = directives(result.stdout)
        assert f"ServerRoot {site.parent}" in lines
        assert "Listen 127.0.0.1:8123" in lines
        assert "KeepAliveTimeout 5" in lines
        assert f"<Directory {site.parent}>" in lines
        assert f"# {site}:2\nListen " in result.stdout

    def test_it_reads_back_to_itself(self, tmp_path, site):
        first = run_forkloom(tmp_path, "run", "-f", site, "-D", f"ROOT={site.parent}",
                             "--print-config")
        printed = write(tmp_path, "elsewhere/printed.conf", first.stdout)
        second = run_forkloom(tmp_path, "run", "-f", printed, "--print-config")
        assert (second.returncode, second.stderr) == (0, "")
        assert set(directives(second.stdout)) == set(directives(first.stdout))

    def test_what_serve_prints_is_a_file_for_run(self, tmp_path):
        script = write(tmp_path, "app.wsgi", APPLICATION)
        served = run_forkloom(tmp_path, "serve", script, "--mount", "/shop", "--bind", "8123",
                              "--static", f"/static={tmp_path}", "--threads", "7", "--access-log",
                              "-", "--access-log-format", '%h "%r" \\t', "--print-config")
        assert (served.returncode, served.stderr) == (0, "")
        printed = write(tmp_path, "printed.conf", served.stdout)
        assert run_forkloom(tmp_path, "check", "-f", printed).stdout == "Syntax OK\n"
        run = run_forkloom(tmp_path, "run", "-f", printed, "--print-config")
        assert (run.returncode, run.stderr) == (0, "")
        assert set(directives(run.stdout)) == set(directives(served.stdout))

    def test_what_is_not_built_is_printed_all_the_same(self, tmp_path):
        file = write(tmp_path, "site.conf", "WSGIDaemonProcess shop\nErrorLog /nowhere/log\n")
        result = run_forkloom(tmp_path, "run", "-f", file, "--print-config")
        assert result.returncode == 0
        assert "WSGIDaemonProcess shop" in directives(result.stdout)


class TestRun:
    def test_what_is_not_built_is_refused(self, tmp_path):
        file = write(tmp_path, "site.conf", "\nWSGIDaemonProcess shop  threads=4\n")
        result = run_forkloom(tmp_path, "run", "-f", file)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == (
            f"{file}:2: WSGIDaemonProcess: not built yet: daemon process groups\n"
            "    WSGIDaemonProcess shop  threads=4\n")

    def test_errors_are_those_of_check(self, tmp_path):
        file = write(tmp_path, "site.conf", "Timeout 0\nNonsense\n")
        run = run_forkloom(tmp_path, "run", "-f", file)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr == run_forkloom(tmp_path, "check", "-f", file).stderr

    @pytest.mark.parametrize("command", ["run", "check"])
    def test_a_file_that_cannot_be_read(self, tmp_path, command):
        for path, words in [(tmp_path / "gone.conf", "No such file"), (tmp_path, "is a folder")]:
            result = run_forkloom(tmp_path, command, "-f", path)
            assert result.returncode in (1, 2)
            assert str(path) in result.stderr
            assert words in result.stderr

    @pytest.mark.parametrize("arguments, words", [
        ([], "-f is required"),
        (["-f"], "-f: its value is missing"),
        (["-f", "a", "-D", "=x"], "-D: '' cannot be a variable's name"),
        (["-f", "a", "b"], "'b' is one argument too many"),
        (["-f", "a", "--print-confg"], "write --print-config"),
    ])
    def test_a_bad_option(self, tmp_path, arguments, words):
        result = run_forkloom(tmp_path, "run", *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert words in result.stderr

    def test_a_folder_of_files_is_included_in_order(self, tmp_path):
        write(tmp_path, "conf.d/b.conf", "ThreadsPerChild 2\n")
        write(tmp_path, "conf.d/a/z.conf", "ThreadsPerChild 1\nTimeout 11\n")
        write(tmp_path, "conf.d/.hidden", "Nonsense\n")
        file = write(tmp_path, "site.conf", "Include conf.d\nIncludeOptional none/*.conf\n")
        result = run_forkloom(tmp_path, "run", "-f", file, "--print-config")
        assert result.returncode == 0, result.stderr
        lines = directives(result.stdout)
        assert "ThreadsPerChild 2" in lines and "Timeout 11" in lines

    def test_a_link_that_leads_nowhere_is_an_error(self, tmp_path):
        (tmp_path / "enabled").mkdir()
        (tmp_path / "enabled" / "a.conf").symlink_to("/nowhere/a.conf")
        file = write(tmp_path, "site.conf", "Include enabled/*.conf\n")
        result = run_forkloom(tmp_path, "run", "-f", file, "--print-config")
        assert result.returncode == 2
        assert "enabled/a.conf: No such file" in result.stderr

    def test_names_choose_what_is_read(self, tmp_path):
        file = write(tmp_path, "site.conf",
                     "<IfDefine Large>\nThreadsPerChild ${THREADS}\n</IfDefine>\n"
                     "<IfDefine !Large>\nThreadsPerChild 1\n</IfDefine>\n")
        for names, threads in [((), 1), (("-D", "Large", "-DTHREADS=99"), 99)]:
            result = run_forkloom(tmp_path, "run", "-f", file, *names, "--print-config")
            assert f"ThreadsPerChild {threads}" in directives(result.stdout)


class TestHelp:
    def test_a_directive(self, tmp_path):
        result = run_forkloom(tmp_path, "help", "threadsperchild")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("ThreadsPerChild NUMBER\n")
        assert re.search(r"Default +25\n", result.stdout)

    @pytest.mark.parametrize("name", ["VirtualHost", "<VirtualHost>", "</virtualhost>"])
    def test_a_section(self, tmp_path, name):
        assert run_forkloom(tmp_path, "help", name).stdout.startswith("<VirtualHost ")

    def test_a_name_that_is_not_there(self, tmp_path):
        result = run_forkloom(tmp_path, "help", "WSGIScriptAlais")
        assert (result.returncode, result.stdout) == (2, "")
        assert "write WSGIScriptAlias " in result.stderr
        assert "mod_rewrite" in run_forkloom(tmp_path, "help", "RewriteRule").stderr

    def test_all_names(self, tmp_path):
        result = run_forkloom(tmp_path, "help")
        for name in ("Include", "Listen", "<VirtualHost>", "Alias", "WSGIScriptAlias"):
            assert f" {name}" in result.stdout
        assert max(map(len, result.stdout.splitlines())) <= 80

    def test_the_manual(self, tmp_path):
        result = run_forkloom(tmp_path, "help", "--manual")
        assert result.stdout.startswith("# Directives\n")
        assert "\n### WSGIScriptAlias\n" in result.stdout

    def test_a_command(self, tmp_path):
        assert (run_forkloom(tmp_path, "help", "run").stdout
                == run_forkloom(tmp_path, "run", "--help").stdout)


class TestVersionListing:
    def test_it_tells_what_the_binary_is_made_of(self, tmp_path):
        result = run_forkloom(tmp_path, "-V")
        assert (result.returncode, result.stderr) == (0, "")
        version = run_forkloom(tmp_path, "--version").stdout.split()[1]
        assert result.stdout.startswith(f"Server version: Forkloom/{version}\n")
        for line in (r"Server built:   \S+ +\d+ \d{4} \d\d:\d\d:\d\d UTC",
                     r"Compiled using: .+", r"Architecture:   \d\d-bit",
                     r"Process models: prefork worker winnt .*",
                     r' -D DEFAULT_RUNTIMEDIR="/run/forkloom"'):
            assert re.search(f"^{line}$", result.stdout, re.M), line
        assert "Server MPM" not in result.stdout

    @pytest.mark.parametrize("model, name, threaded, forked", [
        ("worker", "Worker", "yes (fixed thread count)", "yes (variable process count)"),
        ("prefork", "Prefork", "no", "yes (variable process count)"),
        ("winnt", "WinNT", "yes (fixed thread count)", "no"),
    ])
    def test_it_tells_the_model_of_a_file(self, tmp_path, model, name, threaded, forked):
        file = write(tmp_path, "site.conf", f"MPM {model}\n")
        result = run_forkloom(tmp_path, "-V", "-f", file)
        assert result.returncode == 0, result.stderr
        assert (f"\nServer MPM:     {name}\n"
                f"  threaded:     {threaded}\n"
                f"    forked:     {forked}\n") in result.stdout

    def test_of_a_file_with_errors_it_tells_those(self, tmp_path):
        file = write(tmp_path, "site.conf", "MPM eager\n")
        result = run_forkloom(tmp_path, "-V", "-f", file)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"{file}:1: MPM: " in result.stderr


class TestServe:
    def print_config(self, folder, *arguments):
        result = run_forkloom(folder, "serve", "app.wsgi", *arguments, "--print-config", cwd=folder)
        assert result.returncode == 0, result.stderr
        return result

    @pytest.fixture(autouse=True)
    def application(self, tmp_path):
        return write(tmp_path, "app.wsgi", APPLICATION)

    def test_its_lines_name_their_options(self, tmp_path):
        text = self.print_config(tmp_path, "--bind", "8123", "--threads", "7").stdout
        assert "# --bind\nListen 8123\n" in text
        assert "# --threads\nThreadsPerChild 7\n" in text
        assert f"# TARGET\nWSGIScriptAlias / {tmp_path}/app.wsgi\n" in text

    def test_static_files_come_before_the_application(self, tmp_path):
        lines = directives(self.print_config(tmp_path, "--static", "/static=css",
                                             "--static", "/media/=/srv/media").stdout)
        aliases = [line for line in lines if re.match(r"(WSGIScript)?Alias ", line)]
        assert aliases == [f"Alias /static {tmp_path}/css", "Alias /media /srv/media",
                           f"WSGIScriptAlias / {tmp_path}/app.wsgi"]

    def test_relative_paths_are_seen_from_chdir(self, tmp_path):
        write(tmp_path, "site/app.wsgi", APPLICATION)
        write(tmp_path, "site/more.conf", "ErrorLog more.log\n")
        lines = directives(self.print_config(
            tmp_path, "--chdir", "site", "--mount", "/shop", "--static", "/shop/static=css",
            "--document-root", "public", "--config", "more.conf").stdout)
        for line in (f"Alias /shop/static {tmp_path}/site/css",
                     f"DocumentRoot {tmp_path}/site/public",
                     f"ForkloomWorkingDirectory {tmp_path}/site", "ErrorLog more.log",
                     f"ServerRoot {tmp_path}/site"):
            assert line in lines, line

    def test_a_file_overrides_what_serve_sets_and_options_the_file(self, tmp_path):
        file = write(tmp_path, "more.conf", "WSGIScriptReloading On\nThreadsPerChild 2\nTimeout 9\n")
        text = self.print_config(tmp_path, "--config", "more.conf", "--threads", "3").stdout
        lines = directives(text)
        for line in ("WSGIScriptReloading On", "ThreadsPerChild 3", "Timeout 9",
                     "WSGIPassAuthorization On"):
            assert line in lines, line
        assert "WSGIScriptReloading Off" not in lines
        assert f"# {file}:3\nTimeout 9\n" in text

    def test_a_warning_of_a_file_is_told(self, tmp_path):
        write(tmp_path, "more.conf", "HostnameLookups On\n")
        result = self.print_config(tmp_path, "--config", "more.conf")
        assert f"forkloom: warning: {tmp_path}/more.conf:1: HostnameLookups: " in result.stderr

    @pytest.mark.parametrize("arguments, words", [
        (["--static", "css"], "--static: 'css'"),
        (["--static", "/=css"], "--static: files at / would leave the application"),
        (["--static", "static=css"], "--static: the URL path 'static'"),
        (["--document-root", "public"], "--document-root: .*--static /URL=PATH"),
        (["--config", "gone.conf"], "--config: there is no file .*gone.conf"),
        (["--bind", "8123", "--bind", "*:8123"], r"--bind: the address \*:8123 is given twice: "),
        (["--access-log", "-", "--access-log-format", "%J"], "--access-log: .*%J"),
    ])
    def test_a_bad_option(self, tmp_path, arguments, words):
        result = run_forkloom(tmp_path, "serve", "app.wsgi", *arguments, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, "")
        assert re.search(f"^forkloom: {words}", result.stderr, re.M), result.stderr
        assert "command line" not in result.stderr

    def test_what_is_not_built_is_refused(self, tmp_path):
        file = write(tmp_path, "more.conf", "WSGIDaemonProcess shop\n")
        result = run_forkloom(tmp_path, "serve", "app.wsgi", "--config", file, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (1, "")
        assert f"{file}:1: WSGIDaemonProcess: not built yet: " in result.stderr


def test_output_that_cannot_be_written_is_a_failure(tmp_path):
    with open("/dev/full", "w") as full:
        result = subprocess.run([BINARY, "help", "--manual"], stdout=full, cwd=tmp_path,
                                env=environment(tmp_path), timeout=PATIENCE, check=False)
    assert result.returncode == 1
