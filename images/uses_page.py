"""Where a picture is used, on the desk: the first uses on its form, all of them on a page, and why it stays."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from images.models import Image
from images.uses import PAGE_SIZE, uses_of


class UsesMixin:
    """For the ModelAdmin of pictures."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.uses_view))
        return [path("<int:pk>/uses/", view, name="images_image_uses"), *super().get_urls()]

    def uses_view(self, request, pk):
        """All uses of a picture, page by page."""
        image = get_object_or_404(Image, pk=pk)
        if not self.has_view_or_change_permission(request, image):
            raise PermissionDenied
        number = request.GET.get("page", 1)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where it is used"),
            "opts": self.opts,
            "image": image,
            "uses": uses_of(image, request.user, timezone.now(), number=number, size=PAGE_SIZE),
        }
        return TemplateResponse(request, "admin/images/image/uses.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        if image := context.get("original"):
            context["uses"] = uses_of(image, request.user, timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs, request):
        """What keeps pictures from being deleted is named by headline and name, not by rows of an index."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [line for image in objs for line in self._in_the_way(image, request.user)]
        return deleted, counts, perms_needed, protected

    def _in_the_way(self, image, user):
        uses = uses_of(image, user, timezone.now())
        for use in uses.listed:
            title = format_html('<a href="{}">{}</a>', use.url, use.title) if use.url else use.title
            yield format_html("{}: {} ({})", str(image), title, use.state.label)
        if rest := uses.total - len(uses.listed):
            address = reverse("admin:images_image_uses", args=[image.pk])
            yield format_html('<a href="{}">{}</a>', address, _("and %(count)d more") % {"count": rest})
