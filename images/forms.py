"""The forms through which pictures enter and change."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from images.alt_text import is_file_name, repeats
from images.crop_fields import CroppedForm
from images.models import Image
from images.uploads import keep_picture
from images.validators import check_picture

NOT_KEPT = _(
    "The picture could not be kept: the disk is full or does not answer. Nothing else was changed. Tell the technical "
    "staff, then choose the file again."
)
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/tiff,image/avif"


class PictureForm(forms.ModelForm):
    """The words of a picture. An alternative text that tells nobody what is seen is refused with a reason."""

    class Meta:
        model = Image
        fields = ["alt_text", "caption", "credit"]

    def clean(self):
        values = super().clean()
        banned = values.get("restriction") == Image.Restriction.DO_NOT_USE
        if banned and not values.get("restriction_reason", "").strip():
            self.add_error("restriction_reason", _("Say why, for colleagues who want to use it."))
        alt = values.get("alt_text", "")
        if {"alt_text", "caption"}.isdisjoint(self.changed_data):
            return values  # an old one does not stand in the way of marking a picture “Do not use”
        if is_file_name(alt):
            self.add_error("alt_text", _("This is the name of a file. Write what is seen."))
        elif repeats(alt, values.get("caption", "")):
            self.add_error("alt_text", _("This repeats the caption. Write what is seen, or leave it empty."))
        return values


class UploadForm(PictureForm):
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

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.checked = check_picture(file)
        return file

    def keep(self, *, by):
        """Store the picture of this valid form; Duplicate when its file is known."""
        return keep_picture(image=self.instance, file=self.cleaned_data["file"], checked=self.checked, by=by)


class LibraryForm(CroppedForm, PictureForm):
    """The admin's form of a picture. What the file filled in is marked until somebody changes or ticks it."""

    checked = forms.BooleanField(
        label=_("Checked"),
        required=False,
        help_text=_("What is marked “From the file” is right as it stands now."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.instance.to_check:
            if field := self.fields.get(name):
                mark = format_html('<strong class="from-file">{}</strong>', _("From the file: check it."))
                field.help_text = format_html("{} {}", mark, field.help_text)

    def clean(self):
        looked_at = self.instance.to_check if self.cleaned_data.get("checked") else self.changed_data
        self.instance.to_check = [name for name in self.instance.to_check if name not in looked_at]
        return super().clean()
