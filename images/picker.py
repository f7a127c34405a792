"""What the picture picker asks the desk: find pictures, take one in. JSON for signed-in staff only."""

import logging

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from images import rules
from images.forms import ACCEPT, NOT_KEPT, UploadForm
from images.models import Image
from images.progress import look_after
from images.rights import why_not
from images.sources import picture_of, thumbnail_url
from images.uploads import Duplicate, remove_picture

logger = logging.getLogger(__name__)

PAGE_SIZE = 24


def as_json(image):
    """What the picker and the editor need to know of `image`."""
    preview = picture_of(image, "card") or picture_of(image, "full")
    return {
        "id": image.pk,
        "thumb": thumbnail_url(image),
        "preview": preview.src if preview else "",
        "width": image.width,
        "height": image.height,
        "alt": image.alt_text,
        "caption": image.caption,
        "credit": image.credit,
        "label": str(image),
        "progress": image.progress,
        "to_check": image.to_check,
        "warning": " ".join(warnings_of(image)),
    }


def warnings_of(image):
    """Sentences that whoever places `image` has to know."""
    if image.failure:
        yield image.get_failure_display()
    if why := why_not(image, timezone.now()):
        yield why
    if filled := image.unchecked():
        yield _("From the file, not checked yet: %s.") % filled


class PickerMixin:
    """The picker's addresses below the ModelAdmin of pictures, each behind that admin's own permissions."""

    def get_urls(self):
        addresses = [
            ("picker/", require_GET(self.picker_list), "images_image_picker"),
            ("picker/dialog/", require_GET(self.picker_dialog), "images_image_picker_dialog"),
            ("picker/upload/", require_POST(self.picker_upload), "images_image_picker_upload"),
            ("picker/<int:pk>/", require_GET(self.picker_detail), "images_image_picker_detail"),
            ("picker/<int:pk>/take-back/", require_POST(self.picker_take_back), "images_image_take_back"),
        ]
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in addresses]
        return own + super().get_urls()

    def require_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def picker_list(self, request):
        """One page of pictures, newest first: ?q= words, ?page= number from 1."""
        self.require_view(request)
        look_after()
        number = request.GET.get("page", "1")
        page = int(number) if number.isdecimal() and 0 < len(number) < 6 else 1
        start = max(0, page - 1) * PAGE_SIZE
        found = self.get_queryset(request).search(request.GET.get("q", "")[:200])
        pictures = found[start : start + PAGE_SIZE + 1]
        return JsonResponse(
            {
                "pictures": [as_json(image) for image in pictures[:PAGE_SIZE]],
                "next": page + 1 if len(pictures) > PAGE_SIZE else None,
            }
        )

    def picker_detail(self, request, pk):
        self.require_view(request)
        return JsonResponse(as_json(get_object_or_404(Image, pk=pk)))

    def picker_dialog(self, request):
        """The dialog's markup, so that its words are translated where all others are."""
        self.require_view(request)
        context = {"can_upload": self.has_add_permission(request), "accept": ACCEPT}
        return render(request, "images/picker_dialog.html", context)

    def picker_upload(self, request):
        """Take a picture in: 201, 200 for a file the library has, 400 with a sentence for each wrong field, 507
        when there is no room for it.

        "near" are pictures that look like it, which the person may want instead.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES)
        try:
            if not form.is_valid():
                return JsonResponse({"errors": form.errors}, status=400)
            image = form.keep(by=request.user)
        except Duplicate as duplicate:
            return JsonResponse({"duplicate": True, **as_json(duplicate.image)})
        except OSError:
            logger.exception("A picture could not be kept.")
            return JsonResponse({"errors": {"file": [NOT_KEPT]}}, status=507)
        self.log_addition(request, image, [{"added": {}}])
        near = Image.objects.exclude(pk=image.pk).looking_like(image.look)
        return JsonResponse({"near": [as_json(other) for other in near], **as_json(image)}, status=201)

    def picker_take_back(self, request, pk):
        """Delete a picture that was just uploaded because another one is used instead; 409 when a story has it."""
        image = get_object_or_404(Image, pk=pk)
        if not rules.may_take_back(request.user, image):
            raise PermissionDenied
        try:
            remove_picture(image=image, by=request.user)
        except ProtectedError:
            return JsonResponse(
                {"errors": [_("A story uses this picture already, so it stays.")]}, status=409
            )
        return JsonResponse({})
