"""The crops of a picture in its form: each slot follows the focal point or has a crop of its own.

Without script a crop is three numbers; js/admin/crops/main.js writes them while somebody drags.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from js_asset import ImportMap, Media, Script

from images.crops import CROPS, least_width, own_box
from images.models import Image

#: {name of the crop: (what the desk calls it, where readers meet it)} for those with a shape of their own.
SLOTS = {
    "lead": (_("Lead, 16:9"), _("Above the text of a story.")),
    "card": (_("Card, 3:2"), _("In lists and on the front page.")),
    "square": (_("Square"), _("Small, beside a name.")),
    "share": (_("Shared link, 1.91:1"), _("On other sites that link to the story.")),
}
EDGES = (("left", _("Left edge")), ("upper", _("Upper edge")), ("width", _("Width")))
# Collected static files have a hash in their names, so the modules find each other by these.
IMPORTS = ImportMap(
    {
        "newsroom/crops/arithmetic": "js/admin/crops/arithmetic.js",
        "newsroom/crops/slot": "js/admin/crops/slot.js",
    }
)
BY_NAME = {crop.name: crop for crop in CROPS}


class CropInput(forms.MultiWidget):
    """Three numbers in per cent of the picture's sides, and room for the preview of one slot."""

    def __init__(self, slot):
        self.slot, self.image = slot, None
        number = forms.NumberInput({"min": 0, "max": 100, "step": "0.01"})
        super().__init__({edge: number for edge, _label in EDGES})

    @property
    def media(self):
        modules = [Script("js/admin/crops/main.js", type="module")]
        return Media(importmap=IMPORTS, css={"all": ["css/admin/crops.css"]}, js=modules)

    def decompress(self, own):
        if not own:
            return [None, None, None]
        left, upper, right, _lower = own
        return [round(100 * share, 2) for share in (left, upper, right - left)]

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        label, where = SLOTS[self.slot]
        context |= {
            "slot": self.slot,
            "label": label,
            "where": where,
            "image": self.image,
            "inputs": [(words, one) for (_edge, words), one in zip(EDGES, inputs, strict=True)],
        }
        if self.image:
            crop = BY_NAME[self.slot]
            context |= {
                "ratio": crop.ratio,
                "least": least_width(crop, self.image.width, self.image.height),
            }
        # Not the form renderer: it does not look into the project's templates.
        return render_to_string("admin/images/image/_crop.html", context)


class CropField(forms.MultiValueField):
    """One slot's own crop as [left, upper, right, lower] in shares of the picture; None follows the focal point."""

    def __init__(self, slot):
        self.slot = slot
        between = [MinValueValidator(0), MaxValueValidator(100)]
        numbers = [forms.FloatField(required=False, validators=between) for _edge in EDGES]
        super().__init__(
            numbers,
            label=SLOTS[slot][0],
            required=False,
            require_all_fields=False,
            widget=CropInput(slot),
        )

    def compress(self, numbers):
        if not numbers or numbers == [None] * len(EDGES):
            return None
        if None in numbers:
            raise ValidationError(
                _("A crop of its own needs all three numbers. Fill them in, or empty all three."), code="part"
            )
        return tuple(number / 100 for number in numbers)


class CroppedForm(forms.ModelForm):
    """The form of a picture that is in the library. Its crops are one field of the model, `own_crops`."""

    crop_lead = CropField("lead")
    crop_card = CropField("card")
    crop_square = CropField("square")
    crop_share = CropField("share")

    class Meta:
        model = Image
        fields = ["focal_x", "focal_y"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for slot in SLOTS:
            field = self.fields[f"crop_{slot}"]
            field.widget.image = self.instance
            field.initial = field.widget.decompress(self.instance.own_crops.get(slot))

    def clean(self):
        own = dict(self.instance.own_crops)
        for slot in SLOTS:
            if f"crop_{slot}" in self.changed_data:  # what nobody touched stays, to the last digit
                own.pop(slot, None)
                if drawn := self.cleaned_data.get(f"crop_{slot}"):
                    own[slot] = self._checked(slot, drawn)
        self.instance.own_crops = own
        return super().clean()

    def _checked(self, slot, drawn):
        """The crop as [left, upper, right, lower], right to the pixel; a rule it breaks is a sentence at its field."""
        image, crop = self.instance, BY_NAME[slot]
        left, upper, share = drawn
        lower = upper + share * image.width / crop.ratio / image.height
        try:
            box = own_box(crop, (left, upper, left + share, lower), image.width, image.height)
        except ValueError as broken:
            self.add_error(f"crop_{slot}", self._sentence(str(broken), crop, share))
            return []
        sides = (image.width, image.height, image.width, image.height)
        return [round(edge / side, 4) for edge, side in zip(box, sides, strict=True)]

    def changed_fields(self):
        """The fields of the model that this form changed."""
        names = {"own_crops" if name.startswith("crop_") else name for name in self.changed_data}
        return sorted(names)

    def _sentence(self, broken, crop, share):
        if broken == "small":
            return _(
                "This crop is %(has)d pixels wide; it needs %(least)d, or it looks soft to readers. Make it larger."
            ) % {
                "has": round(share * self.instance.width),
                "least": least_width(crop, self.instance.width, self.instance.height),
            }
        return _("This crop does not lie inside the picture. Make it smaller, or move it.")
