"""The manner of Django's own wsgi.py: everything else is imported from the project."""

import os

os.environ.setdefault("SHOP_SETTINGS", "shop.settings")

from shop.views import application  # noqa: E402,F401
