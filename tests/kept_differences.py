"""Where Forkloom answers otherwise than Apache, and means to. docs/DIFFERENCES.md lists the same.

{name of a request: {what differs, as site_answers.differences() calls it: reason}}
"""

_HIDDEN = "Names that begin with a dot are not served, except .well-known: they are secrets or "\
    "leftovers. `ForkloomHiddenFiles On` serves them"
_ASCII = "RFC 9112 section 3.2 has ASCII only; every client encodes"
_NUL = "RFC 3986 section 7.3: no path may hold a NUL, so the request is bad, not the file missing"
_LIMIT = "RFC 6585 section 5 has a status that says what is too large"
_RANGE = "RFC 9110 section 15.5.17: a 416 tells the length that there is"

KEPT_DIFFERENCES = {
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
