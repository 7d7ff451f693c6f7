"""What of an answer matters, in a form that two servers can share."""

import json
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import wire

# Fields of the connection, of the moment, or of the product.
IGNORED_FIELDS = {"date", "server", "connection", "keep-alive", "transfer-encoding"}
# What an application relies on in its environ, beside HTTP_* and what a site sets.
ENVIRON = {
    "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT",
    "SERVER_PROTOCOL", "SERVER_ADMIN", "REQUEST_URI", "DOCUMENT_ROOT", "SCRIPT_FILENAME",
    "CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR", "REQUEST_SCHEME", "HTTPS",
    "wsgi.url_scheme", "wsgi.input_terminated",
    "mod_wsgi.script_name", "mod_wsgi.path_info", "mod_wsgi.callable_object",
    "REDIRECT_STATUS", "REDIRECT_URL", "REDIRECT_QUERY_STRING", "REDIRECT_REQUEST_METHOD",
    "REDIRECT_COLOUR", "REDIRECT_YARN", "answered by", "body",
    "COLOUR", "EMPTY", "UNWANTED", "YARN", "IS_WRITING", "IS_NEAR", "IS_API", "HAS_LOOM_FIELD",
    "IS_FINE",
}
# How the pages begin that Apache words itself. A HEAD shows only their type.
OWN_PAGE = b'<!DOCTYPE HTML PUBLIC "'
OWN_TYPE = "text/html; charset=iso-8859-1"


@dataclass
class Answer:
    status: int
    # Statuses of the 1xx answers before it.
    interim: list
    # Values by lower-case name, in the order received.
    fields: dict
    body: bytes
    is_complete: bool
    # Apache's own words, or none: another server may use others.
    is_own_page: bool

    @property
    def environ(self):
        """Of an application that told it, else None."""
        if not self.body or self.fields.get("content-type") != ["application/json"]:
            return None
        told = json.loads(self.body)
        if "REQUEST_METHOD" not in told:
            return None
        return {
            key: value for key, value in told.items()
            if key in ENVIRON or key.startswith("HTTP_")
        }


def ask(address, request):
    """Sends a request on a connection of its own. The body waits for 100 where it asks for that."""
    port, interim = address[1], []
    with wire.Connection(address) as connection:
        connection.send(request.head(port))
        if not request.waits_for_continue:
            connection.send(request.framed_body())
        response = connection.read_head()
        while response.status < 200:
            interim.append(response.status)
            if response.status == 100 and request.waits_for_continue:
                connection.send(request.framed_body())
            response = connection.read_head()
        connection.read_body(response, request.method)
    return _answer(response, interim, port, request.method)


def _answer(response, interim, port, method):
    # Not within a longer number, such as an ETag.
    its_port = re.compile(rf"(?<![0-9a-f]){port}(?![0-9a-f])")
    fields = {}
    for name, value in response.fields:
        if name.lower() not in IGNORED_FIELDS:
            fields.setdefault(name.lower(), []).append(its_port.sub("PORT", value))
    body = its_port.sub("PORT", response.text).encode("latin-1")
    type_ = fields.get("content-type", [""])[0]
    if "allow" in fields:  # A set, which Apache writes in any order.
        fields["allow"] = [",".join(sorted(re.split(r"\s*,\s*", fields["allow"][0])))]
    if "expires" in fields:
        fields["expires"] = [_minutes_from_now(response)]
    if boundary := re.search(r"^multipart/.*boundary=([^; ]+)", type_):
        # Names of fields have no case, in the parts' heads either.
        body = re.sub(rb"(?m)^Content-(type|range):",
                      lambda name: name[0].title(), body.replace(boundary[1].encode(), b"BOUNDARY"))
        fields["content-type"] = [type_.replace(boundary[1], "BOUNDARY")]
    if fields.get("content-length") == [str(len(response.body))]:
        fields["content-length"] = [str(len(body))]
    if method == "HEAD":
        is_own_page = type_ == OWN_TYPE
    else:
        is_own_page = body.startswith(OWN_PAGE) or (response.status >= 400 and not body)
    return Answer(response.status, interim, fields, body, response.is_complete, is_own_page)


def _minutes_from_now(response):
    expires, date = (parsedate_to_datetime(response.value(name)) for name in ("Expires", "Date"))
    return f"in {round((expires - date).total_seconds() / 60)} minutes"


def differences(apache, other, request):
    """{what: (Apache's, the other's)}. Where the status differs, nothing else is worth telling."""
    if apache.status != other.status:
        return {"status": (apache.status, other.status)}
    found = {}

    def compare(what, left, right):
        if left != right:
            found[what] = (left, right)

    compare("interim answers", apache.interim, other.interim)
    compare("complete", apache.is_complete, other.is_complete)
    if request.is_status_all:
        return found
    names = set(apache.fields) | set(other.fields)
    if apache.is_own_page:
        names -= {"content-type", "content-length"}
    if "content-length" not in apache.fields and apache.status not in (204, 304):
        # Apache does not count what an application sends. Who does may say so.
        names -= {"content-length"}
    if request.method == "HEAD" and apache.fields.get("content-type") == ["application/json"]:
        # Of an environ that has more or less in it than counts.
        names -= {"content-length"}
    told, told_by_other = apache.environ, other.environ
    if told is not None and told_by_other is not None:
        # Their lengths follow from what is told beyond what counts.
        names -= {"content-length"}
        for key in sorted(set(told) | set(told_by_other)):
            compare(f"environ {key}", told.get(key), told_by_other.get(key))
    elif not apache.is_own_page:
        compare("body", apache.body, other.body)
    for name in sorted(names):
        compare(f"field {name}", apache.fields.get(name), other.fields.get(name))
    return found
