"""The desk's page of a story's preview links: make one, see who came, close it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import preview_links
from articles.models import Article, PreviewLink, PreviewVisit
from articles.moments import clock, zone_name

#: Links and visits on the page; older ones stay in the database.
SHOWN_LINKS = 50
SHOWN_VISITS = 50


class LinkForm(forms.Form):
    """For whom a link is, what it shows, and how long."""

    note = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=PreviewLink._meta.get_field("note").max_length,
        help_text=gettext_lazy(
            "A name you will know again, such as “the lawyers”. The guest does not see it."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    words = forms.ChoiceField(
        label=gettext_lazy("What it shows"),
        choices=[
            ("latest", gettext_lazy("Always the latest save")),
            ("pinned", gettext_lazy("The words as they are saved now; later changes stay unseen")),
        ],
        initial="latest",
        widget=forms.RadioSelect,
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Works for, in hours"),
        initial=preview_links.USUAL_HOURS,
        validators=[MinValueValidator(1), MaxValueValidator(preview_links.MOST_HOURS)],
        widget=forms.NumberInput(attrs={"min": 1, "max": preview_links.MOST_HOURS}),
        help_text=gettext_lazy("At most 336 hours, which is fourteen days."),
    )


@never_cache
def links(request, pk, *, model_admin):
    """The links of a story; POST makes one and shows its address this once."""
    article = _changeable(request, pk, model_admin)
    form, address = LinkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        link, secret = preview_links.make(
            article=article,
            by=request.user,
            note=values["note"],
            hours=values["hours"],
            pinned=values["words"] == "pinned",
        )
        said = _("Made a preview link for %(whom)s, until %(time)s.")
        model_admin.log_change(request, article, said % {"whom": link.note, "time": clock(link.expires_at)})
        form, address = LinkForm(), preview_links.address_of(secret)
    context = {
        **model_admin.admin_site.each_context(request),
        **_known(article, timezone.now()),
        "article": article,
        "opts": model_admin.opts,
        "media": model_admin.media,
        "form": form,
        "address": address,
        "zone": zone_name(),
        "title": _("Preview links"),
    }
    return render(request, "admin/articles/article/preview_links.html", context)


def _known(article, at):
    """The newest links with how often they were opened, and the newest visits."""
    made = article.preview_links.select_related("made_by", "revision").annotate(
        visit_count=Count("visits"), last_visit=Max("visits__at")
    )
    listed = list(made[:SHOWN_LINKS])
    for link in listed:
        link.is_open = link.revoked_at is None and link.expires_at > at
    visits = PreviewVisit.objects.filter(link__article=article)
    return {"links": listed, "visits": visits.select_related("link")[:SHOWN_VISITS]}


@require_POST
def revoke(request, pk, link_pk, *, model_admin):
    """Close one link."""
    article = _changeable(request, pk, model_admin)
    link = get_object_or_404(PreviewLink, pk=link_pk, article=article)
    preview_links.revoke(link=link, by=request.user)
    said = _("Revoked the preview link for %(whom)s.") % {"whom": link.note}
    model_admin.log_change(request, article, said)
    messages.success(request, said)
    return redirect("admin:articles_article_preview_links", article.pk)


def _changeable(request, pk, model_admin):
    """The story, for those who may change it."""
    article = get_object_or_404(Article, pk=pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def urls(wrap):
    """The addresses of these pages below the article list; `wrap` adds the admin's own checks."""
    return [
        path("<int:pk>/preview-links/", wrap(links), name="articles_article_preview_links"),
        path(
            "<int:pk>/preview-links/<int:link_pk>/revoke/",
            wrap(revoke),
            name="articles_article_preview_link_revoke",
        ),
    ]
