"""The forms through which pictures enter and change."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from images.models import Image
from images.uploads import keep_picture
from images.validators import check_picture

ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/tiff,image/avif"


class UploadForm(forms.ModelForm):
    """A new picture with the words that every picture needs. `save(by=user)` keeps it; see keep_picture."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the check below says it in a more useful sentence
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_(
            "A JPEG, PNG, WebP, GIF, TIFF or AVIF file. Readers get smaller copies without the camera's data; "
            "the file itself is kept and never shown."
        ),
        error_messages={"required": _("Choose the picture's file.")},
    )

    class Meta:
        model = Image
        fields = ["alt_text", "caption", "credit"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.checked = check_picture(file)
        return file

    def keep(self, *, by):
        """Store the picture of this valid form; Duplicate when its file is known."""
        return keep_picture(image=self.instance, file=self.cleaned_data["file"], checked=self.checked, by=by)


class LibraryUploadForm(UploadForm):
    """The admin's add form: all words at once, and a known file is refused with a link to its picture."""

    class Meta(UploadForm.Meta):
        fields = [
            *UploadForm.Meta.fields,
            "title",
            "source",
            "usage_terms",
            "not_before",
            "not_after",
            "taken_at",
        ]

    def clean_file(self):
        file = super().clean_file()
        known = Image.objects.filter(sha256=self.checked.sha256).first()
        if known is not None:
            link = format_html(
                '<a href="{}">{}</a>', reverse("admin:images_image_change", args=[known.pk]), known
            )
            raise ValidationError(
                format_html(_("This very file is in the library already: {}."), link), code="duplicate"
            )
        return file
