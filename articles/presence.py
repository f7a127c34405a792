"""Who has a story open now, and which tab wrote its newest version.

A page asks every quarter of a minute, so a ping stays at three queries. A tab is one opening of the form.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Presence
from articles.moments import hour
from articles.people import full_name

#: Seconds between two pings of a page; one that missed two of them counts as gone.
PING = 15
HERE = timedelta(seconds=40)
KEPT = timedelta(hours=1)

TAB_LENGTH = Presence._meta.get_field("tab").max_length


def tab_of(request):
    """The tab that a form was posted from; "" when it does not say."""
    return request.POST.get("tab", "")[:TAB_LENGTH]


def record_save(*, article, user, tab):
    """Remember that this tab wrote the newest version, so that a lost answer is no conflict with oneself."""
    if tab:
        _renew(
            article_id=article.pk,
            user=user,
            tab=tab,
            has_typed=True,
            fields={"wrote_version": article.version},
        )


def _renew(*, article_id, user, tab, has_typed, fields=None):
    fields = fields or {}
    row = Presence(
        article_id=article_id, user=user, tab=tab, seen_at=timezone.now(), has_typed=has_typed, **fields
    )
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["article", "user", "tab"],
        update_fields=["seen_at", "has_typed", *fields],
    )


def opened_version(request, article):
    """The version that the posted form knows: its own number, or the newest if this very tab wrote that."""
    own = Presence.objects.filter(
        article=article, user=request.user, tab=tab_of(request), wrote_version=article.version
    )
    if tab_of(request) and own.exists():
        return article.version
    posted = request.POST.get("opened_version", "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def with_own_version(request, article):
    """The posted form as one that knows the newest version, if this tab itself wrote that."""
    posted = request.POST.copy()
    posted["opened_version"] = opened_version(request, article)
    return posted


def story_made_by(request):
    """The id of the story that the form of a new story became by an earlier save of this tab, or None."""
    rows = Presence.objects.filter(user=request.user, tab=tab_of(request), wrote_version__gt=0)
    return rows.values_list("article_id", flat=True).first() if tab_of(request) else None


def written_by_tabs(article, user):
    """{tab: version} of what this person's tabs wrote lately, for the copies in the browser."""
    rows = Presence.objects.filter(article=article, user=user, wrote_version__gt=0)
    return dict(rows.values_list("tab", "wrote_version"))


@require_POST
def ping(request, pk, *, model_admin):
    """Say that this page is open, and answer who else is here and which version is the newest."""
    newest = Article.objects.select_related("saved_by").only("version", "saved_at", *_names("saved_by"))
    article = get_object_or_404(newest, pk=pk)
    if not model_admin.has_view_permission(request, article) or not tab_of(request):
        raise PermissionDenied
    now = timezone.now()
    if "opened" in request.POST:
        Presence.objects.filter(seen_at__lt=now - KEPT).delete()
        left = Presence.objects.filter(article_id=pk, user=request.user, tab=request.POST.get("after", ""))
        left.update(seen_at=now - HERE - HERE)  # this page took the place of that one
    _renew(article_id=pk, user=request.user, tab=tab_of(request), has_typed="typed" in request.POST)
    rows = (
        Presence.objects.filter(article_id=pk, seen_at__gte=now - HERE)
        .exclude(user=request.user, tab=tab_of(request))
        .select_related("user")
        .only("has_typed", *_names("user"))
        .order_by("has_typed", "pk")
    )
    others = {row.user_id: row for row in rows}  # of a person with several tabs, one that has typed
    return JsonResponse(
        {
            "others": [_said(row, request.user) for row in others.values()],
            "version": article.version,
            "by": full_name(article.saved_by),
            "at": hour(article.saved_at),
        }
    )


def _names(person):
    return [f"{person}__{name}" for name in ("first_name", "last_name", "username")]


def _said(row, user):
    if row.user_id == user.pk:
        return _("You have this story open in another tab.")
    words = (
        _("%(person)s has this story open and is writing.")
        if row.has_typed
        else _("%(person)s has this story open.")
    )
    return words % {"person": full_name(row.user)}


@require_safe
def token(request, *, model_admin):
    """What a page needs to go on after its person signed in again elsewhere."""
    return JsonResponse({"token": get_token(request), "person": request.user.pk})
