"""Choosing a library picture in a form: a thumbnail and three buttons over a hidden id."""

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from js_asset import ImportMap, Media, Script

from images.models import Image

# Collected static files have a hash in their names, so modules find each other by these names instead.
picker_importmap = ImportMap(
    {
        "newsroom/picture-call": "js/admin/picture-call.js",
        "newsroom/picture-picker": "js/admin/picture-picker.js",
    }
)

# For every form whose modules call pickPicture, such as the body editor's figure block.
picker_media = Media(importmap=picker_importmap, css={"all": ["css/admin/picture-picker.css"]})


class PictureInput(forms.Widget):
    """The widget of a foreign key to Image. The page needs the nonce that NonceMediaMixin gives it."""

    template_name = "images/picture_input.html"
    choices = ()  # ModelChoiceField hands its choices over; a library is not printed as a list

    @property
    def media(self):
        return picker_media + Media(js=[Script("js/admin/picture-input.js", type="module")])

    def id_for_label(self, id_):
        return f"{id_}_choose" if id_ else id_

    def use_required_attribute(self, initial):
        return False  # a browser cannot point at a hidden field

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = str(value or "")
        context["image"] = Image.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
        context["picker_url"] = reverse("admin:images_image_picker")
        return context

    def render(self, name, value, attrs=None, renderer=None):
        # Not the form renderer: it does not look into the project's templates.
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class PictureField(forms.ModelChoiceField):
    """A form field for one library picture. Declared on a form, it also keeps the admin's own links away."""

    widget = PictureInput

    def __init__(self, *, queryset=None, **kwargs):
        super().__init__(queryset=Image.objects.all() if queryset is None else queryset, **kwargs)
