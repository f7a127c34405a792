"""In which stories a picture or recording stands, how public each is, as what it stands there and with which words.

The library asks this module by its name (settings.PICTURE_STORIES). Two tables are the index, of desk copies and of
published versions; the text of a story is read only for those that a page shows.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from articles import rendering, rules
from articles.models import Article, PublishedVersion, VersionPicture, VersionRecording, search
from articles.models.article import ArticlePicture
from images.models import Recording
from images.uses import Place, State, Use

#: Rows read of each index, the newest first: a picture that stands in more is a logo.
MOST = 5000

PLACES = {
    "figure": gettext_noop("In the text"),
    "gallery": gettext_noop("In a gallery"),
    "side-by-side": gettext_noop("Side by side"),
}
WORDS = {
    "alt": ("alt_text", gettext_lazy("Alternative text here")),
    "caption": ("caption", gettext_lazy("Caption here")),
    "credit": ("credit", gettext_lazy("Credit here")),
}
#: What is read of a story to tell where in it the picture stands.
READ = ("headline", "body", "lead_image", "lead_alt", "lead_decorative", "lead_caption", "lead_credit")


@dataclass(frozen=True)
class Standing:
    """One story with the picture: in its published version of this id, or without one in its desk copy."""

    state: State
    story: int
    version: int | None = None
    at: datetime | None = None
    left: bool = False


def count(images):
    """{picture id: number of stories}. Empty when the indexes have more rows for these pictures than are counted."""
    desk = ArticlePicture.objects.filter(image__in=images).values_list("image", "article")
    public = VersionPicture.objects.filter(image__in=images).values_list("image", "version__article")
    rows = list(desk[: MOST + 1]), list(public[: MOST + 1])
    if any(len(found) > MOST for found in rows):
        return {}
    return Counter(image for image, _story in set(rows[0]).union(rows[1]))


def standing(thing, at):
    """The Standing of each story with this picture or recording, the newest first: as public as at the moment `at`."""
    desk = list(thing.in_articles.order_by("-article").values_list("article", flat=True)[:MOST])
    best = {story: Standing(State.DESK, story) for story in desk}
    kept = set(desk)
    versions = thing.in_versions.order_by("-version").values_list(
        "version", "version__article", "version__visible_from", "version__visible_until"
    )
    for version, story, begins, ends in versions[:MOST]:
        state, moment = _public(begins, ends, at)
        if story not in best or state < best[story].state:
            best[story] = Standing(state, story, version, moment, left=story not in kept)
    return sorted(best.values(), key=lambda one: (one.state, -one.story))


def _public(begins, ends, at):
    """(state, the moment to tell) of a version that readers have from `begins` until `ends`."""
    if ends is not None and ends <= max(begins, at):
        return State.PAST, ends
    return (State.LIVE, begins) if begins <= at else (State.SCHEDULED, begins)


def told(thing, standings, user):
    """{Standing: Use} of these Standings; a story that is gone meanwhile is left out. Two queries."""
    versions = PublishedVersion.objects.only(*READ).in_bulk([one.version for one in standings if one.version])
    articles = Article.objects.only(*READ).in_bulk([one.story for one in standings if not one.version])
    found = {one: versions.get(one.version) if one.version else articles.get(one.story) for one in standings}
    may_view = rules.may_view(user)
    return {one: _told(one, story, thing, may_view) for one, story in found.items() if story is not None}


def _told(one, story, thing, may_view):
    if not may_view and one.state != State.LIVE:
        return Use(_("A story that you may not see"), "", one.state, [], one.at)
    url = reverse("admin:articles_article_change", args=[one.story]) if may_view else ""
    gone = one.left and one.state in (State.LIVE, State.SCHEDULED)
    note = _("The desk copy does not have it any more.") if gone else ""
    return Use(story.headline, url, one.state, list(_places(story, thing)), one.at, note)


def _places(story, thing):
    return _heard(story, thing) if isinstance(thing, Recording) else _seen(story, thing)


def _heard(story, recording):
    for block in rendering.references(story.body):
        if block.kind == "recording" and block.id == recording.pk:
            yield Place(_(PLACES["figure"]), _other_words(block.data, recording))


def _seen(story, image):
    if story.lead_image_id == image.pk:
        words = {name: getattr(story, f"lead_{name}") for name in (*WORDS, "decorative")}
        yield Place(_("Lead picture"), _other_words(words, image))
    for block in rendering.references(story.body):
        if block.kind in PLACES:
            shared = {"caption": block.data["caption"]} if block.figures and "caption" in block.data else {}
            for one in block.figures or [block]:
                if one.id == image.pk:
                    yield Place(_(PLACES[block.kind]), _other_words({**one.words, **shared}, image))


def _other_words(words, thing):
    """[(label, words)] of one use that are not the library's."""
    other = [
        (label, said)
        for name, (kept, label) in WORDS.items()
        if (said := words.get(name, "").strip()) and said != getattr(thing, kept)
    ]
    return [*other, (_("Decorative"), _("nothing is read aloud"))] if words.get("decorative") else other


# --- Recordings -------------------------------------------------------------------------------------------


def words_changed(recording):
    """Let the desk's search find the desk copies with this recording by what is said in it now."""
    stories = Article.objects.filter(recordings__recording=recording).order_by("pk")
    last = 0
    while batch := list(stories.filter(pk__gt=last)[: search.BATCH]):
        search.reindex(apps, batch)
        last = batch[-1].pk


def forget_past(recording, at):
    """Let go of the recording in the versions that readers will not have again: those that ended by the moment `at`.

    What keeps it then is a desk copy, a live version or a scheduled one.
    """
    never_seen = Q(version__visible_until__lte=F("version__visible_from"))
    VersionRecording.objects.filter(
        Q(version__visible_until__lte=at) | never_seen, recording=recording
    ).delete()
