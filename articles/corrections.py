"""The paper's corrections in public, the newest first: those whose story is live and whose version has begun."""

from django.db.models import Exists, OuterRef, Q

from articles.models import Correction, PublishedVersion
from articles.stream import PAGE_SIZE, Page
from images.cursors import place_of, read_cursor


def public_corrections(at, *, before=""):
    """The corrections readers can see at the moment `at`, after the cursor `before`: a queryset to slice."""
    live = PublishedVersion.objects.live(at).filter(article_id=OuterRef("article_id"))
    begun = Correction.objects.filter(Exists(live), version__visible_from__lte=at)
    if place := read_cursor(before):
        moment, number = place
        earlier = Q(version__visible_from__lt=moment) | Q(pk__lt=number)
        begun = begun.filter(earlier, version__visible_from__lte=moment)
    told = begun.select_related("version").only("article_id", "text", "version__visible_from")
    return told.order_by("-version__visible_from", "-pk")


def with_stories(corrections, at):
    """The corrections, each with the live version of its story as `story`; one query for all.

    A story that was withdrawn between two queries takes its corrections with it.
    """
    corrections = list(corrections)
    wanted = {correction.article_id for correction in corrections}
    live = PublishedVersion.objects.live(at).filter(article_id__in=wanted).for_lists(at)
    stories = {story.article_id: story for story in live}
    for correction in corrections:
        correction.story = stories.get(correction.article_id)
    return [correction for correction in corrections if correction.story]


def page_of_corrections(at, *, before="", size=PAGE_SIZE):
    """One Page whose `stories` are corrections."""
    found = list(public_corrections(at, before=before)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    cursor = place_of(last.version.visible_from, last.pk) if last else ""
    return Page(with_stories(found[:size], at), cursor)
