"""The page that `make serve` shows.

Python's standard library is all it needs: CPython 3.10 to 3.14, any WSGI server.
"""

import os
import sys

# Forkloom puts this folder first on sys.path. Not every WSGI server does, and the page
# should come up there as well.
_here = os.path.dirname(os.path.abspath(__file__))
if _here not in sys.path:
    sys.path.insert(0, _here)

from demo_site.routes import application  # noqa: E402

__all__ = ["application"]
