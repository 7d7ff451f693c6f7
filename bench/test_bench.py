"""Tests of what the bench computes and writes. No server is installed or measured here."""

import http.server
import os
import pathlib
import random
import re
import subprocess
import sys
import threading

import pytest

from forkloom_bench import (
    apache,
    campaign,
    environment,
    facts,
    loads,
    measure,
    merge,
    nginx,
    processes,
    report,
    servers,
    summary,
)

TESTDATA = pathlib.Path(__file__).with_name("testdata")
HELLO = next(case for case in loads.CASES if case.name == "hello1")
ECHO = next(case for case in loads.CASES if case.name == "echo")
STATIC = next(case for case in loads.CASES if case.name == "static1k")
CLOSE = next(case for case in loads.CASES if case.has_new_connections)
KEPT = loads.Verdict(None, keeps_alive=True)


def counts(**changes):
    found = measure.parse_wrk((TESTDATA / "wrk_hello.txt").read_text())
    return {**found, **changes}


def filled(case=HELLO, closings=0, cpu_seconds=0.5, **changes):
    sample = measure.Sample(1, case.name, "x", closings=closings)
    measure.figures(sample, case, counts(**changes), cpu_seconds, connections=4)
    return sample


def sample(server, round, speed, **changes):
    record = measure.Sample(
        round, "hello1", server, speed, 1000, 5000, 1e6 / speed, 20.0, keeps_alive=True
    ).record()
    return {**record, **changes}


def results(samples, **changes):
    names = ["forkloom", "gunicorn-sync"]
    described = [
        {
            "name": name,
            "title": servers.named(name).title,
            "version": "1.2",
            "note": "" if name == "forkloom" else "no threads",
            "command": f"start {name}",
            "configuration": "",
        }
        for name in names
    ]
    return {
        "machine": {"Cores": "2"},
        "rounds": 3,
        "seconds": 2,
        "warm_up_seconds": 1,
        "connections": 64,
        "is_pinned": True,
        "seed": 1,
        "cases": [{"name": "hello1", "title": "Hello world, 1 thread"}],
        "servers": described,
        "skipped": {},
        "samples": samples,
        **changes,
    }


# wrk's report


def test_the_report_line_is_found_among_wrk_s_own_lines():
    found = counts()
    assert found["requests"] == 1780
    assert found["duration_us"] == 1011341
    assert (found["p50_us"], found["p99_us"]) == (2064, 21204)


def test_wrk_without_a_report_is_a_fault_with_its_last_line():
    with pytest.raises(measure.WrkFault, match="unable to connect"):
        measure.parse_wrk("unable to connect to 127.0.0.1:1 Connection refused\n")


def test_figures_are_per_second_and_per_request():
    found = filled()
    assert found.fault is None
    assert found.requests_per_second == pytest.approx(1780 / 1.011341)
    assert found.cpu_us_per_request == pytest.approx(0.5e6 / 1780)
    assert found.served_connections == pytest.approx(1780 / 1.011341 * 2965.1e-6)


def test_answers_with_a_wrong_status_are_not_speed():
    wrong = measure.parse_wrk((TESTDATA / "wrk_status_500.txt").read_text())
    found = measure.Sample(1, HELLO.name, "x")
    measure.figures(found, HELLO, wrong, 0.5, connections=4)
    assert wrong["status"] == wrong["requests"] > 0
    assert found.requests_per_second == 0
    assert found.fault == "no right answer under load"


def test_a_few_errors_are_counted_and_many_are_a_fault():
    few = filled(status=10)
    assert (few.fault, few.errors) == (None, 10)
    assert few.requests_per_second == pytest.approx(1770 / 1.011341)
    assert filled(timeout=100).fault.startswith("100 errors in 1780 requests")


def test_answers_shorter_than_the_right_one_are_a_fault():
    assert filled(bytes=1780 * 12).fault == "answers cut short under load"
    assert filled(case=ECHO).fault == "answers cut short under load"


def test_a_close_that_nothing_announced_is_no_error_where_the_client_asked_for_it():
    server = servers.named("uwsgi")
    silent, announced = loads.Verdict(None), loads.Verdict(None, announces_close=True)
    assert measure.closings(CLOSE, counts(read=1780), server, silent) == 1780
    assert measure.closings(CLOSE, counts(read=2000), server, silent) == 1780
    assert measure.closings(CLOSE, counts(read=1780), server, announced) == 0
    assert measure.closings(HELLO, counts(read=5), server, KEPT) == 0
    assert measure.closings(HELLO, counts(read=5), servers.named("apache-embedded"), KEPT) == 5
    assert filled(closings=1780, read=1780).errors == 0
    assert filled(closings=1780, read=1880).fault.startswith("100 errors")


def test_how_many_connections_are_answered_is_not_guessed_from_a_few_answers():
    assert filled(requests=39).served_connections is None


# the check


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers what the test put into the server's `answer`: a status and a body."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked = self.path
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answer = (200, self.server.changed(body))
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as found:
        found.daemon_threads = True
        found.answer = (200, b"Hello, world!")
        found.changed = lambda body: body
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def test_a_right_answer_on_a_kept_connection_passes(server):
    assert loads.check(server.server_port, HELLO) == KEPT


def test_a_wrong_body_of_the_right_length_fails(server):
    server.answer = (200, b"Hello, World!")
    assert loads.check(server.server_port, HELLO).fault.startswith("wrong body")


def test_another_status_fails(server):
    server.answer = (404, b"Hello, world!")
    assert loads.check(server.server_port, HELLO).fault == "status 404"


def test_a_static_file_is_asked_for_by_its_name(server):
    server.answer = (200, loads.file_bytes()[:1024])
    assert loads.check(server.server_port, STATIC) == KEPT
    assert server.asked == "/1k.html"


def test_an_echo_must_give_back_every_byte(server):
    assert loads.check(server.server_port, ECHO).fault is None
    server.changed = lambda body: body[:-1] + bytes([body[-1] ^ 1])
    assert loads.check(server.server_port, ECHO).fault.startswith("wrong body")


def test_a_connection_kept_against_the_client_s_wish_fails(server, monkeypatch):
    assert loads.check(server.server_port, CLOSE).fault is None
    parse = Answer.parse_request

    def parse_and_keep(self):
        is_right = parse(self)
        self.close_connection = False
        return is_right

    monkeypatch.setattr(Answer, "parse_request", parse_and_keep)
    assert "kept the connection" in loads.check(server.server_port, CLOSE).fault


def test_nobody_listening_is_a_fault():
    assert "ConnectionRefused" in loads.check(processes.free_port(), HELLO).fault


def test_each_case_has_an_application_or_a_file_and_a_right_answer():
    for case in loads.CASES:
        assert (case.app == "") != (case.file == "")
        assert case.file in loads.STATIC_SIZES or (loads.BENCH / "apps" / f"{case.app}.py").exists()
        assert loads.answer_size(case) > 0
    assert len(loads.file_bytes()) == loads.MEBIBYTE


def test_the_applications_are_laid_out_with_the_files_that_are_served(tmp_path):
    loads.lay_out(tmp_path / "apps")
    assert (tmp_path / "apps" / "file1m.bin").read_bytes() == loads.file_bytes()
    assert (tmp_path / "apps" / "templates" / "orders.html").exists()
    sizes = {file.name: file.stat().st_size for file in (tmp_path / "apps" / "files").iterdir()}
    assert sizes == {"1k.html": 1024, "1m.html": loads.MEBIBYTE}


# processes

FAMILY = """
import os, signal, time
if os.fork() == 0:
    x = 0
    for i in range(3_000_000): x += i
    print("ready", flush=True)
    time.sleep(60)
time.sleep(60)
"""


@pytest.fixture
def family():
    found = subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE)
    assert found.stdout.readline() == b"ready\n"
    yield found
    for pid in processes.tree(found.pid):
        os.kill(pid, 9)
    found.wait()
    found.stdout.close()


def test_the_tree_holds_the_child_with_its_time_and_memory(family):
    pids = processes.tree(family.pid)
    assert len(pids) == 2 and pids[0] == family.pid
    child = processes.cpu_seconds(pids[1])
    assert child > 0
    assert processes.cpu_seconds(family.pid) >= child
    assert processes.memory_mib(family.pid) > processes.memory_mib(pids[1]) > 0


def test_a_name_with_brackets_does_not_confuse_the_fields(tmp_path):
    program = tmp_path / "a) (b"
    program.symlink_to("/bin/sleep")
    running = subprocess.Popen([str(program), "60"])
    assert int(processes.stat_fields(running.pid)[1]) == os.getpid()
    running.kill()
    running.wait()


def test_a_stopped_server_leaves_no_process_behind():
    code = f"""
import sys; sys.path.insert(0, {str(loads.BENCH)!r})
from forkloom_bench import processes
processes.adopt_orphans()
words = "import os, signal, time; signal.signal(15, signal.SIG_IGN); os.fork(); os.fork(); "
words += "print('ready', flush=True); time.sleep(60)"
import subprocess, os
running = processes.start([sys.executable, "-c", words], subprocess.PIPE, "/", dict(os.environ))
[running.stdout.readline() for _ in range(4)]
assert len(processes.tree(running.pid)) == 4
processes.stop(running, seconds=0.1)
assert processes.tree(os.getpid()) == [os.getpid()], processes.tree(os.getpid())
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# medians and ratios


def test_a_ratio_is_the_median_of_the_ratios_within_each_round():
    samples = [sample("forkloom", 1, 100), sample("forkloom", 2, 200), sample("forkloom", 3, 400)]
    samples += [sample("gunicorn-sync", 1, 50), sample("gunicorn-sync", 2, 20)]
    samples += [sample("gunicorn-sync", 3, 100)]
    ours, other = summary.rows(results(samples), "hello1")
    assert (ours.server, other.server) == ("forkloom", "gunicorn-sync")
    assert other.figures["requests_per_second"] == 50
    assert other.ratios["requests_per_second"] == 0.25
    assert other.ratios["cpu_us_per_request"] == 4
    assert other.spread == pytest.approx(80 / 50)


def test_one_failed_round_leaves_no_figures():
    samples = [sample("forkloom", 1, 100)]
    samples += [sample("gunicorn-sync", 1, 50), sample("gunicorn-sync", 2, 50, fault="status 500")]
    row = summary.rows(results(samples), "hello1")[1]
    assert (row.figures, row.ratios) == ({}, {})
    assert row.fault == "failed in 1 of 2 rounds: status 500"


def test_without_forkloom_there_are_figures_and_no_ratios():
    row = summary.rows(results([sample("gunicorn-sync", 1, 50)]), "hello1")[0]
    assert row.figures["requests_per_second"] == 50
    assert row.ratios == {}


def test_a_failed_round_of_the_reference_gives_no_ratio():
    samples = [sample("forkloom", 1, 100, fault="x"), sample("gunicorn-sync", 1, 50)]
    assert summary.rows(results(samples), "hello1")[0].ratios == {}


def test_remarks_tell_of_errors_closings_starving_and_a_full_load_generator():
    odd = {"errors": 3, "closings": 7, "served_connections": 19.0, "load_core_share": 0.99}
    assert summary.remarks([sample("forkloom", 1, 100, **odd)], 64) == [
        "3 errors",
        "closed 7 connections without announcing it",
        "answers only about 19 of 64 connections",
        "wrk at its limit: more may be possible",
    ]
    assert summary.remarks([sample("forkloom", 1, 100, served_connections=60.0)], 64) == []


# the page


def two_servers(**changes):
    return results([sample("forkloom", 1, 12345), sample("gunicorn-sync", 1, 1234.5)], **changes)


def test_the_page_has_figures_ratios_machine_method_and_command_lines():
    page = report.markdown(two_servers(skipped={"uWSGI": "no compiler"}), "benchmarks.svg")
    assert "| Forkloom | 12,345 | 1.00 | 5.00 | 81.0 | 20.0 | 0% |  |" in page
    assert "| gunicorn, sync * | 1,234 (0.10×) | 1.00 (1.00×) | 5.00 (1.00×) |" in page
    assert "810.0 (10.00×)" in page
    assert "(benchmarks.svg)" in page
    assert "| Cores | 2 |" in page
    assert "held to one core" in page
    assert "**gunicorn, sync** 1.2 (no threads)\n  `start gunicorn-sync`" in page
    assert "**uWSGI** skipped: no compiler" in page
    assert "{" not in page


def test_the_page_tells_when_nothing_was_pinned():
    page = report.markdown(two_servers(is_pinned=False), None)
    assert "Neither side is held to a core." in page
    assert "![" not in page


def test_every_line_of_a_table_has_the_same_number_of_cells():
    samples = [sample("forkloom", 1, 12345), sample("gunicorn-sync", 1, 1, fault="a | b")]
    lines = report.markdown_table(results(samples), "hello1").splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines} == {9}
    assert "failed in 1 of 1 rounds: a \\| b" in lines[-1]


def test_the_terminal_s_columns_end_under_their_titles():
    header, ours, other = report.terminal(two_servers()).splitlines()[2:5]
    end = header.index("requests/s") + len("requests/s")
    assert ours[:end].endswith("  12,345")
    assert other[:end].endswith("  1,234 (0.10×)")


# a later run added to an earlier one


def later_run(**changes):
    case = {"name": "static1k", "title": "Static file of 1 KiB"}
    figures = [sample("forkloom", 1, 500, case="static1k")]
    facts_then = {"Cores": "2", "Date": "later", **dict.fromkeys(merge.MOMENTARY[1:], "0")}
    return results(figures, cases=[case], machine=facts_then, **changes)


def earlier_run(**changes):
    facts_then = {"Cores": "2", "Date": "earlier", **dict.fromkeys(merge.MOMENTARY[1:], "1")}
    return two_servers(machine=facts_then, **changes)


def test_cases_added_stand_beside_those_measured_before():
    found = merge.merged(earlier_run(), later_run())
    assert [case["name"] for case in found["cases"]] == ["hello1", "static1k"]
    assert len(summary.rows(found, "hello1")) == 2
    assert len(summary.rows(found, "static1k")) == 1
    assert found["machine"]["Date"] == "earlier; for static1k: later"


def test_a_case_measured_again_takes_the_place_of_the_one_before():
    found = merge.merged(merge.merged(earlier_run(), later_run()), later_run())
    assert [case["name"] for case in found["cases"]] == ["hello1", "static1k"]
    assert len(found["samples"]) == 3


def test_a_server_that_is_there_later_is_no_longer_skipped():
    found = merge.merged(earlier_run(skipped={"Forkloom": "not built", "x": "y"}), later_run())
    assert found["skipped"] == {"x": "y"}


def test_runs_on_another_machine_or_under_another_load_are_not_added():
    assert merge.difference(earlier_run(), later_run()) is None
    assert "seconds is 5" in merge.difference(earlier_run(), later_run(seconds=5))
    other = later_run()
    other["machine"]["Cores"] = "8"
    assert merge.difference(earlier_run(), other) == "Cores is 8, and was 2"


# servers


@pytest.fixture
def place(tmp_path):
    return servers.Place(
        tmp_path / "venv", tmp_path / "apps", tmp_path, tmp_path / "forkloom", "hello", 8123, 25
    )


def told(command, place):
    """All that a start tells its server: the command and the configuration file."""
    words = " ".join(command(place))
    return words + "".join(file.read_text() for file in place.scratch.glob("*.conf"))


@pytest.mark.parametrize(
    "server",
    [server for server in servers.SERVERS if server.command],
    ids=lambda server: server.name,
)
def test_each_server_is_told_its_port_and_application(server, place):
    words = told(server.command, place)
    assert "8123" in words
    assert "hello" in words
    has_threads = server.name not in ("fastwsgi", "apache-embedded")
    assert ("25" in words.replace(str(place.scratch), "")) == has_threads


@pytest.mark.parametrize(
    "server",
    [server for server in servers.SERVERS if server.file_command],
    ids=lambda server: server.name,
)
def test_each_server_of_files_is_told_its_port_and_folder_and_keeps_its_connections(server, place):
    words = told(server.file_command, place)
    assert "8123" in words
    assert str(place.apps / "files") in words
    assert re.search("MaxKeepAliveRequests 0|keepalive_requests 1000000000", words)


def test_static_files_are_for_servers_that_have_them():
    found = [server.name for server in servers.SERVERS if server.start(STATIC)]
    assert found == ["forkloom", "nginx", "apache"]
    assert not servers.named("nginx").start(HELLO)


def test_apache_s_daemon_runs_the_application_alone(place):
    text = apache.application_part(place, apache.DAEMON)
    assert "processes=1 threads=25" in text
    assert "WSGIRestrictEmbedded On" in text
    assert "WSGIDaemonProcess" not in apache.application_part(place, apache.EMBEDDED)


def test_nginx_has_one_worker_no_access_log_and_sends_files_from_the_kernel(place):
    text = told(nginx.files, place)
    for line in ("worker_processes 1;", "access_log off;", "sendfile on;"):
        assert line in text


def test_the_described_command_names_no_folder_of_this_machine(tmp_path):
    env = environment.Environment(tmp_path)
    env.version = lambda server, forkloom: "1.2"
    load = measure.Load(64, 1, 0, None)
    job = campaign.Campaign(env, tmp_path / "forkloom", loads.CASES, servers.SERVERS, load, 1, 1)
    for server in servers.SERVERS:
        text = str(job.described(server))
        assert str(tmp_path) not in text
        assert "/tmp" not in text
        assert "PORT" in text


def test_a_server_s_record_has_its_start_for_files_beside_that_for_applications(tmp_path):
    env = environment.Environment(tmp_path)
    env.version = lambda server, forkloom: "1.2"
    load = measure.Load(64, 1, 0, None)
    job = campaign.Campaign(env, tmp_path / "forkloom", loads.CASES, servers.SERVERS, load, 1, 1)
    described = {name: job.described(servers.named(name)) for name in ("forkloom", "nginx")}
    page = report.command_lines({"servers": described.values(), "skipped": {}})
    assert "`build/forkloom serve $APPS/APP.py" in page
    assert "`build/forkloom run -f $SCRATCH/site.conf` for static files" in page
    assert 'Forkloom, `site.conf`:\n\n```apache\nServerName' in page
    assert "nginx, `nginx.conf`:\n\n```nginx\ndaemon off;" in page
    assert "command" not in described["nginx"]


def test_every_round_measures_all_pairs_and_the_seed_decides_the_order():
    load = measure.Load(64, 1, 0, None)
    job = campaign.Campaign(None, None, loads.CASES, servers.SERVERS, load, 1, 1)
    first = list(job.order(random.Random(1)))
    assert first == list(job.order(random.Random(1))) != list(job.order(random.Random(2)))
    pairs = {(case, server) for case in loads.CASES for server in servers.SERVERS}
    assert set(first) == {(case, server) for case, server in pairs if server.start(case)}
    assert len(first) == len(set(first))
    cases = [case for case, _ in first]
    assert sum(a != b for a, b in zip(cases, cases[1:])) == len(loads.CASES) - 1


# facts and installing


def test_the_machine_s_facts_are_known():
    found = facts.first_match("/proc/meminfo", r"^MemTotal: +(\d+) kB")
    assert int(found) > 0
    assert facts.first_match("/nowhere", "(x)") == "unknown"
    assert facts.stolen_share((100, 10), (300, 20)) == 0.05
    assert facts.stolen_share((100, 10), (100, 10)) == 0.0


def test_a_failed_installation_gives_a_reason_of_one_line():
    words = "import sys; print('Collecting'); sys.exit('note\\nERROR: no such thing\\nhint: ask')"
    assert environment.run([sys.executable, "-c", words]) == "ERROR: no such thing"
    assert environment.run([sys.executable, "-c", "pass"]) is None


def test_a_forkloom_that_is_not_built_is_a_reason_to_skip_it(tmp_path):
    found = environment.Environment(tmp_path).missing(
        servers.named("forkloom"), tmp_path / "forkloom"
    )
    assert "is not built" in found


def test_a_program_s_version_is_the_first_number_with_a_point():
    words = "import sys; sys.exit('Server version: Apache/2.4.62 (Debian) 2026.1')"
    assert environment.version_of_program([sys.executable, "-c", words]) == "2.4.62"
    assert environment.version_of_program([sys.executable, "-c", "pass"]) == "unknown"


def test_a_program_that_is_not_there_is_a_reason_of_one_line():
    assert environment.run(["/nowhere/tool"]) == "no /nowhere/tool here"
