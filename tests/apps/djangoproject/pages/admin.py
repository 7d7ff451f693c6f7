from django.contrib import admin

from pages.models import Document

admin.site.register(Document)
