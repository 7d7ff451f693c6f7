from django.contrib import admin
from django.urls import path

from pages import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("count/", views.count),
    path("upload/", views.upload),
    path("download/<str:name>", views.download),
    path("stream/<int:blocks>", views.stream),
    path("broken/", views.broken),
]
