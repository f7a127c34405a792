"""What the templates of the readers' pages get: plain values, all queries done."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from articles import rendering
from articles.embeds import find_embed
from articles.models import Correction, PublishedVersion, Section
from articles.read_more import Neighbours, neighbours_of
from images.figures import Figure
from images.models import Image


@dataclass
class StoryPage:
    """One story, ready for articles/article_detail.html."""

    story: object  # a PublishedVersion; unsaved in a preview
    bylines: list
    tags: list
    body: str = ""
    corrections: list = field(default_factory=list)
    around: Neighbours = field(default_factory=Neighbours)


def story_page(story, at, *, sections, bylines=None, tags=None):
    """The StoryPage of a published version at the moment `at`.

    A preview passes the bylines and tags of its unsaved version; otherwise they are the version's own.
    """
    blocks = rendering.references(story.body)
    card_ids = [block.id for block in blocks if block.kind == "related-card"]
    page = StoryPage(
        story=story,
        bylines=list(story.bylines.select_related("author__portrait")) if bylines is None else bylines,
        tags=list(story.tags.order_by("name")) if tags is None else tags,
        around=neighbours_of(story, at, card_ids=card_ids, sections=sections),
    )
    if story.updated_at:
        page.corrections = list(corrections_of(story, at))
    images = Image.objects.in_bulk([block.id for block in blocks if block.kind == "figure"])
    page.body = rendering.render(story.body, lambda block: _draw(block, images, page.around.cards))
    return page


def corrections_of(story, at):
    """The corrections of a story that readers could see by the moment `at`, the newest first."""
    return (
        Correction.objects.filter(article_id=story.article_id, version__visible_from__lte=at)
        .select_related("version")
        .order_by("-version__visible_from")
    )


def _draw(block, images, cards):
    """One block of the body as HTML; "" when what it refers to is not there for readers."""
    if block.kind == "figure" and block.id in images:
        words = {name: block.data.get(name, "") for name in ("alt", "caption", "credit", "size")}
        return rendering.draw_block(block, {"figure": Figure.of(images[block.id], **words)})
    if block.kind == "related-card" and block.id in cards:
        return rendering.draw_block(block, {"story": cards[block.id]})
    if block.kind == "embed":
        embed = find_embed(block.data["url"])
        return rendering.draw_block(block, {"embed": embed, "title": block.data.get("title", "")})
    return ""


def public_sections(at):
    """The sections that have a live story, in the order of the navigation. Every page shows them.

    A section that is being prepared stays unknown to readers until its first story goes live.
    """
    live = PublishedVersion.objects.live(at).filter(section=OuterRef("pk"))
    return list(Section.objects.filter(Exists(live)))
