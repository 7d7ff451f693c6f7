"""nginx for the cases of static files: a private configuration in a scratch folder.

Debian's package starts a service on port 80 when it is installed. So it is only unpacked, into the
virtual environment's folder, where the machine has no nginx of its own.
"""

import os
import shutil

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid "{scratch}/nginx.pid";
error_log "{scratch}/error.log" error;

events {{
    worker_connections 1024;
}}

http {{
    client_body_temp_path "{scratch}/body";
    proxy_temp_path "{scratch}/proxy";
    fastcgi_temp_path "{scratch}/fastcgi";
    uwsgi_temp_path "{scratch}/uwsgi";
    scgi_temp_path "{scratch}/scgi";

    types {{
        text/html html;
    }}
    default_type application/octet-stream;

    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 5s;
    keepalive_requests 1000000000;

    server {{
        listen {address};
        root "{files}";
    }}
}}
"""


def program(venv):
    """The machine's nginx, else the unpacked one, which may not be there yet."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found or str(venv / "nginx" / "usr" / "sbin" / "nginx")


def files(place):
    """The command; the folder of files must be readable by the user nobody where root starts it."""
    file = place.scratch / "nginx.conf"
    file.write_text(
        CONFIGURATION.format(scratch=place.scratch, address=place.address, files=place.files)
    )
    log = str(place.scratch / "error.log")
    return [program(place.venv), "-p", str(place.scratch), "-e", log, "-c", str(file)]
