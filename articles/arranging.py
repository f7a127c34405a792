"""How an arrangement of a page is saved and becomes public: the only module that writes arrangements.

Every function is one verb of the desk with keyword-only arguments, as in articles/workflow.py. `section` None is the
front page. `by` is the user who does it, or None for a command. All moments are aware datetimes.
"""

from django.db import transaction
from django.db.models import F
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import log
from articles.models import Arrangement, ArrangementRevision, Article, PublishedArrangement
from articles.models.arrangement import MOST
from articles.moments import clock
from articles.workflow import Refusal, never_before


def of(section=None):
    """The desk's Arrangement of a page; an unsaved, empty one before the first save."""
    found = Arrangement.objects.select_related("section", "saved_by").filter(section=section).first()
    return found or Arrangement(section=section)


@transaction.atomic
def save(*, words, by, opened_version, section=None):
    """Save what is arranged on a page and return the revision. Nothing public changes.

    `words` is {field: value} as of Arranged.words. When somebody saved since `opened_version` the revision that is
    returned has the reason REFUSED: it keeps the words aside, and the arrangement stays theirs.
    """
    arrangement = _locked(section)
    return _save(arrangement, words, by=by, opened_version=opened_version)


@transaction.atomic
def bring_back(*, revision, by, opened_version):
    """Save what an older or refused revision says once more. Nothing public changes."""
    reason = ArrangementRevision.Reason.BROUGHT_BACK
    arrangement = _locked(revision.arrangement.section)
    return _save(arrangement, revision.words(), by=by, opened_version=opened_version, reason=reason)


def _save(arrangement, words, *, by, opened_version, reason=ArrangementRevision.Reason.SAVED):
    revisions = ArrangementRevision.objects.filter(arrangement=arrangement).select_related("made_by")
    if opened_version != arrangement.version:
        kept = revisions.filter(reason=ArrangementRevision.Reason.REFUSED, made_by=by).first()
        if kept and kept.words() == words:
            return kept
        return _keep(arrangement, words, by=by, reason=ArrangementRevision.Reason.REFUSED)
    newest = revisions.exclude(reason=ArrangementRevision.Reason.REFUSED).first()
    if newest and newest.words() == words:
        return newest
    for name, value in words.items():
        setattr(arrangement, name, value)
    arrangement.version += 1
    arrangement.saved_by = by
    arrangement.save()
    return _keep(arrangement, words, by=by, reason=reason)


def _keep(arrangement, words, *, by, reason):
    return ArrangementRevision.objects.create(
        arrangement=arrangement, version=arrangement.version, made_by=by, reason=reason, **words
    )


# --- Going public ----------------------------------------------------------------------------------------


@transaction.atomic
def publish(*, by, section=None):
    """Make the arrangement public now, as it was saved last, until one that is scheduled follows."""
    arrangement = _locked(section)
    now = _now(arrangement)
    live = arrangement.published.live(now).first()
    if (live or PublishedArrangement()).words() == arrangement.words():
        raise Refusal(_("Readers have this arrangement already. Nothing was changed."), code="unchanged")
    return _release(arrangement, arrangement.words(), at=now, by=by, kind="front.published")


@transaction.atomic
def schedule(*, at, by, section=None):
    """Make the arrangement, as it was saved last, public at the moment `at`. One that waited is replaced."""
    arrangement = _locked(section)
    now = _now(arrangement)
    if at <= now:
        raise Refusal(
            _("That moment has passed: it is %(now)s. Choose a later one, or publish now.")
            % {"now": clock(now)},
            code="past",
        )
    if future := waiting(arrangement, now):
        _cancel(future)
    return _release(arrangement, arrangement.words(), at=at, by=by, kind="front.scheduled")


@transaction.atomic
def cancel_schedule(*, by, section=None):
    """Take back the scheduled arrangement; what is public stays."""
    arrangement = _locked(section)
    future = waiting(arrangement, _now(arrangement))
    if future is None:
        raise Refusal(_("Nothing of this page is scheduled."), code="not_scheduled")
    said = gettext("It was to begin at %(moment)s") % {"moment": clock(future.visible_from)}
    _log("front.schedule-cancelled", arrangement, future.words(), by=by, text=said, at=future.visible_from)
    _cancel(future)


@transaction.atomic
def put_back(*, by, section=None):
    """Give readers the arrangement again that they had before the present one. The desk's own stays as it is.

    A second time it takes the first one back.
    """
    arrangement = _locked(section)
    now = _now(arrangement)
    live = arrangement.published.live(now).first()
    if live is None:
        raise Refusal(_("Nothing was arranged here yet."), code="nothing_before")
    return _release(arrangement, before(live).words(), at=now, by=by, kind="front.put-back")


def before(live):
    """What readers had before a published arrangement: an unsaved, empty one when nothing was arranged."""
    earlier = live.arrangement.published.filter(visible_until__lte=live.visible_from)
    return earlier.exclude(visible_until=F("visible_from")).first() or PublishedArrangement()


def waiting(arrangement, now):
    """The arrangement that is scheduled, or None."""
    return arrangement.published.filter(visible_from__gt=now).first()


def _release(arrangement, words, *, at, by, kind):
    """The public arrangement that begins at `at`; the one of that moment ends there."""
    live = arrangement.published.live(at).first()
    after = arrangement.published.filter(visible_from__gt=at).order_by("visible_from").first()
    if live:
        live.visible_until = at
        live.save(update_fields=["visible_until"])
    made = PublishedArrangement.objects.create(
        arrangement=arrangement,
        section=arrangement.section,
        visible_from=at,
        visible_until=after and after.visible_from,
        made_by=by,
        **words,
    )
    said = in_words(made)
    if kind == "front.scheduled":
        said = f"{gettext('From %(moment)s') % {'moment': clock(at)}}: {said}"
    _log(kind, arrangement, words, by=by, text=said, at=at)
    return made


def _cancel(future):
    """Delete an arrangement that nobody saw, and give its time back to the one it would have ended."""
    earlier = future.arrangement.published.filter(visible_until=future.visible_from).exclude(pk=future.pk)
    ended, until = earlier.first(), future.visible_until
    future.delete()
    if ended:
        ended.visible_until = until
        ended.save(update_fields=["visible_until"])


# --- Shared small steps -----------------------------------------------------------------------------------


def headlines_of(arrangements):
    """{id: headline} of all stories in several arrangements."""
    ids = {pk for one in arrangements for pk in one.ids()}
    return dict(Article.objects.filter(pk__in=ids).values_list("pk", "headline"))


def in_words(arranged, headlines=None):
    """What is arranged, in a sentence for the log and the history."""
    if headlines is None:
        headlines = headlines_of([arranged])
    names = {"breaking": gettext("Breaking"), "lead": gettext("Lead"), "top": gettext("Top")}
    said = [
        f"{names[part]}: {', '.join(_quoted(headlines.get(pk, pk)) for pk in getattr(arranged, part))}"
        for part in MOST
        if getattr(arranged, part)
    ]
    return " · ".join(said) or gettext("Nothing arranged: all places fill themselves")


def _quoted(headline):
    return f"“{Truncator(headline).chars(60)}”"


def _log(kind, arrangement, words, *, by, text, at):
    log.write(kind, by=by, subject=arrangement, text=text, data={**words, "at": at})


def _locked(section):
    """The arrangement of a page as the database has it, locked until the transaction ends."""
    Arrangement.objects.get_or_create(section=section)
    return Arrangement.objects.select_for_update(of=("self",)).select_related("section").get(section=section)


def _now(arrangement):
    """The present, as workflow.never_before understands it."""
    newest = arrangement.published.order_by("-made_at").first()
    return never_before(max(arrangement.saved_at, newest.made_at) if newest else arrangement.saved_at)
