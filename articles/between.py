"""Between drawing a page and the press of its button: whose saves came, and which of them are somebody else's.

What a person did elsewhere, in another page of the desk, never counts against them. A change of many stories or a
move in review (Revision.aside) is not even a second text: their open form follows it.
"""

from dataclasses import dataclass
from datetime import datetime

from taggit.utils import edit_string_for_tags, parse_tags

from articles.models import Revision, Tag
from articles.people import full_name


@dataclass(frozen=True)
class Save:
    """Somebody else's save that a person has not seen. `before` is the revision to compare with, where one is kept."""

    person: str
    at: datetime
    before: Revision | None


def others_save(article, user, *, since):
    """The last Save of somebody else after the version `since`; None when nobody saved."""
    if article.version == since:
        return None
    if article.saved_by_id != user.pk:
        person, at = article.saved_by, article.saved_at
    else:
        others = _saves(article, since).exclude(made_by=user).select_related("made_by")
        other = others.order_by("-version").first()
        if other is None:
            return None
        person, at = other.made_by, other.made_at
    seen = article.revisions.exclude(reason=Revision.Reason.REFUSED).filter(version__lte=since)
    return Save(full_name(person), at, seen.order_by("-version").defer("snapshot").first())


def who_else_saved(article, user, *, since):
    """The name of the last other person who saved the story after the version `since`; "" when nobody did."""
    save = others_save(article, user, since=since)
    return save.person if save else ""


def why_refused(article, user, *, since):
    """The Revision.Refusal of a form that knows of no save after the version `since`."""
    if not who_else_saved(article, user, since=since):
        return Revision.Refusal.OWN_PAGE
    return Revision.Refusal.TAKEN_OVER if article.was_taken_over() else Revision.Refusal.SAVED


def seen_by_address(request, article):
    """The version that a person saw before they came to this page, as its address says; else the one there is now."""
    seen = request.GET.get("seen", "")
    return (
        min(int(seen), article.version)
        if seen.isascii() and seen.isdecimal() and len(seen) < 10
        else article.version
    )


def only_own_asides(article, user, *, since):
    """Whether all saves after the version `since` were made by `user` and by no form."""
    asides = _saves(article, since).filter(made_by=user, aside__isnull=False)
    return asides.count() == article.version - since


def catch_up(posted, article, user, *, since):
    """Put what `user` changed aside after the version `since` into their form's data; what was typed there wins."""
    for save in _saves(article, since).filter(made_by=user, aside__isnull=False).order_by("version"):
        for name, (before, after) in save.aside.items():
            if name == "tags":
                posted[name] = _with_tags(posted.get(name, ""), before, after)
            elif posted.get(name, "") == _sent(before):
                posted[name] = _sent(after)


def _saves(article, since):
    return article.revisions.exclude(reason=Revision.Reason.REFUSED).filter(version__gt=since)


def _sent(value):
    """A stored id as a form sends it."""
    return "" if value is None else str(value)


def _with_tags(typed, before, after):
    """The typed tags without those that went and with those that came; the same string where that is nothing."""
    tags = parse_tags(typed)
    gone = {tag.lower() for tag in before} - {tag.lower() for tag in after}
    came = {tag.lower() for tag in after} - {tag.lower() for tag in [*before, *tags]}
    wanted = [tag for tag in tags if tag.lower() not in gone] + [tag for tag in after if tag.lower() in came]
    return typed if wanted == tags else edit_string_for_tags([Tag(name=tag) for tag in wanted])
