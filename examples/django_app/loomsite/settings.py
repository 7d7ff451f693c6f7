"""As few settings as a page with a session and a form needs."""

import os

# Signs the session cookies. All processes must have the same one, so it is not drawn at
# random at start. This one is public: fit for trying things out, for nothing else.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "public-and-only-for-trying-this-example-out")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = ["loomsite"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "loomsite.urls"
WSGI_APPLICATION = "loomsite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
USE_TZ = True
