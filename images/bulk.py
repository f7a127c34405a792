"""One change to many pictures: credit, rights or keywords, shown before it is made and undone with one click.

All are changed in one transaction, or none. A picture that somebody else changed since the page was drawn is left
alone and named. What undoing needs stays in the session of the person who did it.
"""

import json
from copy import copy
from hashlib import blake2b

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import log
from images import rights
from images.models import Image

#: Pictures of one change: each is saved, indexed and logged while other writers wait.
MOST = 200

DATES = ("not_before", "not_after")
WORDS = ("credit", "usage_terms", "territory")
#: What is compared to see whether somebody else changed a picture, and what can be changed here.
FIELDS = (*WORDS, *DATES, "keywords", "restriction", "restriction_reason")
NO_RESTRICTION = "none"

#: The browser's own calendar and clock, which want this one way of writing a moment.
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def parts(words):
    """The keywords of a text with commas, in order, each once whatever its capitals."""
    found = {}
    for part in words.split(","):
        if part := " ".join(part.split()):
            found.setdefault(part.lower(), part)
    return list(found.values())


class BulkForm(forms.Form):
    """What to change; what is left empty stays as it is."""

    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("As readers see it."),
    )
    add_keywords = forms.CharField(
        label=gettext_lazy("Add keywords"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Separated by commas."),
    )
    remove_keywords = forms.CharField(
        label=gettext_lazy("Remove keywords"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Separated by commas."),
    )
    usage_terms = forms.CharField(
        label=gettext_lazy("Usage terms"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    not_before = forms.DateTimeField(label=gettext_lazy("Not before"), required=False, widget=MOMENT)
    not_after = forms.DateTimeField(label=gettext_lazy("Not after"), required=False, widget=MOMENT)
    territory = forms.CharField(label=gettext_lazy("Territory"), required=False, max_length=200)
    restriction = forms.ChoiceField(
        label=gettext_lazy("Restriction"),
        required=False,
        choices=[
            ("", gettext_lazy("As it is")),
            (NO_RESTRICTION, Image.Restriction.NONE.label),
            *[(one.value, one.label) for one in Image.Restriction if one.value],
        ],
    )
    restriction_reason = forms.CharField(
        label=gettext_lazy("Reason of the restriction"), required=False, max_length=300
    )
    emptied = forms.MultipleChoiceField(
        label=gettext_lazy("Empty these fields"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("credit", gettext_lazy("Credit")),
            ("keywords", gettext_lazy("Keywords")),
            ("usage_terms", gettext_lazy("Usage terms")),
            ("not_before", gettext_lazy("Not before")),
            ("not_after", gettext_lazy("Not after")),
            ("territory", gettext_lazy("Territory")),
        ],
    )

    def clean(self):
        values = super().clean()
        for name in values.get("emptied", []):
            asked = ("add_keywords", "remove_keywords") if name == "keywords" else (name,)
            if any(values.get(one) for one in asked):
                self.add_error(asked[0], _("Either write something here or empty the field, not both."))
        reason = values.get("restriction_reason")
        if values.get("restriction") == Image.Restriction.DO_NOT_USE and not reason:
            self.add_error("restriction_reason", _("Say why, for colleagues who want to use it."))
        if reason and values.get("restriction") in ("", NO_RESTRICTION):
            self.add_error("restriction", _("Choose the restriction that this is the reason of."))
        begin, end = (values.get(name) for name in DATES)
        if begin and end and end <= begin:
            self.add_error("not_after", _("The rights must end after they begin."))
        return values

    def answers(self):
        """The answers as one string: what the page showed is what its button may do."""
        return urlencode([(name, said) for name in self.fields for said in self.data.getlist(name)])

    def wanted(self, image):
        """{field: value} of what would be another in this picture."""
        asked, emptied = self.cleaned_data, self.cleaned_data["emptied"]
        values = {name: asked[name] for name in (*WORDS, *DATES) if asked[name]}
        values |= {name: None if name in DATES else "" for name in emptied}
        if asked["add_keywords"] or asked["remove_keywords"]:
            removed = {word.lower() for word in parts(asked["remove_keywords"])}
            kept = [word for word in parts(image.keywords) if word.lower() not in removed]
            values["keywords"] = ", ".join(parts(", ".join([*kept, asked["add_keywords"]])))
        if asked["restriction"]:
            values["restriction"] = "" if asked["restriction"] == NO_RESTRICTION else asked["restriction"]
            if asked["restriction_reason"] or values["restriction"] != image.restriction:
                values["restriction_reason"] = asked["restriction_reason"]
        return {name: value for name, value in values.items() if getattr(image, name) != value}


def stamp(image):
    """What somebody saw of a picture, in a few letters: another one means that it was changed since."""
    seen = json.dumps([getattr(image, name) for name in FIELDS], cls=DjangoJSONEncoder)
    return blake2b(seen.encode(), digest_size=8).hexdigest()


def why_not(image, values):
    """Why these values cannot be given to this picture, as a sentence, or ""."""
    begin, end = (values.get(name, getattr(image, name)) for name in DATES)
    if begin and end and end <= begin:
        return _("Its rights would end before they begin.")
    if len(values.get("keywords", "")) > Image._meta.get_field("keywords").max_length:
        return _("It would have too many keywords.")
    return ""


CHANGED_MEANWHILE = gettext_lazy("Somebody changed it meanwhile.")


def change_all(form, seen, *, by):
    """Give the pictures of `seen` ({id: stamp}) what the valid form wants: ([undo], [(image, why it was left)]).

    In one transaction. An undo is a list of JSON for `undo_all`.
    """
    undo, left = [], []
    with transaction.atomic():
        for image in _held(seen):
            if not (values := form.wanted(image)):
                continue
            if why := stamp(image) != seen[image.pk] and CHANGED_MEANWHILE or why_not(image, values):
                left.append((image, why))
            else:
                before = {name: getattr(image, name) for name in (*values, "to_check")}
                values["to_check"] = [name for name in image.to_check if name not in values]
                _change(image, values, by=by)
                undo.append([image.pk, stamp(image), _as_json(before)])
    return undo, left


def undo_all(undo, *, by):
    """Give the pictures of change_all back what they had: (how many, [(image, why it was left)])."""
    kept = {pk: rest for pk, *rest in undo}
    done, left = 0, []
    with transaction.atomic():
        for image in _held(kept):
            as_left, before = kept[image.pk]
            values = {
                name: parse_datetime(said) if name in DATES and said else said
                for name, said in before.items()
            }
            if stamp(image) != as_left:
                left.append((image, CHANGED_MEANWHILE))
            else:
                _change(image, values, by=by)
                done += 1
    return done, left


def _held(pks):
    return list(Image.objects.select_for_update(of=["self"]).filter(pk__in=list(pks)).order_by("pk"))


def _change(image, values, *, by):
    before = copy(image)
    for name, value in values.items():
        setattr(image, name, value)
    image.save(update_fields=list(values))
    rights.changed(image, before, by=by)
    if said := {name: values[name] for name in ("credit", "keywords") if name in values}:
        text = rights.in_words(image, said)
        log.write("picture.words-changed", by=by, subject=image, text=text, data=said)


def _as_json(values):
    """The values for a session, moments to the microsecond."""
    return {name: said.isoformat() if name in DATES and said else said for name, said in values.items()}
