"""What the camera said, on the desk: shown to those who may see it, and wiped by them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from images.models import Image
from images.wiping import Moved, wipe

LABELS = {
    "make": _("Make"),
    "model": _("Camera"),
    "lens": _("Lens"),
    "serial": _("Serial number"),
    "lens_serial": _("Serial number of the lens"),
    "owner": _("Owner"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
}
CAMERA = (_("Camera and position"), {"fields": ["camera_facts"]})


def facts_of(image):
    """[(label, value)] in a fixed order."""
    return [(label, image.camera[name]) for name, label in LABELS.items() if name in image.camera]


class CameraMixin:
    """For the ModelAdmin of pictures: a read-only field, and the page that wipes."""

    def get_urls(self):
        view = require_http_methods(["GET", "HEAD", "POST"])(self.wipe)
        wrapped = self.admin_site.admin_view(view)
        return [path("<int:pk>/wipe/", wrapped, name="images_image_wipe"), *super().get_urls()]

    def camera_fieldsets(self, request):
        return [CAMERA] if request.user.has_perm("images.see_camera") else []

    @admin.display(description=_("from the file"))
    def camera_facts(self, image):
        return render_to_string("admin/images/image/_camera.html", {"image": image, "facts": facts_of(image)})

    def wipe(self, request, pk):
        """Ask, and with POST wipe; then back to the picture."""
        image = get_object_or_404(Image, pk=pk)
        if not (request.user.has_perm("images.see_camera") and self.has_change_permission(request, image)):
            raise PermissionDenied
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Wipe camera and position"),
                "opts": self.opts,
                "image": image,
                "facts": facts_of(image),
            }
            return TemplateResponse(request, "admin/images/image/wipe.html", context)
        try:
            wipe(image=image, by=request.user)
        except Moved:
            said = _("The picture got another file while you were asked. Look at it, then wipe that one.")
            messages.error(request, said)
        except OSError:
            said = _(
                "The kept file could not be written anew: the disk is full or does not answer. Nothing was wiped. "
                "Tell the technical staff, then try again."
            )
            messages.error(request, said)
        else:
            messages.success(
                request, _("Camera, serial numbers and position are wiped, in the kept file too.")
            )
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[pk]))
