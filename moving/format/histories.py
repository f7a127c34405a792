"""Whether a story of a file goes on from what the desk has here: both keep every save and every publication.

A save is known by its count and its moment, a publication by the moments at which it was made and begins: nobody edits
those. So no table has to say what came from where, and a copy, a merge or a backup may be brought up to date alike.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from articles.models import PublishedVersion, Revision

SAME, NEWER, OLDER, APART = "same", "newer", "older", "apart"
#: Stories whose histories are asked for at once.
LOT = 500


@dataclass
class History:
    """The saves of a desk copy, {count: moment}, and what readers saw of it, {(made, begins): ends}."""

    saves: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)


def compare(theirs, ours):
    """What the History of a file is beside the one here."""
    if theirs == ours:
        return SAME
    if _goes_on_from(theirs, ours):
        return NEWER
    return OLDER if _goes_on_from(ours, theirs) else APART


def _goes_on_from(later, earlier):
    """Whether nothing of `earlier` is missing in `later`, nor was otherwise; what was open may have an end by now."""
    return earlier.saves.items() <= later.saves.items() and all(
        shown in later.shown and ends in (None, later.shown[shown]) for shown, ends in earlier.shown.items()
    )


class InFile:
    """The histories of a file's stories, {number: History}, as `take` is told of its records."""

    def __init__(self):
        self.of = defaultdict(History)

    def take(self, said):
        story = said.get("article")
        if type(story) is not int:
            return
        if said.get("record") == "revision" and said.get("reason") != Revision.Reason.REFUSED:
            self.of[story].saves[_plain(said.get("version"))] = moment_of(said.get("made_at"))
        elif said.get("record") == "version":
            shown = moment_of(said.get("made_at")), moment_of(said.get("visible_from"))
            self.of[story].shown[shown] = moment_of(said.get("visible_until"))


def here(articles):
    """{id: History} of the stories with these ids here."""
    found = {pk: History() for pk in articles}
    for start in range(0, len(articles), LOT):
        lot = articles[start : start + LOT]
        saves = Revision.objects.filter(article__in=lot).exclude(reason=Revision.Reason.REFUSED)
        for pk, version, made_at in saves.values_list("article", "version", "made_at"):
            found[pk].saves[version] = made_at
        shown = PublishedVersion.objects.filter(article__in=lot)
        for pk, *moments, ends in shown.values_list("article", "made_at", "visible_from", "visible_until"):
            found[pk].shown[tuple(moments)] = ends
    return found


def moment_of(value):
    """A moment of a record, or None when it is none: what is wrong in a line is said when the line is read."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _plain(value):
    return value if type(value) is int else None
