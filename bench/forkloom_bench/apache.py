"""Apache, with mod_wsgi or for files: a private configuration in a scratch folder.

Apache refuses to serve as root. Where the bench runs as root, Apache runs as nobody, with the one
capability of reading every file, since the interpreter may live in root's home; access(2), which
mod_wsgi asks whether the interpreter is there, heeds that capability only with no_setuid_fixup.
"""

import os
import pathlib
import shutil

NOBODY = 65534
AMPLE_THREADS = 128
MODULES = pathlib.Path("/usr/lib/apache2/modules")

SERVER = """\
ServerRoot "{scratch}"
DefaultRuntimeDir "{scratch}"
PidFile "{scratch}/apache.pid"
Mutex pthread
ServerName 127.0.0.1
Listen {address}
ErrorLog "{scratch}/error.log"
LogLevel error

LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so

ServerLimit 1
StartServers 1
ThreadLimit {child_threads}
ThreadsPerChild {child_threads}
MaxRequestWorkers {child_threads}
MinSpareThreads 1
MaxSpareThreads {child_threads}
AsyncRequestWorkerFactor 128

KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 5
EnableSendfile On
"""

APPLICATIONS = """
LoadModule wsgi_module {wsgi}
WSGIPythonHome "{venv}"
WSGIEnableSendfile On
WSGIApplicationGroup %{{GLOBAL}}
WSGIScriptAlias / "{script}"
{model}
<Directory "{apps}">
    Require all granted
</Directory>
"""

FILES = """
LoadModule mime_module {modules}/mod_mime.so
TypesConfig /dev/null
AddType text/html .html
DocumentRoot "{files}"
<Directory "{files}">
    Require all granted
</Directory>
"""

EMBEDDED = ""

DAEMON = """\
WSGISocketPrefix "{scratch}/wsgi"
WSGIDaemonProcess bench processes=1 threads={threads} python-home="{venv}" home="{scratch}"
WSGIProcessGroup bench
WSGIRestrictEmbedded On
"""


def program():
    """The path of Apache's binary, or None: Debian's is not on an ordinary user's PATH."""
    return shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def module(venv):
    """mod_wsgi as pip built it for the virtual environment's interpreter, or None."""
    folders = venv.glob("lib/python*/site-packages/mod_wsgi/server")
    return next((found for folder in folders for found in folder.glob("mod_wsgi-py*.so")), None)


def server_part(place, child_threads):
    """What httpd.conf says whatever is served."""
    return SERVER.format(
        scratch=place.scratch, address=place.address, modules=MODULES, child_threads=child_threads
    )


def application_part(place, model):
    """What serves the application with mod_wsgi."""
    paths = {"scratch": place.scratch, "venv": place.venv, "threads": place.threads}
    return APPLICATIONS.format(
        apps=place.apps,
        script=place.script,
        wsgi=module(place.venv),
        model=model.format(**paths),
        **paths,
    )


def as_nobody():
    """The words before the command that give up root, where the bench has it."""
    if os.geteuid() != 0:
        return []
    return [
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
        "--securebits=+no_setuid_fixup",
        "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
    ]  # fmt: skip


def command(place, configuration):
    """The command, once the text of httpd.conf is written."""
    file = place.scratch / "httpd.conf"
    file.write_text(configuration)
    if os.geteuid() == 0:
        os.chown(place.scratch, NOBODY, NOBODY)
    return [*as_nobody(), program() or "apache2", "-f", str(file), "-D", "FOREGROUND"]


def embedded(place):
    """As many threads as the application may use only where that decides the figure."""
    child_threads = place.threads if place.app == "block10" else AMPLE_THREADS
    return command(place, server_part(place, child_threads) + application_part(place, EMBEDDED))


def daemon(place):
    return command(place, server_part(place, AMPLE_THREADS) + application_part(place, DAEMON))


def files(place):
    part = FILES.format(files=place.files, modules=MODULES)
    return command(place, server_part(place, AMPLE_THREADS) + part)
