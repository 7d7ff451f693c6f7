"""Where Forkloom answers otherwise than Apache, and means to. docs/DIFFERENCES.md lists the same.

{name of a request: {what differs, as site_answers.differences() calls it: reason}}
"""

_HIDDEN = "Names that begin with a dot are not served, except .well-known: they are secrets or "\
    "leftovers. `ForkloomHiddenFiles On` serves them"
_ASCII = "RFC 9112 section 3.2 has ASCII only; every client encodes"
_NUL = "RFC 3986 section 7.3: no path may hold a NUL, so the request is bad, not the file missing"
_LIMIT = "RFC 6585 section 5 has a status that says what is too large"
_RANGE = "RFC 9110 section 15.5.17: a 416 tells the length that there is"

_READING = "RFC 9110 section 15.5.6: a file has nothing to do with a body. Apache ignores it"
_ALLOW = "What is allowed, without POST and TRACE"
_CLIMBS = "The path leaves the site, whatever its slashes"
_LONG = "There is no such file"
_CHUNKED = "The server has taken the chunks away: wsgi.input is the body, of that length"
_ADMIN = "Without ServerAdmin there is none to tell"
_NO_BODY = "An error document is asked for without a body, so that its length is 0"
_DOCUMENT = "Only where the request had a query"

KEPT_DIFFERENCES = {
    "an extension that is a language": {
        "field content-type": "Extensions are not languages; the last one has no type",
    },
    "a link to nothing": {"status": "There is no file, and no matter of who may"},
    "POST to a file": {"status": _READING},
    "POST to the root": {"status": _READING},
    "django: media by POST": {"status": _READING},
    "PUT to a file": {"field allow": _ALLOW},
    "DELETE of a file": {"field allow": _ALLOW},
    "PATCH of a file": {"field allow": _ALLOW},
    "an unknown method": {"field allow": _ALLOW},
    "a method in lower case": {"field allow": _ALLOW},
    "error: text for 405": {"field allow": _ALLOW},
    "OPTIONS of a file": {
        "field allow": _ALLOW, "field content-type": "The answer has no body that has a type",
    },
    "OPTIONS of a folder": {
        "field allow": _ALLOW, "field content-type": "The answer has no body that has a type",
    },
    "OPTIONS of a missing file": {"status": "What is not there allows nothing"},
    "TRACE": {"status": "The server never tells a request back: scripts have stolen cookies so"},
    "CONNECT": {"status": "The server is no proxy, for any target"},
    "encoded dots and slash that leave": {"status": _CLIMBS},
    "dots and encoded slash that leave": {"status": _CLIMBS},
    "dots with encoded backslash": {"status": _HIDDEN},
    "dots with a parameter": {"status": _HIDDEN},
    "three dots": {"status": _HIDDEN},
    "four dots": {"status": _HIDDEN},
    "a very long name": {"status": _LONG},
    "a very long path": {"status": _LONG},
    "If-Modified-Since with a length": {
        "status": "RFC 9110 section 13.1.3: what is no date is ignored",
    },
    "a range, HEAD": {"status": "RFC 9110 section 14.2: only GET has ranges"},
    "no bytes from the end": {"status": "RFC 9110 section 14.1.2: no byte is in that range"},
    "two ranges with a space": {"status": "RFC 9110 section 5.6.1: lists may have spaces"},
    "two ranges that overlap": {
        what: "RFC 9110 section 15.3.7.2: ranges may be joined, and need not be"
        for what in ("body", "field content-length", "field content-range", "field content-type")
    },
    "etag: of the content": {"field etag": "Another digest. Nobody can compare tags of two servers"},
    "folder: no slash added": {
        what: "The folder's page, which is a file"
        for what in ("field accept-ranges", "field etag", "field last-modified")
    },
    "redirect: with an encoded path": {
        "field location": "RFC 3986 section 6.2.2.1: escapes are in capitals",
    },
    "If-None-Match with If-Modified-Since, one fits": {
        "status": "RFC 9110 section 13.1.3: beside If-None-Match the date is ignored",
    },
    "hosts: what the first tells for another name": {"environ SERVER_ADMIN": _ADMIN},
    "hosts: what the first tells without Host": {"environ SERVER_ADMIN": _ADMIN},
    "loom: a folder of scripts, encoded slash": {
        "environ REDIRECT_COLOUR": "The rules of the place apply to what is refused there, too",
    },
    "loom: 404 by POST goes to the application": {"environ CONTENT_LENGTH": _NO_BODY},
    "loom: a missing page for a body that waits": {
        "interim answers": "That the script is missing shows when it is run",
        "environ CONTENT_LENGTH": _NO_BODY,
    },
    "loom: SetEnvIf of a field by pattern": {
        "environ HAS_LOOM_FIELD": "A subject of SetEnvIf is a name, not a pattern of names",
    },
    "loom: a callable that is missing": {"environ REDIRECT_QUERY_STRING": _DOCUMENT},
    "loom: a folder as a script": {"status": "A folder of scripts is no page, with or without a slash"},
    "loom: a folder of scripts, dots": {
        "field x-kept": "The path leaves the site: no host's rules apply to what is refused unread",
    },
    "loom: a chunked body where it may": {
        "environ CONTENT_LENGTH": _CHUNKED, "environ HTTP_TRANSFER_ENCODING": _CHUNKED,
    },
    "loom: https by SetEnvIf": {
        "environ REQUEST_SCHEME": "The same as wsgi.url_scheme. Apache tells two schemes",
    },
    "a hidden file": {"status": _HIDDEN},
    "a file of git": {"status": _HIDDEN},
    "hidden: a file of secrets": {"status": _HIDDEN},
    "utf-8 in a name, unencoded": {"status": _ASCII},
    "django: utf-8, unencoded": {"status": _ASCII},
    "an encoded NUL": {"status": _NUL},
    "django: an encoded NUL": {"status": _NUL},
    "an unsatisfiable range": {"field content-range": _RANGE},
    "an unsatisfiable range of some bytes": {"field content-range": _RANGE},
    "two ranges, both unsatisfiable": {"field content-range": _RANGE},
    "django: cookies": {
        "environ HTTP_COOKIE": "Joined by a semicolon, as RFC 6265 section 4.2 writes cookies; "
        "Apache's comma makes them one broken cookie",
    },
    "django: a folded field": {
        "status": "RFC 9112 section 5.2: a server refuses folded fields, or rewrites them. They "
        "have served to smuggle requests",
    },
    "django: both length and chunked": {
        "status": "RFC 9112 section 6.3: this may be a smuggled request, whatever the length",
    },
    "django: a field beyond the limit": {"status": _LIMIT},
    "django: fields beyond the limit": {"status": _LIMIT},
    "django: an empty Host": {
        "status": "RFC 9110 section 7.2: a target without an authority has an empty Host",
    },
    "django: Host with an empty port": {"status": "RFC 3986 section 3.2.3: a port may be empty"},
    "django: HTTP/2.0 in the request line": {
        "status": "RFC 9110 section 15.6.6: this major version is not spoken in this form",
    },
    "django: HTTP/1.2 in the request line": {
        "environ SERVER_PROTOCOL": "The version that the server speaks; there is no HTTP/1.2",
    },
    "django: answer has_no_type": {
        "field content-type": "Apache tells the script's own type, text/x-python. An application "
        "that names no type gets none",
    },
}
