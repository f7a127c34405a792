"""Where everything is mounted. Articles come last, because their address is any single word."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
