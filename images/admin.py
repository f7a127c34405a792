"""The picture library on the desk."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from js_asset import Media, Script

import log
from images.forms import LibraryUploadForm
from images.models import Image, Rendition
from images.picker import PickerMixin
from images.renditions import make_renditions
from images.uploads import Duplicate, remove_picture

WORDS = (None, {"fields": ["alt_text", "caption", "credit"]})
RIGHTS_FIELDS = ["source", "usage_terms", "not_before", "not_after"]
RIGHTS = (_("Rights"), {"fields": RIGHTS_FIELDS})
RECORD = (_("For the desk"), {"fields": ["title", "taken_at"]})
FOCAL_POINT = (
    _("Focal point"),
    {
        "fields": ["focal_x", "focal_y"],
        "description": _(
            "Crops are made around this point. Click the picture above, or focus its marker and use the arrow "
            "keys; with Shift they go further."
        ),
    },
)


class MissingFilter(admin.SimpleListFilter):
    """Pictures that are not ready for a story."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            ("alt_text", _("Alternative text")),
            ("credit", _("Credit")),
            ("caption", _("Caption")),
        ]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(**{self.value(): ""})
        return queryset


@admin.register(Image)
class ImageAdmin(PickerMixin, admin.ModelAdmin):
    list_display = [
        "thumbnail",
        "name",
        "short_caption",
        "credit",
        "dimensions",
        "uploaded_by",
        "uploaded_at",
    ]
    list_display_links = ["thumbnail", "name"]
    list_filter = [MissingFilter, "uploaded_at", "not_after"]
    list_select_related = ["uploaded_by"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = _("Words of the title, caption, credit or alternative text.")
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    readonly_fields = ["preview", "dimensions", "uploaded_by", "uploaded_at"]
    delete_confirmation_template = "admin/images/image/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/images/image/delete_selected_confirmation.html"

    @property
    def media(self):
        own = Media(
            css={"all": ["css/admin/focal-point.css"]},
            js=[Script("js/admin/focal-point.js", type="module")],
        )
        return super().media + own

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = LibraryUploadForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["file"]}), WORDS, RIGHTS, RECORD]
        picture = (None, {"fields": ["preview"]})
        upload = (_("Upload"), {"fields": ["dimensions", "uploaded_by", "uploaded_at"]})
        return [picture, FOCAL_POINT, WORDS, RIGHTS, RECORD, upload]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj is not None else []

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        # Renditions go with their picture; thirty lines of them would hide what matters.
        counts.pop(Rendition._meta.verbose_name_plural, None)
        return [[str(image)] for image in objs] if not protected else deleted, counts, perms_needed, protected

    @method_decorator(csrf_protect)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Django's own wraps all of it in a transaction, which would keep every other writer waiting while
        # pictures are encoded. keep_picture and make_renditions have their own, short ones.
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Duplicate as duplicate:
            self.message_user(request, _("This very file is in the library already."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:images_image_change", args=[duplicate.image.pk]))

    def save_model(self, request, obj, form, change):
        if not change:
            form.keep(by=request.user)
            return
        with transaction.atomic():
            obj.save()
            if changed := {
                name: form.cleaned_data[name] for name in form.changed_data if name in RIGHTS_FIELDS
            }:
                log.write("picture.rights-changed", by=request.user, subject=obj, data=changed)
        make_renditions(obj)

    def delete_model(self, request, obj):
        self._remove(request, obj)

    def delete_queryset(self, request, queryset):
        for image in queryset:
            self._remove(request, image)

    @transaction.atomic
    def _remove(self, request, image):
        log.write("picture.deleted", by=request.user, subject=image, data={"sha256": image.sha256})
        remove_picture(image=image)

    @admin.display(description=_("picture"))
    def thumbnail(self, image):
        return render_to_string("admin/images/image/_thumbnail.html", {"image": image})

    @admin.display(description=_("name"), ordering="title")
    def name(self, image):
        return str(image)

    @admin.display(description=_("caption"))
    def short_caption(self, image):
        return image.caption[:100]

    @admin.display(description=_("size"), ordering="width")
    def dimensions(self, image):
        return f"{image.width} × {image.height}, {filesizeformat(image.bytes)}"

    @admin.display(description=_("picture"))
    def preview(self, image):
        return render_to_string("admin/images/image/_preview.html", {"image": image})
