"""The desk's forms: the story itself, and the questions that publishing and withdrawing ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from articles import between
from articles.models import Article, Correction, KindOfChange, Revision, Tag
from articles.models.revision import snapshot
from articles.moments import MomentField, clock
from articles.tag_input import TagsInput
from articles.widgets import BodyField, HeadlineInput, ReadMoreField, StoryField


class ArticleForm(forms.ModelForm):
    """The desk copy. It knows the version it was opened with, and refuses to write over a newer one."""

    body = BodyField(label=_("Story"), required=False)
    read_more = ReadMoreField(
        label=_("Read more"), required=False, help_text=Article._meta.get_field("read_more").help_text
    )
    translation_of = StoryField(
        label=_("Translation of"),
        required=False,
        help_text=Article._meta.get_field("translation_of").help_text,
    )
    tags = TagField(
        label=_("Tags"),
        required=False,
        widget=TagsInput,
        help_text=_("Two to five, separated by commas. Names of people and places, and what it is about."),
    )
    embargo = MomentField(
        label=_("Embargo"), required=False, help_text=Article._meta.get_field("embargo").help_text
    )
    opened_version = forms.IntegerField(label="", required=False, widget=forms.HiddenInput)

    keeps_version = True  # a preview writes nothing and asks for no version
    by = None  # who fills it in
    refused = False
    refusal = ""  # a Revision.Refusal, once it is one

    class Meta:
        model = Article
        fields = ["headline"]  # the admin's fieldsets name the rest
        widgets = {"headline": HeadlineInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_version"].initial = self.instance.version if self.instance.pk else 0
        for name in ("body", "read_more", "translation_of"):
            self.fields[name].widget.own_id = self.instance.pk
        if self.instance.pk and not self.instance.headline:
            self.initial["slug"] = ""  # the slug of a story without a headline waits for one

    def clean_slug(self):
        """The database has a rule for this too, but its sentence would not stand at the field."""
        slug = self.cleaned_data["slug"]
        other = Article.objects.filter(slug=slug).exclude(pk=self.instance.pk).first() if slug else None
        if other:
            raise ValidationError(
                _("The story “%(headline)s” has this slug already. Choose another one."),
                params={"headline": other.headline},
                code="unique",
            )
        return slug

    def clean_tags(self):
        """The tag's own field is checked by nobody else: a library makes the tags after this form."""
        names = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length
        if too_long := [name for name in names if len(name) > longest]:
            raise ValidationError(
                _("A tag has at most %(longest)d characters. Put commas into “%(name)s”."),
                params={"longest": longest, "name": Truncator(too_long[0]).chars(40)},
                code="too_long",
            )
        return names

    def clean_embargo(self):
        """What is scheduled goes live by the clock alone, so an embargo cannot come after it unseen."""
        embargo = self.cleaned_data["embargo"]
        scheduled = (
            self.instance.pk and embargo and self.instance.versions.filter(visible_from__gt=timezone.now())
        )
        if scheduled and (early := scheduled.filter(visible_from__lt=embargo).first()):
            raise ValidationError(
                _(
                    "The story goes live at %(moment)s, before this embargo ends. Move or cancel the schedule first."
                ),
                params={"moment": clock(early.visible_from)},
                code="scheduled",
            )
        return embargo

    def clean(self):
        values = super().clean()
        if self.instance.pk and self.keeps_version:
            self._refuse_stale(values.get("opened_version"))
        return values

    def _refuse_stale(self, opened_version):
        stored = Article.objects.select_related("saved_by").get(pk=self.instance.pk)
        if opened_version == stored.version:
            return
        self.opened = opened_version
        self.other = between.who_else_saved(stored, self.by, since=opened_version or 0)
        self.refusal = between.why_refused(stored, self.by, since=opened_version or 0)
        params = {"person": self.other, "time": clock(stored.saved_at)}
        self.add_error(None, ValidationError(_REFUSED[self.refusal], params=params, code="stale"))
        # The next press of Save is a decision made in knowledge of theirs.
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_version")] = stored.version
        self.refused = True

    def keep_refused(self, *, by, bylines, refusal):
        """Keep what this refused form says as a revision, once, with the Revision.Refusal that says why.

        `instance` already holds the words. `bylines` None: those of the database, where the form's own cannot be read.
        """
        words = snapshot(self.instance, bylines=bylines, tags=self.cleaned_data.get("tags", []))
        kept = {"article": self.instance, "reason": Revision.Reason.REFUSED, "made_by": by}
        last = Revision.objects.filter(**kept).first()
        if last is None or last.snapshot != words:
            Revision.objects.create(**kept, refusal=refusal, version=self.instance.version, snapshot=words)


_REFUSED = {
    Revision.Refusal.SAVED: _(
        "%(person)s saved this story at %(time)s, while you were writing. Nothing of yours is lost: it is in this "
        "form and among the revisions. Look at what differs, then press Save: what the form says then takes the place "
        "of theirs, which stays among the revisions."
    ),
    Revision.Refusal.TAKEN_OVER: _(
        "%(person)s took this story over at %(time)s, while it was open here. Nothing of yours is lost: it is in this "
        "form and among the revisions. Look at what differs, then press Save: what the form says then takes the place "
        "of theirs, which stays among the revisions."
    ),
    Revision.Refusal.OWN_PAGE: _(
        "You saved this story at %(time)s from another page of yours. Nothing is lost: the text of this page is still "
        "in this form, and a copy of it is among the revisions. Compare the two, then press Save again to put this "
        "one in place of the other, which stays among the revisions too."
    ),
}


class ReleaseForm(forms.Form):
    """When the story goes public, and what readers are told about the change."""

    kind = forms.ChoiceField(
        label=_("What kind of change is this?"),
        choices=[choice for choice in KindOfChange.choices if choice[0] != KindOfChange.FIRST],
        widget=forms.RadioSelect,
        help_text=_("The answer decides whether readers see a new time, and whether they see a note."),
    )
    correction = forms.CharField(
        label=_("Public text of the correction"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_(
            "Say what was wrong and what is right. It stands for good, with its date: on the story, on the page "
            "“Corrections” and in its feed."
        ),
    )
    placement = forms.ChoiceField(
        label=_("Where the note shows on the story"),
        choices=Correction.Placement.choices,
        initial=Correction.Placement.BELOW,
        required=False,
        widget=forms.RadioSelect,
    )
    at = MomentField(label=_("Goes live at"))

    def __init__(self, *args, was_public, scheduling, **kwargs):
        super().__init__(*args, **kwargs)
        if not was_public:
            del self.fields["kind"], self.fields["correction"], self.fields["placement"]
        if not scheduling:
            del self.fields["at"]

    def clean_placement(self):
        return self.cleaned_data["placement"] or Correction.Placement.BELOW

    def clean(self):
        values = super().clean()
        if values.get("kind") == KindOfChange.CORRECTION and not values.get("correction", "").strip():
            self.add_error("correction", _("Say in public words what was wrong and what is right."))
        return values


class MoveForm(forms.Form):
    """A moment for something that is scheduled."""

    at = MomentField(label=_("New moment"))


class ExpireForm(forms.Form):
    """When the story leaves the site; empty keeps it for good."""

    at = MomentField(
        label=_("Leaves the site at"), required=False, help_text=_("Empty: the story stays for good.")
    )


class WithdrawForm(forms.Form):
    """Why a story goes, in words for readers, and where its address leads instead."""

    reason = forms.CharField(
        label=_("Public reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_(
            "Readers who open the address read this sentence. Say what happened, not whose fault it was."
        ),
    )
    successor = ReadMoreField(
        label=_("Lead readers to"),
        most=1,
        required=False,
        help_text=_("One other story that is on the site. Readers then go there at once and see no reason."),
    )
