"""The desk's page of the paper itself: its name, tagline, mark and colour, set by a chief."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

import log
from articles import mark
from articles.models import Paper

MOST_BYTES = 200_000


class PaperForm(forms.ModelForm):
    """The drawing comes as a file or as text; what is kept of it stands in the text."""

    drawing = forms.FileField(
        label=gettext_lazy("New mark"),
        required=False,
        widget=forms.FileInput({"accept": ".svg,image/svg+xml"}),
        help_text=gettext_lazy("An SVG file. It takes the place of the mark above."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Paper
        fields = ["name", "tagline", "accent", "mark"]
        widgets = {
            "name": forms.TextInput({"class": "vTextField"}),
            "tagline": forms.TextInput({"class": "vTextField"}),
            "accent": forms.TextInput({"placeholder": "#a93a0c", "autocomplete": "off"}),
            "mark": forms.Textarea({"rows": 4, "class": "vLargeTextField", "spellcheck": "false"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in (("name", settings.SITE_NAME), ("tagline", settings.SITE_TAGLINE)):
            self.fields[name].widget.attrs["placeholder"] = value  # what readers have while it is empty

    def clean_accent(self):
        return self.cleaned_data["accent"].strip().lower()

    def clean_drawing(self):
        file = self.cleaned_data["drawing"]
        if not file:
            return ""
        try:
            return mark.clean(file.read(MOST_BYTES).decode())
        except UnicodeDecodeError as error:
            raise ValidationError(_("This is no drawing in the format SVG.")) from error

    def clean_mark(self):
        return mark.clean(self.cleaned_data["mark"])

    def clean(self):
        if self.cleaned_data.get("drawing"):
            self.cleaned_data["mark"] = self.cleaned_data["drawing"]
        if self.instance.pk and self.cleaned_data.get("seen") != self.instance.stamp:
            raise ValidationError(
                _(
                    "Somebody else saved this page meanwhile. Your words are still here: compare, then save again."
                )
            )
        return self.cleaned_data


def urls(site):
    view = require_http_methods(["GET", "HEAD", "POST"])(partial(show, site=site))
    return [path("paper/", site.admin_view(view), name="paper")]


@transaction.atomic
def show(request, *, site):
    """Set what the paper is called and how it looks. Readers see it with their next page."""
    if not request.user.has_perm("articles.change_paper"):
        raise PermissionDenied
    paper = Paper.objects.select_for_update().first() or Paper()
    seen = paper.stamp
    form = PaperForm(request.POST or None, request.FILES or None, instance=paper)
    if request.method == "POST" and form.is_valid():
        form.save()
        changed = ", ".join(str(form.fields[name].label) for name in form.changed_data if name != "seen")
        log.write("paper.changed", by=request.user, subject=paper, text=changed)
        messages.success(request, _("Saved. Readers see it with their next page."))
        return redirect("admin:paper")
    context = site.each_context(request) | {
        "form": form,
        "seen": seen,
        "title": _("The paper"),
        "paper": paper,
    }
    return TemplateResponse(request, "admin/articles/paper.html", context)
