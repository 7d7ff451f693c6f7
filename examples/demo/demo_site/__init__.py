"""The demo application. Its WSGI callable is `routes.application`."""
