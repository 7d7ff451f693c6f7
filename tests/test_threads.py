"""Threads, memory and slow clients."""

import asyncio
import threading

import pytest

from server import IS_SANITIZED, memory_kib, wait_until

MIB_IN_KIB = 1024


def test_requests_run_at_the_same_time(serve_app, is_validated):
    server = serve_app("gates", threads=8, is_validated=is_validated)
    held = [server.connect() for _ in range(8)]
    for number, connection in enumerate(held):
        connection.send_request(target=f"/hold/{number}")
    # All eight are inside the application before the first may leave it.
    for number in range(8):
        server.wait_for_record(f"reached {number}")
    for number, connection in enumerate(held):
        server.open_gate(str(number))
        assert connection.read_response().body == b"held %d" % number
        connection.close()


def test_no_more_requests_run_than_there_are_threads(serve_app):
    server = serve_app("gates", threads=2)
    held = [server.connect() for _ in range(3)]
    for number, connection in enumerate(held):
        connection.send_request(target=f"/hold/{number}")
    wait_until(lambda: len(server.records("reached")) == 2, "two requests run")
    assert held[2].is_silent(0.3)
    assert len(server.records("reached")) == 2
    for number in range(3):
        server.open_gate(str(number))
    for connection in held:
        assert connection.read_response().status == 200
        connection.close()


def test_a_slow_reader_holds_no_request_thread(serve_app):
    """The one request thread has handed 32 MiB over and serves others, while nobody reads them.
    Bare, since the validator's iterator hides that nothing follows the first block."""
    server = serve_app("gates", threads=1)
    with server.connect(receive_buffer=1 << 16) as slow:
        slow.send_request(target="/hog/slow")
        head = slow.read_head()
        for _ in range(3):
            assert server.ask(target="/pass").status == 200
        slow.read_body(head)
        assert head.is_complete
        assert head.body == b"h" * (32 << 20)


def test_many_slow_readers_at_once(serve_app):
    server = serve_app("gates", threads=1)
    slow = [server.connect(receive_buffer=1 << 16) for _ in range(10)]
    for connection in slow:
        connection.send_request(target="/hog/slow")
    assert server.ask(target="/pass").status == 200
    for connection in slow:
        response = connection.read_response()
        assert response.is_complete and len(response.body) == 32 << 20
        connection.close()


def test_idle_connections_hold_no_request_thread(serve_app):
    server = serve_app("gates", threads=1)
    idle = [server.connect() for _ in range(300)]
    for connection in idle[:100]:
        assert connection.ask(target="/pass").status == 200
    for connection in idle[100:200]:
        connection.send("GET /pass HTTP/1.1\r\nHost:")
    assert server.ask(target="/pass").status == 200
    for connection in idle:
        connection.close()


def test_a_stream_waits_for_its_reader(serve_app, is_validated):
    """A client that does not read stops the generator, so that memory stays bounded."""
    server = serve_app("streaming", threads=2, is_validated=is_validated)

    def made():
        return int(server.ask(target="/made").body) / 16  # MiB

    with server.connect(receive_buffer=1 << 16) as slow:
        slow.send_request(target="/64")
        head = slow.read_head()
        wait_until(lambda: made() > 0, "it began")
        seen = []

        def stands():
            seen.append(made())
            return len(seen) > 20 and seen[-1] == seen[-20]

        wait_until(stands, "the generator stands still")
        # What the kernel and the server hold for one connection.
        assert seen[-1] < 16
        slow.read_body(head)
        assert head.is_complete
        assert len(head.body) == 64 << 20


@pytest.mark.slow
@pytest.mark.skipif(IS_SANITIZED, reason="a sanitizer keeps freed memory")
@pytest.mark.parametrize("mebibytes", [256])
def test_memory_stays_bounded_while_streaming(serve_app, mebibytes):
    """A reader that is slower than the generator, all the way."""
    server = serve_app("streaming", threads=2)
    worker = server.worker_pid()
    assert len(server.ask(target="/4").body) == 4 << 20
    before = memory_kib(worker, "VmHWM")
    received = 0
    with server.connect(receive_buffer=1 << 16) as slow:
        slow.send_request(target=f"/{mebibytes}")
        slow.read_head()
        while block := slow.read_chunk():
            received += len(block)
    assert received == mebibytes << 20
    assert memory_kib(worker, "VmHWM") - before < 24 * MIB_IN_KIB


async def exchange(address, number, count, threads_seen):
    """`count` requests on one connection, each of which must get its own answer."""
    reader, writer = await asyncio.open_connection(*address)
    for turn in range(count):
        token = f"{number}-{turn}"
        body = token.encode() * (turn % 5)
        writer.write(f"POST /?{token} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n"
                     .encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 "), head
        answer = b""
        if b"chunked" in head:
            while size := int(await reader.readline(), 16):
                answer += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            length = next(line for line in head.split(b"\r\n")
                          if line.lower().startswith(b"content-length:"))
            answer = await reader.readexactly(int(length.split(b":")[1]))
        name, thread, echo = answer.split(b" ", 2)
        assert name.decode() == token
        assert echo == body
        threads_seen.add(int(thread))
    writer.close()
    await writer.wait_closed()


def load(server, connections, requests):
    async def all_of_them():
        threads_seen = set()
        await asyncio.gather(*(
            exchange(server.address, number, requests // connections, threads_seen)
            for number in range(connections)))
        return threads_seen

    return asyncio.run(all_of_them())


def test_ten_thousand_requests_over_two_hundred_connections(serve_app, is_validated):
    """25 threads: nobody gets another's answer or thread-locals, and nothing is leaked."""
    server = serve_app("threads", threads=25, is_validated=is_validated)
    load(server, 200, 4000)  # every thread and buffer exists now
    before = server.get_json("/figures")
    threads_seen = load(server, 200, 10_000)
    after = server.get_json("/figures")
    assert 1 < len(threads_seen) <= 25
    assert after["references"] == before["references"]
    assert abs(after["header_references"] - before["header_references"]) <= 2
    assert after["objects"] - before["objects"] < 500
    if not IS_SANITIZED:
        assert after["memory_kib"] - before["memory_kib"] < 8 * MIB_IN_KIB


def test_threads_of_the_application_run_while_no_request_does(serve, tmp_path):
    """No thread of the server sits on the interpreter's lock."""
    (tmp_path / "background.py").write_text(
        "import threading, time\n"
        "turns = 0\n"
        "def run():\n"
        "    global turns\n"
        "    while True:\n"
        "        turns += 1\n"
        "        time.sleep(0.001)\n"
        "threading.Thread(target=run, daemon=True).start()\n"
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [str(turns).encode()]\n")
    server = serve("background", "--python-path", tmp_path)
    first = int(server.ask().body)
    wait_until(lambda: int(server.ask().body) > first + 10, "the thread goes on")


def test_requests_of_many_clients_on_new_connections(serve_app):
    server = serve_app("threads", threads=8)
    failures = []

    def client(number):
        try:
            for turn in range(50):
                token = f"{number}-{turn}"
                assert server.ask(target=f"/?{token}").text.startswith(token + " ")
        except Exception as error:  # told below, whatever it is
            failures.append(error)

    clients = [threading.Thread(target=client, args=(number,)) for number in range(20)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    assert failures == []
