"""“Check now”: what stands in the way of a story, or should be looked at, before anybody wants to publish it."""

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.forms import all_valid
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles import checks, desk


@never_cache
def check(request, pk, *, model_admin):
    """GET: the page for the saved desk copy. POST: the list alone, for the words in the form, saved or not."""
    article = desk.story_for(request, pk, may_publish=False)
    if request.method == "POST":
        return _of_the_form(request, article, model_admin)
    findings = checks.report(article, timezone.now())
    return desk.desk_page(request, "check", model_admin, article, findings=findings, title=_("Check"))


def _of_the_form(request, article, model_admin):
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, article))
    form = model_admin.get_form(request, article, change=True, fields=fields)(request.POST, instance=article)
    form.keeps_version = False
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=True)
    valid = all([form.is_valid(), all_valid(formsets)])
    rows = [row.cleaned_data for row in formsets[0].forms if row.is_valid()]
    findings = checks.report(
        form.instance,
        timezone.now(),
        bylines=sum(bool(row.get("author")) and not row.get("DELETE") for row in rows),
        tags=len(form.cleaned_data.get("tags", [])),
    )
    words = {"findings": findings, "article": article, "unsaved": not valid, "form": form}
    return render(request, "admin/articles/article/_findings.html", words)


def urls(wrap):
    """The address of this page below the article list; `wrap` adds the admin's own checks."""
    return [path("<int:pk>/check/", wrap(check), name="articles_article_check")]
