"""The project's own app (checks, commands) and the admin it installs."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from newsroom import checks


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        register(checks.uploads_outside_packages, Tags.files)
        register(checks.production_is_complete, Tags.security)


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin_site.NewsroomAdminSite"
