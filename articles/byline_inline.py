"""The byline in the story form: authors in order, a new one last; js/admin/bylines.js moves them up and down."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.byline_rows import MatchedByAuthor
from articles.models import Byline


class BylineForm(forms.ModelForm):
    """One author. The table has no labels beside its inputs, so each input carries its own name."""

    position = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=0,
        max_value=32767,
        widget=forms.NumberInput(
            {"aria-label": _("Order"), "data-up": _("Move up"), "data-down": _("Move down")}
        ),
        help_text=_("The lowest number stands first. Empty: last."),
    )

    class Meta:
        model = Byline
        fields = ["author", "role", "position"]
        widgets = {
            "role": forms.TextInput(
                {"class": "vTextField", "aria-label": _("Role"), "placeholder": _("Role, if not the writing")}
            )
        }


class BylineFormSet(MatchedByAuthor):
    """All authors of a story."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Remove this author")

    def get_unique_error_message(self, unique_check):
        return _("An author stands in the byline twice. Remove one of the two rows.")

    def get_form_error(self):
        return _("This author is in the byline already.")

    def clean(self):
        """A row without a number comes after all others."""
        super().clean()
        rows = [form for form in self.forms if form.has_changed() or form.instance.pk]
        numbers = [form.cleaned_data.get("position") for form in rows if hasattr(form, "cleaned_data")]
        following = max((number for number in numbers if number is not None), default=-1) + 1
        for form in rows:
            if form.is_valid() and form.cleaned_data.get("position") is None:
                form.instance.position = form.cleaned_data["position"] = following
                following += 1


class BylineInline(admin.TabularInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ["author"]
    template = "admin/articles/article/_bylines.html"

    class Media:
        css = {"all": ["css/admin/bylines.css"]}
        js = [Script("js/admin/bylines.js", type="module")]

    def get_extra(self, request, obj=None, **kwargs):
        """One empty row where there is no author yet. It may stay empty: a draft needs no byline."""
        return 0 if obj and obj.bylines.exists() else 1

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "author":
            # A guest can be added from here; other people's profiles are not edited in passing.
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.widget.attrs["aria-label"] = _("Author")
        return field
