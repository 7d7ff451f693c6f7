"""The environ's keys that the page lists, with a sentence on each."""

_SENTENCES = {
    "forkloom.application_group": "Applications of one group share an interpreter; empty is the main one.",
    "forkloom.connection_id": "The connection that the request came on. Requests kept alive on it have the same id.",
    "forkloom.interpreter": "The Python interpreter within the process that ran the application.",
    "forkloom.process_group": "The group of daemon processes; empty where a server process runs the application itself.",
    "forkloom.process_id": "The process that ran the application, as ps shows it.",
    "forkloom.request_id": "This request. The same id stands in the access log and the error log.",
    "forkloom.thread_id": "The request thread of that process.",
    "forkloom.version": "The server’s version.",
    "wsgi.errors": "Text stream into the server’s error log.",
    "wsgi.file_wrapper": "Lets the server send a file by itself, without reading it into Python.",
    "wsgi.input": "The request’s body, to be read once.",
    "wsgi.input_terminated": "True: the input ends by itself, also where no length was sent in advance.",
    "wsgi.multiprocess": "May another process run the same application at the same time?",
    "wsgi.multithread": "May another thread of this process run it at the same time?",
    "wsgi.run_once": "Is this the only request that this process will see?",
    "wsgi.url_scheme": "How the client came: http or https.",
    "wsgi.version": "The version of the WSGI protocol, PEP 3333’s.",
}

# An allow-list: some servers mix the whole process environment into the environ, and that
# is nobody's business.
_CGI = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "REQUEST_URI",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
    "SERVER_NAME",
    "SERVER_ADDR",
    "SERVER_PORT",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REQUEST_SCHEME",
    "DOCUMENT_ROOT",
    "SCRIPT_FILENAME",
    "HTTP_HOST",
    "HTTP_USER_AGENT",
    "HTTP_ACCEPT",
)


def server_keys(environ):
    """(key, value's repr, sentence) of each forkloom.* and wsgi.* key, sorted."""
    for key in sorted(environ):
        if key.startswith(("forkloom.", "wsgi.")):
            yield key, repr(environ[key]), _SENTENCES.get(key, "")


def cgi_keys(environ):
    """(key, value's repr) of the CGI variables that are there."""
    for key in _CGI:
        if key in environ:
            yield key, repr(environ[key])
