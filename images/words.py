"""The words of many pictures on one page, saved with one button, and never over what somebody else wrote meanwhile."""

import json

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from images.forms import PictureForm
from images.models import Image

WORDS = tuple(PictureForm.Meta.fields)


class WordsForm(PictureForm):
    """One picture's row on a page of many. Its data hold the words as they were drawn, in the field `opened`.

    What only somebody else changed since then stays as they wrote it. Where both wrote, nothing is saved: the field
    says so, `theirs` has what is stored, and what was typed stays in the row. Saved again it wins.
    """

    checked = forms.BooleanField(required=False)

    class Meta(PictureForm.Meta):
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance, prefix=str(instance.pk))
        self.stored = {name: getattr(instance, name) for name in WORDS}
        self.to_check = list(instance.to_check)
        self.theirs = {}

    def clean(self):
        opened = self._opened()
        for name in WORDS:
            if name not in self.cleaned_data:
                continue  # too long, for example
            stored, mine = self.stored[name], plain(name, self.cleaned_data[name])
            if stored != opened.get(name):
                if mine == opened.get(name):
                    mine = stored
                elif mine != stored:
                    self.theirs[name] = stored
                    self.add_error(name, _changed_by(self.instance))
                    continue
            self.cleaned_data[name] = mine
        return super().clean()

    def changed_fields(self):
        """The fields of the model to write: words that are others, and the marks of what is checked now."""
        changed = {name for name in WORDS if self.cleaned_data[name] != self.stored[name]}
        looked_at = self._opened().get("to_check", []) if self.cleaned_data["checked"] else changed
        self.instance.to_check = [name for name in self.to_check if name not in looked_at]
        return changed | ({"to_check"} if self.instance.to_check != self.to_check else set())

    def _opened(self):
        try:
            opened = json.loads(self.data.get(self.add_prefix("opened"), ""))
        except ValueError:
            return {}
        return opened if isinstance(opened, dict) else {}

    # --- For the template -------------------------------------------------------------------------------------

    def opened(self):
        """What is drawn now, as the next save sends it back."""
        return json.dumps({**self.stored, "to_check": self.to_check})

    def lines(self):
        """[(field, whether the file filled it in, what somebody else wrote: a list of one text or of none)]."""
        return [
            (self[name], name in self.to_check, [self.theirs[name]] if name in self.theirs else [])
            for name in WORDS
        ]

    def also_from_file(self):
        """[(label, value)] of what else the file filled in, which the row shows and does not change."""
        names = [name for name in self.to_check if name not in WORDS]
        return [(Image._meta.get_field(name).verbose_name, getattr(self.instance, name)) for name in names]


def save_words(*, pk, data, may):
    """Save one row of `data`: the WordsForm as it went, and the labels of what was written. (None, []) without picture.

    `may` is asked whether this person may write the words of the Image. The picture is locked meanwhile, so that of
    two people who save at the same moment the second is compared with the first.
    """
    with transaction.atomic():
        image = Image.objects.select_for_update().filter(pk=pk).first()
        if image is None:
            return None, []
        form = WordsForm(data, instance=image)
        if not may(image):
            form.add_error(
                None, _("You may not change this picture. Your words stay here; ask the picture desk.")
            )
        if not form.is_valid():
            return form, []
        changed = form.changed_fields()
        if changed:
            image.save(update_fields=changed)
        return form, [str(form.fields[name].label) for name in WORDS if name in changed]


def plain(name, text):
    """`text` as it is kept: one way of ending lines; an alternative text is one line."""
    return " ".join(text.split()) if name == "alt_text" else text.replace("\r\n", "\n").replace("\r", "\n")


def _changed_by(image):
    """Who wrote into the picture last, in a sentence for whoever wrote at the same time."""
    kind = ContentType.objects.get_for_model(image)
    last = LogEntry.objects.filter(content_type=kind, object_id=str(image.pk)).select_related("user")
    last = last.order_by("-action_time", "-pk").first()
    if last is None:
        return _(
            "This was changed meanwhile. Nothing of this picture is saved yet: compare, then save again."
        )
    said = _(
        "%(person)s changed this at %(time)s. Nothing of this picture is saved yet: compare, then save again."
    )
    person = last.user.get_full_name() or last.user.get_username()
    return said % {"person": person, "time": date_format(timezone.localtime(last.action_time), "H:i")}
