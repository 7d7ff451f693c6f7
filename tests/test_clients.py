"""Clients that others wrote: curl, h2load, wrk."""

import hashlib
import random
import re
import shutil
import subprocess

import pytest

from server import APPS

CONTENT = random.Random(9).randbytes(3 << 20)


def run(program, *arguments):
    path = shutil.which(program)
    assert path, f"{program} is not installed: tools/install_packages.sh test"
    result = subprocess.run([path, *map(str, arguments)], capture_output=True, timeout=150)
    assert result.returncode == 0, result
    return result.stdout


def curl(*arguments):
    return run("curl", "--silent", "--show-error", "--max-time", "60", *arguments)


@pytest.fixture(scope="module")
def inputs(serve_for_module, is_validated):
    return serve_for_module("inputs", is_validated=is_validated)


@pytest.fixture(scope="module")
def answers(serve_for_module, is_validated):
    return serve_for_module("answers", is_validated=is_validated)


def digest(data):
    return f"{len(data)} {hashlib.sha256(data).hexdigest()}".encode()


@pytest.mark.parametrize("options", [
    [], ["--http1.0"], ["--header", "Expect: 100-continue"], ["--header", "Expect:"],
    ["--header", "Transfer-Encoding: chunked"]], ids=" ".join)
def test_curl_uploads(inputs, tmp_path, options):
    file = tmp_path / "content"
    file.write_bytes(CONTENT)
    url = f"http://127.0.0.1:{inputs.port}/digest"
    assert curl(*options, "--upload-file", file, url) == digest(CONTENT)
    assert curl(*options, "--data-binary", f"@{file}", url) == digest(CONTENT)


def test_curl_reuses_its_connection(answers):
    base = f"http://127.0.0.1:{answers.port}"
    paths = ["from_list", "from_generator", "long_file", "no_content", "from_one_block"]
    reported = curl(*(f"{base}/{path}" for path in paths), "--write-out",
                    "\n<%{http_code} %{num_connects}>\n")
    found = re.findall(rb"<(\d+) (\d+)>", reported)
    assert found == [(b"200", b"1"), (b"200", b"0"), (b"200", b"0"), (b"204", b"0"), (b"200", b"0")]


def test_curl_head_and_range_of_heads(answers):
    head = curl("--head", f"http://127.0.0.1:{answers.port}/from_one_block")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert head.endswith(b"\r\n\r\n")


def test_curl_over_a_unix_socket(serve, tmp_path):
    serve("answers", "--chdir", APPS, binds=[f"unix:{tmp_path}/socket"])
    assert curl("--unix-socket", tmp_path / "socket",
                "http://localhost/from_list") == b"first,second,third"


@pytest.mark.parametrize("path", ["from_one_block", "from_generator", "long_file"])
def test_h2load_finds_no_error(answers, path):
    count = 200 if path == "long_file" else 2000
    report = run("h2load", "--h1", "-n", count, "-c", 40, "-t", 1,
                 f"http://127.0.0.1:{answers.port}/{path}").decode()
    assert f"{count} succeeded, 0 failed, 0 errored, 0 timeout" in report, report
    assert f"status codes: {count} 2xx" in report, report


@pytest.mark.parametrize("path", ["from_one_block", "from_generator", "from_file"])
def test_wrk_finds_no_error(answers, path):
    report = run("wrk", "-t", 1, "-c", 30, "-d", "1s",
                 f"http://127.0.0.1:{answers.port}/{path}").decode()
    assert "Socket errors" not in report, report
    assert "Non-2xx" not in report, report
    assert int(re.search(r"(\d+) requests in", report)[1]) > 100
