"""What `forkloom serve loomsite.wsgi` calls: the callable named `application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loomsite.settings")
application = get_wsgi_application()
