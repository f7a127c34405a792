"""How far the files for readers are, for everyone at the desk who waits for them: shown, asked again, tried again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from images.models import Image
from images.tasks import make_waiting

#: Pictures asked about at once: a page of the library.
MOST = 200


def as_json(image):
    """What js/admin/picture-progress.js writes into a page that waits for `image`."""
    words = render_to_string("admin/images/image/_progress_words.html", {"image": image, "asked": True})
    return {"progress": image.progress, "html": words}


def look_after():
    """Go on with what a process that was killed has left waiting. Every page of the library calls it."""
    if Image.objects.filter(progress=Image.Progress.WAITING).exists():
        make_waiting.enqueue()


def wait_again(image):
    """Put `image` back in the line: its crops were changed, or its files could not be made."""
    with transaction.atomic():
        Image.objects.filter(pk=image.pk).update(progress=Image.Progress.WAITING, failure="")
        transaction.on_commit(make_waiting.enqueue)


class ProgressMixin:
    """The addresses of this below the ModelAdmin of pictures."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("progress/", wrap(require_GET(self.progress)), name="images_image_progress"),
            path("<int:pk>/try-again/", wrap(require_POST(self.try_again)), name="images_image_try_again"),
        ]
        return own + super().get_urls()

    def progress(self, request):
        """{id: as_json} of the pictures ?id=1&id=2; those that are gone are left out."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = [pk for pk in request.GET.getlist("id")[:MOST] if pk.isdecimal() and len(pk) < 19]
        look_after()
        found = Image.objects.filter(pk__in=asked)
        return JsonResponse({image.pk: as_json(image) for image in found})

    def try_again(self, request, pk):
        """Make the files of a picture once more, after it failed. JSON for the module, else the picture's page."""
        image = get_object_or_404(Image, pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        if image.progress == Image.Progress.FAILED:
            wait_again(image)
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            image.refresh_from_db()
            return JsonResponse(as_json(image))
        messages.info(request, _("The files are being made again."))
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[pk]))
