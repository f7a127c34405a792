"""The picture library on the desk."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from js_asset import Media, Script

from images import rights
from images.admin_media import NonceMediaMixin
from images.bulk_page import BulkMixin
from images.camera import CameraMixin
from images.crop_fields import SLOTS
from images.forms import LibraryForm
from images.library_page import LibraryMixin
from images.models import Image, Rendition
from images.picker import PickerMixin
from images.progress import ProgressMixin, look_after, wait_again
from images.recording_admin import RecordingAdmin  # noqa: F401 (registers itself)
from images.replace_page import ReplaceMixin
from images.upload_page import UploadMixin
from images.uploads import remove_picture
from images.uses_page import UsesMixin

#: Fields that decide how a picture is cut.
CUTTING = {"focal_x", "focal_y", "own_crops"}

WORDS = (None, {"fields": ["alt_text", "caption", "credit"]})
RIGHTS = (_("Rights"), {"fields": rights.FIELDS})
RECORD = (_("For the desk"), {"fields": ["title", "people", "place", "keywords", "taken_at"]})
FROM_FILE = (
    _("From the file"),
    {
        "fields": ["checked"],
        "description": _(
            "The fields marked below were filled in from what the file says. Compare them with the picture, mend "
            "what is wrong, then tick the box."
        ),
    },
)
CROPPING = (
    _("Focal point and crops"),
    {
        "fields": ["preview", tuple(f"crop_{slot}" for slot in SLOTS), ("focal_x", "focal_y")],
        "classes": ["cropping"],
        "description": _(
            "Click what must stay in every crop, usually a face; or focus the marker and use the arrow keys, with "
            "Shift for longer steps. Every crop follows, until you drag it or use its own arrow keys: then it stays as "
            "you put it."
        ),
    },
)


@admin.register(Image)
class ImageAdmin(
    NonceMediaMixin,
    LibraryMixin,
    UploadMixin,
    CameraMixin,
    ProgressMixin,
    PickerMixin,
    UsesMixin,
    ReplaceMixin,
    BulkMixin,
    admin.ModelAdmin,
):
    form = LibraryForm
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    readonly_fields = ["preview", "camera_facts", "dimensions", "uploaded_by", "uploaded_at"]
    delete_confirmation_template = "admin/images/image/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/images/image/delete_selected_confirmation.html"

    @property
    def media(self):
        own = Media(
            css={
                "all": [
                    "css/admin/from-file.css",
                    "css/admin/picture-progress.css",
                    "css/admin/picture-uses.css",
                ]
            },
            js=[Script("js/admin/picture-progress.js", type="module")],
        )
        return super().media + own

    def get_fieldsets(self, request, obj=None):
        if not self.has_change_permission(request, obj):
            picture = (None, {"fields": ["preview"]})
        else:
            picture = CROPPING
        upload = (_("Upload"), {"fields": ["dimensions", "uploaded_by", "uploaded_at"]})
        from_file = [FROM_FILE] if obj.to_check and self.has_change_permission(request, obj) else []
        camera = self.camera_fieldsets(request)
        return [picture, *from_file, WORDS, RIGHTS, RECORD, *camera, upload]

    def changelist_view(self, request, extra_context=None):
        look_after()
        try:
            return super().changelist_view(request, extra_context)
        except ProtectedError:
            return self._is_in_use_now(request)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            return self._is_in_use_now(request)

    def _is_in_use_now(self, request):
        """Somebody has put a picture into a story between the page that asked and the answer."""
        messages.error(
            request, _("A picture was put into a story a moment ago. Nothing was deleted: look again.")
        )
        return redirect(request.get_full_path())

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        # Renditions go with their picture; thirty lines of them would hide what matters.
        counts.pop(Rendition._meta.verbose_name_plural, None)
        return [[str(image)] for image in objs] if not protected else deleted, counts, perms_needed, protected

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            before = Image.objects.get(pk=obj.pk)
            # Not the whole row: what is being made in the background belongs to who makes it.
            obj.save(update_fields={*form.changed_fields(), "to_check"} - {"checked"})
            rights.changed(obj, before, by=request.user)
            if not CUTTING.isdisjoint(form.changed_fields()):
                wait_again(obj)

    def delete_model(self, request, obj):
        remove_picture(image=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for image in queryset:
                remove_picture(image=image, by=request.user)

    @admin.display(description=_("size"))
    def dimensions(self, image):
        return f"{image.width} × {image.height}, {filesizeformat(image.bytes)}"

    @admin.display(description=_("picture"))
    def preview(self, image):
        return render_to_string("admin/images/image/_preview.html", {"image": image})
