"""The whole text of stories as a reader's program shows it: HTML that needs nothing of ours around it."""

import html
import re
from urllib.parse import urljoin

from django.db.models import F, Prefetch
from django.template.loader import render_to_string

from articles import rendering
from articles.models import Correction, PublishedVersion, VersionByline, VersionTag
from articles.plain import draw_plain
from articles.site import absolute
from images.models import DESK_ONLY, Image
from images.players import recordings

_LINK = re.compile(r'(<a(?: [a-z]+="[^"]*")*? href=")([^"]*)"')


def with_content(stories, at):
    """The stories of a sliced queryset as a list, each with `content`, its whole text as HTML, and `heard`.

    `heard` are its recordings that readers may have at the moment `at`, in the order of the text.

    Seven queries at most, however many stories, pictures and cards there are.
    """
    people = VersionByline.objects.select_related("author").only(
        "version", "position", "role", "author__name", "author__slug"
    )
    topics = VersionTag.objects.select_related("tag").order_by("tag__name")
    stories = list(stories.prefetch_related(Prefetch("bylines", people), Prefetch("version_tags", topics)))
    blocks = [block for story in stories for block in rendering.references(story.body)]
    figures = [block.id for story in stories for block in rendering.figures(story.body)]
    images = Image.objects.defer(*DESK_ONLY).in_bulk(set(figures))
    cards = _cards({block.id for block in blocks if block.kind == "related-card"}, at)
    played = recordings([block.id for block in blocks if block.kind == "recording"])
    notes = _notes([story for story in stories if story.updated_at], at)
    for story in stories:
        story.heard = [
            played[pk]
            for pk in rendering.recordings(story.body)
            if pk in played and played[pk].rights_allow(at)
        ]
        story.content = _content(story, at, (images, cards, played), notes.get(story.article_id, []))
    return stories


def _cards(wanted, at):
    """{id: story} of the live ones, with what a link needs.

    Which version says so is not asked: a correction in a story would make the feeds of all that quote it anew.
    """
    live = PublishedVersion.objects.live(at).filter(article_id__in=wanted)
    told = live.values_list("article_id", "slug", "headline")
    return {pk: PublishedVersion(slug=slug, headline=headline) for pk, slug, headline in told}


def _notes(stories, at):
    """{story's id: its corrections by the moment `at`, the newest first}, each with `since`."""
    found = {}
    begun = Correction.objects.filter(
        article_id__in=[story.article_id for story in stories], version__visible_from__lte=at
    )
    for note in begun.annotate(since=F("version__visible_from")).order_by("-since"):
        found.setdefault(note.article_id, []).append(note)
    return found


def _content(story, at, things, notes):
    def draw(block):
        return draw_plain(block, at, *things, template="articles/_feed_block.html")

    body = rendering.render(_with_full_links(story.body, absolute(story.get_absolute_url())), draw)
    above = Correction.Placement.ABOVE
    context = {
        "story": story,
        "body": body,
        "notes_above": [note for note in notes if note.placement == above],
        "notes_below": [note for note in notes if note.placement != above],
    }
    return render_to_string("articles/_feed_content.html", context).strip()


def _with_full_links(body, base):
    """A cleaned body whose links lead to the same place from anywhere; what is no address stays as it is."""

    def full(match):
        try:
            address = urljoin(base, html.unescape(match[2]))
        except ValueError:
            return match[0]
        return f'{match[1]}{html.escape(address)}"'

    return _LINK.sub(full, body)
