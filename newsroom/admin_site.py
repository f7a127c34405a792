"""The desk's side: Django's admin under our name, with our front page."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import arrange_page, paper_page, style_guide
from articles.desk_front import short_lists
from articles.rights_front import ending_rights

#: The order of the desk's parts; what is not named comes last. Django sorts by names, which a translation changes.
PARTS = ["Article", "Section", "Tag", "Image", "Recording", "Author", "Entry", "User", "Group"]


def _place_of(model):
    name = model["object_name"]
    return PARTS.index(name) if name in PARTS else len(PARTS)


class NewsroomAdminSite(admin.AdminSite):
    """One admin for stories, author profiles and pictures."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False  # the same links stand in one row at the top, and stories get the width

    def index(self, request, extra_context=None):
        context = {
            "short_lists": short_lists(request.user),
            "ending_rights": ending_rights(request.user, timezone.now()),
            "rights_days": settings.RIGHTS_SOON_DAYS,
        }
        return super().index(request, context | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_place_of)
        return sorted(apps, key=lambda app: _place_of(app["models"][0]))

    def get_urls(self):
        view = self.admin_view(self.view_on_site)
        return [
            *arrange_page.urls(self),
            *paper_page.urls(self),
            *style_guide.urls(self.admin_view),
            path("r/<path:content_type_id>/<path:object_id>/", view, name="view_on_site"),
            *super().get_urls(),
        ]

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to a thing's public page; Django's own tells the address of any thing to anybody on the staff."""
        if not content_type_id.isdecimal():
            raise Http404
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if not self.is_registered(model):
            raise Http404
        model_admin = self.get_model_admin(model)
        thing = model_admin.get_object(request, object_id)
        if not model_admin.has_view_permission(request, thing):
            raise PermissionDenied
        if thing is None or not hasattr(thing, "get_absolute_url"):
            raise Http404
        return redirect(thing.get_absolute_url())

    def login(self, request, extra_context=None):
        """The admin has no sign-in of its own, because it would go round the second factor and the throttle."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def logout(self, request, extra_context=None):
        """Sign out the way the account pages do, which is logged."""
        if request.method == "POST":
            get_adapter(request).logout(request)
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        """Guesses at the old password are throttled there."""
        return redirect("account_change_password")
