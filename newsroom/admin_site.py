"""The desk's side: Django's admin under our name, with our front page."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.desk_front import short_lists


class NewsroomAdminSite(admin.AdminSite):
    """One admin for stories, author profiles and pictures."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False  # the same links stand in one row at the top, and stories get the width

    def index(self, request, extra_context=None):
        return super().index(request, {"short_lists": short_lists(request.user), **(extra_context or {})})
