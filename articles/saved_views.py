"""Views of the article list that somebody keeps under a name: a search with its filters and order."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import SavedView

#: Of one person; more are no longer a help.
MOST = 30
#: What an address of the list holds besides the view: the page, and the admin's marks for errors.
_PASSING = ("p", "e", "all", "_popup", "_to_field")


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "query"]

    def clean_query(self):
        return lasting(self.cleaned_data["query"])


def lasting(query):
    """The part of a query string that makes a view: filters, search and order."""
    values = QueryDict(query[:2000], mutable=True)
    for name in _PASSING:
        values.pop(name, None)
    return values.urlencode()


def for_list(request):
    """What the list's template needs: this person's views, and the query of the list as it stands."""
    query = lasting(request.GET.urlencode())
    views = list(SavedView.objects.filter(user=request.user))
    return {"saved_views": views, "current_query": query}


@require_POST
def keep(request, *, model_admin):
    """Keep the filter and search under a name; the same name again replaces it."""
    _refuse_strangers(request, model_admin)
    form = SavedViewForm(request.POST)
    own = SavedView.objects.filter(user=request.user)
    query = lasting(request.POST.get("query", ""))
    if not form.is_valid():
        messages.error(
            request, _("The view was not kept: give it a name of at most 60 letters, and fewer filters.")
        )
    elif own.exclude(name=form.cleaned_data["name"]).count() >= MOST:
        messages.error(request, _("You keep %(most)d views already. Delete one first.") % {"most": MOST})
    else:
        own.update_or_create(
            name=form.cleaned_data["name"],
            defaults={"query": form.cleaned_data["query"], "user": request.user},
        )
        messages.success(
            request, _("The view is kept under “%(name)s”.") % {"name": form.cleaned_data["name"]}
        )
    return _to_list(query)


@require_POST
def delete(request, pk, *, model_admin):
    """Forget one of one's own views."""
    _refuse_strangers(request, model_admin)
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted. No story changed.") % {"name": view.name})
    return _to_list(lasting(request.POST.get("query", "")))


def _refuse_strangers(request, model_admin):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied


def _to_list(query):
    address = reverse("admin:articles_article_changelist")
    return redirect(f"{address}?{query}" if query else address)


def urls(wrap):
    """The addresses below the article list; `wrap` adds the admin's own checks."""
    return [
        path("views/keep/", wrap(keep), name="articles_article_keep_view"),
        path("views/<int:pk>/delete/", wrap(delete), name="articles_article_delete_view"),
    ]
