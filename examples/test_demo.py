"""The demo application without a server, each request through wsgiref's validator."""

import base64
import hashlib
import io
import json
import random
import re
import threading
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

SCRIPT = Path(__file__).parent / "demo" / "app.wsgi"

FORKLOOM = {
    "forkloom.request_id": "r7",
    "forkloom.connection_id": "c3",
    "forkloom.thread_id": 4,
    "forkloom.process_id": 4711,
    "forkloom.application_group": "",
    "forkloom.process_group": "workers",
    "forkloom.interpreter": "main",
    "forkloom.version": (0, 1, 0),
}


def load():
    loader = SourceFileLoader("demo_script", str(SCRIPT))
    module = module_from_spec(spec_from_loader("demo_script", loader))
    loader.exec_module(module)
    return module.application


application = load()

from demo_site import memory, model, multipart  # noqa: E402  (importable once the script ran)
from demo_site.answer import Refused  # noqa: E402


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, dict(headers), body
        self.text = body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)


def ask(path="/", method="GET", query="", body=b"", **environ):
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    if body:
        environ.setdefault("CONTENT_LENGTH", str(len(body)))
    setup_testing_defaults(environ)
    started = []

    def start_response(status, headers, exc_info=None):
        started.append((status, headers))
        return lambda _: None

    result = validator(application)(environ, start_response)
    try:
        body = b"".join(result)
    finally:
        result.close()
    return Reply(*started[0], body)


def ask_json(*args, **environ):
    return ask(*args, HTTP_ACCEPT="application/json", **environ).json


def form(content, name="file", filename="a.bin", boundary="frontier"):
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + content
    return body + f"\r\n--{boundary}--\r\n".encode()


def test_the_page_names_process_thread_and_interpreter_that_forkloom_tells():
    text = ask(**FORKLOOM).text
    assert "Process <b>4711</b> answered, on thread <b>4</b>." in text
    for value in ("main", "workers", "%{GLOBAL}", "c3", "r7", "Forkloom 0.1.0"):
        assert f"<dd>{value}</dd>" in text


def test_the_page_stands_without_any_forkloom_key():
    reply = ask()
    assert reply.status == "200 OK"
    assert f"on thread <b>{threading.get_native_id()}</b>" in reply.text
    assert "not told by this server" in reply.text


@pytest.mark.parametrize("each", model.MODELS, ids=lambda each: each.known_as)
def test_the_page_explains_the_model_that_runs(each):
    flags = {"wsgi.multithread": each.multithread, "wsgi.multiprocess": each.multiprocess}
    text = ask(**flags).text
    assert f"<strong>{each.name}.</strong>" in text
    assert re.search(rf'<tr class="running">\s*<th scope="row">{each.name} ', text)
    assert text.count('<tr class="running">') == 1
    for flag in model.flags(flags):
        assert flag.meaning in text


def test_the_page_lists_every_wsgi_and_forkloom_key():
    text = ask(**FORKLOOM).text
    for key in (*FORKLOOM, "wsgi.version", "wsgi.input", "wsgi.run_once"):
        assert f"<code>{key}</code>" in text


def test_the_page_shows_no_process_environment_that_a_server_mixed_in():
    assert "open sesame" not in ask(SECRET_TOKEN="open sesame").text


def test_the_page_needs_nothing_from_elsewhere():
    text = ask().text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)
    assert "@import" not in text and "url(" not in text


def test_the_policy_allows_exactly_the_inline_style_and_script():
    reply = ask()
    policy = reply.headers["Content-Security-Policy"]
    for element in ("style", "script"):
        inline = re.search(f"<{element}>(.*?)</{element}>", reply.text, re.S).group(1)
        digest = hashlib.sha256(inline.encode()).digest()
        source = base64.b64encode(digest).decode()
        assert f"{element}-src 'sha256-{source}'" in policy


def test_links_begin_with_the_mount_point():
    text = ask(SCRIPT_NAME="/pre fix").text
    assert 'action="/pre%20fix/upload"' in text
    assert 'href="/pre%20fix/slow?seconds=2"' in text


def test_the_bare_mount_point_shows_the_page():
    assert "answered, on thread" in ask("", SCRIPT_NAME="/prefix").text


def test_a_wrong_path_is_a_404_page_that_escapes_it():
    reply = ask("/<script>ä".encode().decode("latin-1"))
    assert reply.status == "404 Not Found"
    assert "There is nothing at /&lt;script&gt;ä." in reply.text
    assert "<script>" not in reply.text


@pytest.mark.parametrize(
    "path, method, allowed",
    [("/", "POST", "GET, HEAD"), ("/upload", "GET", "POST"), ("/stream", "DELETE", "GET, HEAD")],
)
def test_a_wrong_method_is_a_405_page_that_names_the_right_ones(path, method, allowed):
    reply = ask(path, method)
    assert reply.status == "405 Method Not Allowed"
    assert reply.headers["Allow"] == allowed


def test_head_has_the_headers_of_get_and_no_body():
    reply = ask(method="HEAD")
    assert reply.body == b""
    assert int(reply.headers["Content-Length"]) > 10_000


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "11", "soon", "1e999"])
def test_seconds_outside_the_limits_are_refused(seconds):
    assert ask("/slow", query=f"seconds={seconds}").status == "400 Bad Request"


def test_an_unknown_kind_of_work_is_refused():
    assert ask("/overlap", query="seconds=0&work=sleep").status == "400 Bad Request"


@pytest.mark.parametrize("work", ["wait", "compute"])
def test_an_overlapping_request_tells_who_did_it_and_when(work):
    facts = ask_json("/overlap", query=f"seconds=0.01&work={work}", **FORKLOOM)
    assert (facts["process"], facts["thread"], facts["work"]) == ("4711", "4", work)
    assert facts["started"] < facts["finished"]
    assert facts["together"] == 1


@pytest.mark.parametrize("path", ["/overlap", "/slow", "/count"])
def test_each_answer_is_a_page_too_for_a_browser_without_javascript(path):
    reply = ask(path, query="seconds=0", **FORKLOOM)
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<dd>4711</dd>" in reply.text


def test_stays_that_overlap_know_how_many_met():
    with memory.Stay() as first:
        with memory.Stay() as second:
            with memory.Stay() as third:
                pass
        with memory.Stay() as fourth:
            pass
    assert [stay.met for stay in (first, second, third, fourth)] == [3, 3, 3, 2]
    with memory.Stay() as alone:
        pass
    assert alone.met == 1


def test_the_global_counter_is_one_for_all_threads_and_the_local_one_is_not():
    before = ask_json("/count")
    inside = []
    thread = threading.Thread(target=lambda: inside.extend(ask_json("/count") for _ in range(3)))
    thread.start()
    thread.join()
    after = ask_json("/count")
    assert [facts["global"] - before["global"] for facts in inside] == [1, 2, 3]
    assert [facts["thread_local"] for facts in inside] == [1, 2, 3]
    assert after["global"] - before["global"] == 4
    assert after["thread_local"] - before["thread_local"] == 1


def test_the_stream_yields_one_line_at_a_time():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/stream", "QUERY_STRING": "lines=2"}
    setup_testing_defaults(environ)
    lines = application(environ, lambda status, headers: None)
    assert next(lines).startswith(b"line  1 of 2")
    assert next(lines).startswith(b"line  2 of 2")
    assert next(lines, None) is None


def test_a_stream_may_be_left_before_its_end():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/stream", "QUERY_STRING": "lines=500"}
    setup_testing_defaults(environ)
    lines = application(environ, lambda status, headers: None)
    next(lines)
    lines.close()
    assert next(lines, None) is None


@pytest.mark.parametrize("size", [0, 1, 65536, 200_001])
def test_an_upload_of_bare_bytes_is_counted_and_hashed(size):
    content = random.Random(size).randbytes(size)
    facts = ask_json("/upload", "POST", body=content, CONTENT_TYPE="application/octet-stream")
    assert facts["size"] == size
    assert facts["sha256"] == hashlib.sha256(content).hexdigest()


def test_an_upload_without_a_length_is_read_to_its_end_where_the_server_marks_it():
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(b"chunked")}
    assert ask_json("/upload", "POST", **environ)["size"] == 7


def test_an_upload_without_a_length_is_empty_where_the_server_does_not():
    assert ask_json("/upload", "POST", **{"wsgi.input": io.BytesIO(b"who knows")})["size"] == 0


def test_an_upload_that_breaks_off_is_refused():
    reply = ask("/upload", "POST", body=b"half", CONTENT_LENGTH="8")
    assert reply.status == "400 Bad Request"
    assert "4 bytes short" in reply.text


def test_an_upload_from_a_form_counts_the_file_alone():
    content = b"\r\n--frontie\r\n--" + bytes(range(256)) * 999
    reply = ask(
        "/upload",
        "POST",
        body=form(content, filename="Grüße <1>.bin"),
        CONTENT_TYPE='multipart/form-data; boundary="frontier"',
    )
    assert reply.status == "200 OK"
    assert "<dd>Grüße &lt;1&gt;.bin</dd>" in reply.text
    assert hashlib.sha256(content).hexdigest() in reply.text


@pytest.mark.parametrize("seed", range(20))
def test_a_form_reads_the_same_however_it_is_split(seed):
    chance = random.Random(seed)
    content = b"".join(chance.choice([b"\r\n--", b"frontier", b"\r", b"x"]) for _ in range(300))
    while b"\r\n--frontier" in content:
        content = content.replace(b"\r\n--frontier", b"")
    whole = form(content)
    blocks, at = [], 0
    while at < len(whole):
        step = chance.choice([1, 2, 7, 50]) if seed else 1
        blocks.append(whole[at : at + step])
        at += step
    name, pieces = multipart.first_file(blocks, b"frontier")
    assert name == "a.bin"
    assert b"".join(pieces) == content


@pytest.mark.parametrize("cut", [1, 30, 120, 200])
def test_a_form_that_breaks_off_is_refused(cut):
    whole = form(b"content " * 20)
    with pytest.raises(Refused):
        _, pieces = multipart.first_file([whole[: len(whole) - 10 - cut]], b"frontier")
        list(pieces)


@pytest.mark.parametrize(
    "content_type, body",
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=" + "b" * 71, b"x"),
        ("multipart/form-data; boundary=frontier", b"--frontier--\r\n"),
    ],
)
def test_a_form_without_boundary_or_file_is_refused(content_type, body):
    reply = ask("/upload", "POST", body=body, CONTENT_TYPE=content_type)
    assert reply.status == "400 Bad Request"


def test_no_answer_about_who_answered_may_come_from_a_cache():
    for path in ("/", "/overlap", "/stream"):
        reply = ask(path, query="seconds=0&lines=1")
        assert reply.headers["Cache-Control"] == "no-store"
