"""Who has a story open now, and which tab wrote its newest version.

A page asks every quarter of a minute, so a ping stays at three queries. A tab is one opening of the form.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import between, workflow
from articles.models import Article, Presence, Revision
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


def record_save(request, article):
    """Remember that this tab wrote the newest version, so that a lost answer is no conflict with oneself."""
    sent = _number(request, "sent")
    _record(request, article, wrote_version=article.version, **({"sent": sent} if sent else {}))


def is_overtaken(request, article):
    """Whether a later post of this tab was here before: what this one says is older than what the desk has of it.

    A page gives up on an answer that takes too long and sends again what is typed by then; both may arrive, in any
    order. A page without script numbers nothing, and nothing overtakes it.
    """
    sent = _number(request, "sent")
    if not sent or not tab_of(request):
        return False
    rows = Presence.objects.filter(article=article, user=request.user, tab=tab_of(request))
    if rows.filter(sent__lte=sent).update(sent=sent):
        return False
    if rows.exists():
        return True
    _record(request, article, sent=sent)
    return False


def _record(request, article, **fields):
    if tab := tab_of(request):
        _renew(article_id=article.pk, user=request.user, tab=tab, has_typed=True, fields=fields)


def _number(request, name):
    """A number that the page posts, 0 for anything else."""
    posted = request.POST.get(name, "")
    return int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 10 else 0


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
    """The version that the posted form knows: its own number or that of this very tab's last save.

    It is the newest one if all that came since is what the same person changed elsewhere than in a form.
    """
    known = _number(request, "opened_version")
    if known == article.version:
        return known
    own = Presence.objects.filter(article=article, user=request.user, tab=tab_of(request))
    if tab_of(request):
        known = max(known, *own.values_list("wrote_version", flat=True), 0)
    return article.version if between.only_own_asides(article, request.user, since=known) else known


def with_own_version(request, article):
    """The posted form as one that knows what this person did since it was opened, from this tab or elsewhere."""
    posted = request.POST.copy()
    since = _number(request, "opened_version")
    if since != article.version:
        between.catch_up(posted, article, request.user, since=since)
    posted["opened_version"] = str(opened_version(request, article))
    return posted


def story_made_by(request):
    """The id of the story that the form of a new story became by an earlier save of this tab, or None.

    Inside a transaction: there is no story yet that two posts at one moment could meet at, so the second waits for
    the person's own row.
    """
    if not tab_of(request):
        return None
    get_user_model().objects.select_for_update(no_key=True).get(pk=request.user.pk)
    rows = Presence.objects.filter(user=request.user, tab=tab_of(request), wrote_version__gt=0)
    return rows.values_list("article_id", flat=True).first()


def written_by_tabs(article, user):
    """{tab: version} of what this person's tabs wrote lately, for the copies in the browser."""
    rows = Presence.objects.filter(article=article, user=user, wrote_version__gt=0)
    return dict(rows.values_list("tab", "wrote_version"))


def newest_save(request, article):
    """Who saved last and when, for the page that did not know of it; `taken`: that save was a taking over."""
    known = opened_version(request, article)
    return {
        "version": article.version,
        "by": between.who_else_saved(article, request.user, since=known) or full_name(article.saved_by),
        "at": hour(article.saved_at),
        "taken": article.was_taken_over(),
    }


@require_POST
@transaction.atomic
def take_over(request, pk, *, model_admin):
    """Write on alone: whoever else has the story open meets this save first, and their words become a revision.

    It is a save like any other, without a new word, so that no way of writing needs to know of it.
    """
    article = get_object_or_404(Article.objects.select_for_update(of=("self",)), pk=pk)
    if not model_admin.has_change_permission(request, article) or not tab_of(request):
        raise PermissionDenied
    known, before = _number(request, "opened_version"), article.version
    if opened_version(request, article) != before:
        return JsonResponse(newest_save(request, article), status=409)
    article.saved_by = request.user
    article.save()
    workflow.keep_revision(article=article, by=request.user, reason=Revision.Reason.TAKEN_OVER)
    record_save(request, article)
    # A page that has still to follow what its person changed elsewhere learns no number beyond that.
    return JsonResponse({"version": article.version if known == before else known})


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
        _leave(pk, request.user, request.POST.get("after", ""), now)  # this page took the place of that one
    if "left" in request.POST:
        _leave(pk, request.user, tab_of(request), now)
        return JsonResponse({})
    _renew(article_id=pk, user=request.user, tab=tab_of(request), has_typed="typed" in request.POST)
    rows = (
        Presence.objects.filter(article_id=pk, seen_at__gte=now - HERE)
        .exclude(user=request.user, tab=tab_of(request))
        .select_related("user")
        .only("has_typed", *_names("user"))
        .order_by("has_typed", "pk")
    )
    others = {row.user_id: row for row in rows}  # of a person with several tabs, one that has typed
    answer = {"others": [_said(row, request.user) for row in others.values()]}
    if (
        opened_version(request, article) == article.version
    ):  # its next save will be taken: nothing newer to tell
        return JsonResponse(answer | {"version": _number(request, "opened_version")})
    return JsonResponse(answer | newest_save(request, article))


def _leave(article_id, user, tab, now):
    """Count a tab as gone; what it wrote stays known."""
    Presence.objects.filter(article_id=article_id, user=user, tab=tab).update(seen_at=now - HERE - HERE)


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
