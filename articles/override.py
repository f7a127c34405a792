"""Publishing over a warning: it takes a decision and a reason, and both are kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import between


class OverrideForm(forms.Form):
    """The tick and the reason that warnings ask for, and proof that the words on the page are those that go out.

    Without warnings it asks nothing.
    """

    anyway = forms.BooleanField(
        label=_("Publish anyway"),
        error_messages={"required": _("Mend what is named above, or tick this.")},
    )
    why = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Say in a few words why the story goes out as it is.")},
        help_text=_("Goes into the log with your name. Readers do not see it."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, warnings, article, by, seen_before, **kwargs):
        """`seen_before` is the version that `by` saw last when the page is drawn for the first time."""
        super().__init__(*args, **kwargs)
        self.warnings, self.article, self.by = warnings, article, by
        self.meanwhile = None if self.is_bound else self._saved_since(seen_before)
        self.fields["shown"].initial = self._sentences()
        self.fields["seen_version"].initial = article.version
        if not warnings:
            del self.fields["anyway"], self.fields["why"]

    def _saved_since(self, version):
        return between.others_save(self.article, self.by, since=version)

    def _sentences(self):
        return " ".join(str(warning.message) for warning in self.warnings)

    def clean(self):
        """What was decided holds for what was on the page, not for what came up since."""
        values = super().clean()
        seen = values.get("seen_version")
        self.meanwhile = None if seen is None else self._saved_since(seen)
        if self.meanwhile:
            self._show_again()
            self.add_error(None, _("Nothing went out. Look at what changed, then press again."))
        shown = " ".join(values.get("shown", "").split())
        if values.get("anyway") and any(" ".join(str(w.message).split()) not in shown for w in self.warnings):
            self._show_again()
            self.add_error("anyway", _("Something new came up since. Look at the list again, then decide."))
        return values

    def _show_again(self):
        """The next press is a decision made in knowledge of what this answer shows."""
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = self._sentences()
        self.data[self.add_prefix("seen_version")] = self.article.version

    @property
    def words(self):
        """What a valid form says for the log: the reason, and each warning that was set aside."""
        if not self.warnings:
            return ""
        return f"{self.cleaned_data['why']} ({self._sentences()})"
