"""The desk's forms: the story itself, and the questions that publishing and withdrawing ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from articles.models import Article, KindOfChange, Revision, Tag
from articles.models.revision import snapshot
from articles.moments import MomentField, clock
from articles.tag_input import TagsInput
from articles.widgets import BodyField, HeadlineInput, ReadMoreField


class ArticleForm(forms.ModelForm):
    """The desk copy. It knows the version it was opened with, and refuses to write over a newer one."""

    body = BodyField(label=_("Story"), required=False)
    read_more = ReadMoreField(
        label=_("Read more"), required=False, help_text=Article._meta.get_field("read_more").help_text
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
    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    keeps_version = True  # a preview writes nothing and asks for no version
    refused = False

    class Meta:
        model = Article
        fields = ["headline"]  # the admin's fieldsets name the rest
        widgets = {"headline": HeadlineInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_version"].initial = self.instance.version if self.instance.pk else 0
        for name in ("body", "read_more"):
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

    def clean(self):
        values = super().clean()
        if self.instance.pk and self.keeps_version:
            self._refuse_stale(values.get("opened_version"))
        return values

    def _refuse_stale(self, opened_version):
        stored = Article.objects.select_related("saved_by").get(pk=self.instance.pk)
        if opened_version == stored.version:
            return
        self.add_error(
            None,
            ValidationError(
                _(
                    "%(person)s saved this story at %(time)s, while you were writing. Nothing of yours is lost: your "
                    "text is still in this form, and a copy of it is among the revisions. Compare it with theirs, "
                    "then press Save again to put yours in its place; theirs stays among the revisions too."
                ),
                params={"person": _name(stored.saved_by), "time": clock(stored.saved_at)},
                code="stale",
            ),
        )
        self.opened = opened_version
        # The next press of Save is a decision made in knowledge of theirs.
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_version")] = stored.version
        self.refused = True

    def keep_refused(self, *, by, bylines):
        """Keep what this refused form says as a revision. `instance` already holds the words."""
        return Revision.objects.create(
            article=self.instance,
            version=self.instance.version,
            snapshot=snapshot(self.instance, bylines=bylines, tags=self.cleaned_data.get("tags", [])),
            reason=Revision.Reason.REFUSED,
            made_by=by,
        )


def _name(user):
    return (user.get_full_name() or user.get_username()) if user else _("Somebody")


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
        help_text=_("Say what was wrong and what is right. It stands dated below the story for good."),
    )
    at = MomentField(label=_("Goes live at"))

    def __init__(self, *args, was_public, scheduling, **kwargs):
        super().__init__(*args, **kwargs)
        if not was_public:
            del self.fields["kind"], self.fields["correction"]
        if not scheduling:
            del self.fields["at"]

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
