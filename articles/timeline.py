"""A story's history as one list of moments: every save, what became public of it, and when it left the site."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

PAGE_SIZE = 50


@dataclass(frozen=True)
class Entry:
    """One moment of a story. `choice` names what can be compared ("r12" a revision, "v3" a published version)."""

    at: object  # datetime
    kind: str  # a Revision.Reason, "public", "scheduled" or "gone"
    what: str
    who: str
    headline: str  # "" when the entry before it in time has the same
    choice: str = ""
    name: str = ""
    revision: int | None = None
    began_at: object = None  # of a sitting of autosaves


@dataclass(frozen=True)
class Timeline:
    """One page of entries, the newest first, and the revision the next page begins after (None on the last)."""

    entries: list
    next_before: int | None


def person(user):
    """Somebody's name as the desk reads it."""
    return (user.get_full_name() or user.get_username()) if user else "—"


def timeline(article, versions, *, before=None, at):
    """The Timeline after the revision with the id `before`; `versions` are all published ones of the story."""
    revisions = article.revisions.order_by("-made_at", "-pk")
    upper = revisions.filter(pk=before).first() if before else None
    if upper:
        revisions = revisions.filter(Q(made_at__lt=upper.made_at) | Q(made_at=upper.made_at, pk__lt=upper.pk))
    light = revisions.defer("snapshot").annotate(headline=KT("snapshot__headline")).select_related("made_by")
    kept = list(light[: PAGE_SIZE + 1])
    more = len(kept) > PAGE_SIZE
    kept = kept[:PAGE_SIZE]
    moments = [
        entry
        for entry in publications(versions, at)
        if (upper is None or entry.at < upper.made_at) and (not more or entry.at >= kept[-1].made_at)
    ]
    entries = sorted([*moments, *map(_saved, kept)], key=lambda entry: entry.at, reverse=True)
    return Timeline(_said_once(entries), kept[-1].pk if more else None)


def _said_once(entries):
    """The entries without a headline that the one before in time has too: what is shown is what changed."""
    older = [*entries[1:], None]
    return [
        replace(entry, headline="") if before and before.headline == entry.headline else entry
        for entry, before in zip(entries, older, strict=True)
    ]


def _saved(revision):
    return Entry(
        at=revision.made_at,
        kind=revision.reason,
        what=revision.what,
        who=person(revision.made_by),
        headline=revision.headline or "",
        choice=f"r{revision.pk}",
        name=revision.name,
        revision=revision.pk,
        began_at=revision.began_at,
    )


def publications(versions, at):
    """The moments at which readers saw something else: a version began, or the story left the site."""
    begins = {version.visible_from for version in versions}
    for version in versions:
        if version.visible_until == version.visible_from:
            continue  # replaced at the very moment it began: nobody saw it
        to_come = version.visible_from > at
        yield Entry(
            at=version.visible_from,
            kind="scheduled" if to_come else "public",
            what=(_("Goes live: %(kind)s") if to_come else _("Published: %(kind)s"))
            % {"kind": version.kind_name},
            who=person(version.made_by),
            headline=version.headline,
            choice=f"v{version.pk}",
        )
        if version.visible_until and version.visible_until not in begins:
            yield _left(version, at)


def _left(version, at):
    withdrawal = getattr(version, "withdrawal", None)
    what = _("Leaves the site") if version.visible_until > at else _("Left the site")
    return Entry(
        at=version.visible_until,
        kind="gone",
        what=_("Withdrawn: %(reason)s") % {"reason": withdrawal.reason} if withdrawal else what,
        who=person(withdrawal.made_by) if withdrawal else "—",
        headline=version.headline,
    )
