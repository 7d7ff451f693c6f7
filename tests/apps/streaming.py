"""/MEBIBYTES streams that many in blocks of 64 KiB, and says at /made how many blocks it made."""

PLAIN = [("Content-Type", "application/octet-stream")]
BLOCK = bytes(range(256)) * 256
made = 0


def stream(blocks):
    global made
    made = 0
    for _ in range(blocks):
        made += 1
        yield BLOCK


def application(environ, start_response):
    start_response("200 OK", list(PLAIN))
    if environ["PATH_INFO"] == "/made":
        return [str(made).encode()]
    return stream(int(environ["PATH_INFO"][1:]) * 16)
