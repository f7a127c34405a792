"""The pages that replace a picture's file: choose a better one, see both side by side, put one in place, or back."""

import io
import logging

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from images.crop_fields import SLOTS
from images.encoding import encode, open_clean
from images.forms import ACCEPT, NOT_KEPT
from images.models import Image, OtherFile
from images.other_files import FORMER_KEPT
from images.replacing import Moved, fit, is_alike, offer, put_back, replace
from images.turns import CHECKING, turn
from images.uploads import Duplicate
from images.validators import check_picture

logger = logging.getLogger(__name__)

#: How wide the offered file is shown beside the old one.
SHOWN_WIDTH = 800


class ReplaceForm(forms.Form):
    """A better file of one picture."""

    file = forms.FileField(
        label=gettext_lazy("Better file"),
        allow_empty_file=True,  # the check says it in a more useful sentence
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "The same picture once more: larger, sharper, with better colours. The next page shows both; nothing is "
            "replaced before you say so there."
        ),
        error_messages={"required": gettext_lazy("Choose the picture's file.")},
    )

    def __init__(self, image, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.image = image

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.checked = check_picture(file)
        if known := Image.objects.filter(sha256=self.checked.sha256).first():
            raise ValidationError(_known(known, self.image), code="duplicate")
        return file


def _known(known, image):
    if known == image:
        return _("This very file is the one that the picture has.")
    link = format_html('<a href="{}">{}</a>', _form_of(known), known)
    return format_html(
        _("This very file is another picture of the library: {}. Use that one in stories instead."), link
    )


class ReplaceMixin:
    """For the ModelAdmin of pictures."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        form = require_http_methods(["GET", "HEAD", "POST"])
        own = [
            path("<int:pk>/replace/", wrap(form(self.replace_view)), name="images_image_replace"),
            path("<int:pk>/replace/<int:other_pk>/", wrap(form(self.compare)), name="images_image_compare"),
            path(
                "<int:pk>/replace/<int:other_pk>/picture/",
                wrap(require_safe(self.offered_picture)),
                name="images_image_offered",
            ),
            path("<int:pk>/put-back/", wrap(require_POST(self.put_back)), name="images_image_put_back"),
        ]
        return own + super().get_urls()

    def _to_replace(self, request, pk):
        image = get_object_or_404(Image, pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        return image

    def replace_view(self, request, pk):
        """Choose a better file, or put the one back that was there before."""
        image = self._to_replace(request, pk)
        form = ReplaceForm(image, request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                other = offer(
                    image=image, file=form.cleaned_data["file"], checked=form.checked, by=request.user
                )
            except Duplicate as duplicate:  # uploaded as a picture of its own while this one was checked
                form.add_error("file", _known(duplicate.image, image))
            except OSError:
                logger.exception("A picture could not be kept.")
                form.add_error("file", NOT_KEPT)
            else:
                return redirect("admin:images_image_compare", image.pk, other.pk)
        former = image.other_files.filter(state=OtherFile.State.FORMER).select_related("by").first()
        until = former and former.at + FORMER_KEPT
        return self._page(request, "replace", image, form=form, former=former, until=until)

    def compare(self, request, pk, other_pk):
        """The two files side by side; with POST the new one is put in place."""
        image = self._to_replace(request, pk)
        if request.method == "POST":
            return self._replace(request, image, other_pk)
        other = get_object_or_404(OtherFile, pk=other_pk, image=image, state=OtherFile.State.OFFERED)
        return self._page(
            request, "compare", image, other=other, facts=_facts(image, other), words=_words(image, other),
            sentences=_sentences(image, other), alike=is_alike(image, other), shown_width=SHOWN_WIDTH,
        )  # fmt: skip

    def _page(self, request, name, image, **context):
        titles = {"replace": _("Replace the file"), "compare": _("Old and new file")}
        context |= {
            **self.admin_site.each_context(request),
            "title": titles[name],
            "opts": self.opts,
            "image": image,
        }
        return TemplateResponse(request, f"admin/images/image/{name}.html", context)

    def _replace(self, request, image, other_pk):
        try:
            fitting = replace(
                image=image, other=OtherFile(pk=other_pk), seen=request.POST.get("seen", ""), by=request.user
            )
        except Moved:
            if not image.other_files.filter(pk=other_pk, state=OtherFile.State.OFFERED).exists():
                return redirect(_form_of(image))  # the second of two clicks
            messages.error(
                request,
                _(
                    "Somebody gave the picture another file meanwhile. Nothing was replaced: compare once more."
                ),
            )
            return redirect("admin:images_image_compare", image.pk, other_pk)
        except Duplicate as duplicate:
            messages.error(request, _known(duplicate.image, image))
            return redirect("admin:images_image_replace", image.pk)
        except OtherFile.DoesNotExist:
            messages.error(
                request, _("This file is not kept any more. Nothing was replaced: choose it again.")
            )
            return redirect("admin:images_image_replace", image.pk)
        said = [
            _("The file is replaced. Pages show the old one until the new ones are made."),
            *_laid_over(fitting),
        ]
        back = format_html(
            '<a href="{}">{}</a>', reverse("admin:images_image_replace", args=[image.pk]), _("Put it back…")
        )
        messages.success(request, format_html("{} {}", " ".join(map(str, said)), back))
        return redirect(_form_of(image))

    def offered_picture(self, request, pk, other_pk):
        """The offered file as a JPEG for the page that compares; nobody else gets to see it."""
        image = self._to_replace(request, pk)
        other = get_object_or_404(OtherFile, pk=other_pk, image=image, state=OtherFile.State.OFFERED)
        with turn(CHECKING), other.original.open("rb") as file:
            picture = open_clean(file, share=min(1, SHOWN_WIDTH / other.width))
            picture.thumbnail((SHOWN_WIDTH, picture.height))
            content = io.BytesIO(encode(picture, "jpeg"))
        answer = HttpResponse(content, content_type="image/jpeg")
        answer["Cache-Control"] = "private, no-store"
        return answer

    def put_back(self, request, pk):
        """Give the picture the file back that was there before."""
        image = self._to_replace(request, pk)
        try:
            put_back(image=image, seen=request.POST.get("seen", ""), by=request.user)
        except Moved:
            messages.error(request, _("The picture got another file meanwhile. Nothing was put back."))
        except OtherFile.DoesNotExist:
            messages.error(request, _("The old file is not kept any more. Nothing was changed."))
        except Duplicate as duplicate:
            messages.error(request, _known(duplicate.image, image))
        else:
            messages.success(
                request, _("The old file is back, with its focal point and crops. Its files are being made.")
            )
        return redirect(_form_of(image))


def _form_of(image):
    return reverse("admin:images_image_change", args=[image.pk])


def _facts(image, other):
    """[(label, old, new)] of what can be measured."""
    return [
        (_("Pixels"), *(f"{one.width} × {one.height}" for one in (image, other))),
        (_("Weight"), *(filesizeformat(one.bytes) for one in (image, other))),
        (_("Format"), image.format, other.format),
    ]


def _words(image, other):
    """[(label, as the library has it, as the new file says)] of the fields whose words are not the same."""
    fields = {name: Image._meta.get_field(name) for name in other.words}
    return [
        (capfirst(field.verbose_name), getattr(image, name), other.words[name])
        for name, field in fields.items()
        if str(getattr(image, name)).split() != str(other.words[name]).split()
    ]


def _sentences(image, other):
    """What to mind before the new file is put in place."""
    if other.width * other.height < image.width * image.height:
        yield _("The new file has fewer pixels than the old one.")
    yield from _laid_over(fit(image, other.width, other.height))


def _laid_over(fitting):
    """What becomes of the focal point and the crops; nothing is said of what stays."""
    if not fitting.same_shape:
        yield _("The new file has another shape, so the focal point is in the middle: set it anew.")
    if fitting.lost:
        labels = ", ".join(str(SLOTS[name][0]) if name in SLOTS else name for name in fitting.lost)
        yield _("These crops of their own do not fit the new file and are gone: %s.") % labels
