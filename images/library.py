"""What one can look for in the library: words, rights, what is missing, shape, owner, date."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from images.models import Image
from images.rights import SOON
from images.uses import is_used

#: Names that a few letters may stand for.
MOST_NAMES = 50

RIGHTS = {
    "ended": _("Ended"),
    "ending": format_lazy(_("End within {days} days"), days=SOON.days),
    "not-yet": _("Not begun yet"),
    "single-use": _("Single use"),
    "do-not-use": _("Do not use"),
}
MISSING = {
    "alt_text": _("Alternative text"),
    "credit": _("Credit"),
    "caption": _("Caption"),
    "check": _("A check of words from the file"),
    "use": _("Any use so far"),
}
SHAPES = {"landscape": _("Landscape"), "portrait": _("Portrait"), "square": _("Square")}


#: The browser's own calendar, which wants this one way of writing a date.
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """What to look for. It is sent with GET, so that the address is the search."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_(
            "Of the caption, credit, keywords, people, place, title or alternative text; beginnings will do."
        ),
    )
    rights = forms.ChoiceField(label=_("Rights"), required=False)
    missing = forms.ChoiceField(label=_("What is missing"), required=False)
    shape = forms.ChoiceField(label=_("Shape"), required=False)
    photographer = forms.CharField(label=_("Photographer"), required=False, max_length=300)
    agency = forms.CharField(label=_("Agency"), required=False, max_length=300)
    since = forms.DateField(label=_("Uploaded since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Uploaded until"), required=False, widget=DAY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in (("rights", RIGHTS), ("missing", MISSING), ("shape", SHAPES)):
            self.fields[name].choices = [("", _("All")), *choices.items()]

    def narrowed(self):
        """[(name, label, value in words)] of what was asked for and understood, besides words."""
        self.is_valid()
        return [
            (name, field.label, dict(getattr(field, "choices", ())).get(value, value))
            for name, field in self.fields.items()
            if name != "q" and (value := self.cleaned_data.get(name))
        ]

    def find(self, images, now):
        """Those of `images` that were asked for. A field that says nothing sensible asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        found = images.search(asked.get("q", ""))
        found = with_rights(found, asked.get("rights"), now)
        found = without(found, asked.get("missing"))
        found = of_shape(found, asked.get("shape"))
        for name in ("photographer", "agency"):
            if letters := asked.get(name):
                found = found.filter(**{f"{name}__in": names_with(name, letters)})
        if since := asked.get("since"):
            found = found.filter(uploaded_at__gte=_midnight(since))
        if until := asked.get("until"):
            found = found.filter(uploaded_at__lt=_midnight(until + timedelta(days=1)))
        return found


def with_rights(images, which, now):
    """Those of `images` whose rights are so: a key of RIGHTS, or anything else for all."""
    match which:
        case "ended":
            return images.filter(not_after__lte=now)
        case "ending":
            return images.filter(not_after__gt=now, not_after__lte=now + SOON)
        case "not-yet":
            return images.filter(not_before__gt=now)
        case "single-use" | "do-not-use":
            return images.filter(restriction__blank=False, restriction=which)
    return images


def without(images, which):
    """Those of `images` that lack something: a key of MISSING, or anything else for all."""
    match which:
        case "alt_text" | "credit" | "caption":
            return images.filter(**{f"{which}__blank": True})
        case "check":
            return images.filter(to_check__blank=False)
        case "use":
            return images.exclude(is_used())
    return images


def of_shape(images, shape):
    match shape:
        case "landscape":
            return images.filter(width__gt=F("height"))
        case "portrait":
            return images.filter(width__lt=F("height"))
        case "square":
            return images.filter(width=F("height"))
    return images


def names_with(field, letters):
    """The photographers or agencies in whose names these letters stand; read from the field's index alone."""
    names = Image.objects.filter(**{f"{field}__icontains": letters}).order_by(field)
    return list(names.values_list(field, flat=True).distinct()[:MOST_NAMES])


def _midnight(date):
    return timezone.make_aware(datetime.combine(date, time.min))
