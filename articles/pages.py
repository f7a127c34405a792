"""What the templates of the readers' pages get: plain values, all queries done."""

from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef

from articles import rendering
from articles.embeds import find_embed
from articles.look import with_stamp
from articles.models import Correction, PublishedVersion, Section
from articles.read_more import Neighbours, neighbours_of
from articles.translations import alternates
from images import players
from images.figures import Figure
from images.models import DESK_ONLY, Image, desk_only

#: A story has a table of contents from so many minutes and parts on.
LONG_READ = 4
PARTS_OF_A_LONG_READ = 3


@dataclass
class StoryPage:
    """One story, ready for articles/article_detail.html."""

    story: object  # a PublishedVersion; unsaved in a preview
    bylines: list
    authors: list  # (author, portrait as a Figure or None)
    tags: list
    body: str = ""
    figures: list = field(default_factory=list)  # what readers see: the lead picture, then those of the body
    parts: list = field(default_factory=list)  # articles.rendering.Part of each main heading
    corrections: list = field(default_factory=list)
    around: Neighbours = field(default_factory=Neighbours)

    @property
    def alternates(self):
        """The same story in all its languages, as articles.translations.alternates."""
        return alternates(self.story, self.around.languages)

    @property
    def contents(self):
        """The Parts that a long read lists before its text; of others none."""
        is_long = self.story.reading_minutes >= LONG_READ and len(self.parts) >= PARTS_OF_A_LONG_READ
        return self.parts if is_long else []

    @property
    def notes_above(self):
        """The corrections that readers meet before the text."""
        return [note for note in self.corrections if note.placement == Correction.Placement.ABOVE]

    @property
    def notes_below(self):
        return [note for note in self.corrections if note.placement == Correction.Placement.BELOW]


def story_page(story, at, *, sections, bylines=None, tags=None, draw=None):
    """The StoryPage of a published version at the moment `at`.

    A preview passes the bylines and tags of its unsaved version; otherwise they are the version's own. `draw` makes
    HTML of one block of the body, for a page that draws them its own way.
    """
    if bylines is None:
        portraits = desk_only("author__portrait")
        bylines = list(story.bylines.select_related("author__portrait").defer(*portraits))
    blocks = rendering.references(story.body)
    card_ids = [block.id for block in blocks if block.kind == "related-card"]
    page = StoryPage(
        story=story,
        bylines=bylines,
        authors=[(row.author, row.author.portrait_at(at)) for row in bylines],
        tags=list(story.tags.order_by("name")) if tags is None else tags,
        around=neighbours_of(story, at, card_ids=card_ids, sections=sections),
    )
    if story.updated_at:
        page.corrections = list(corrections_of(story, at))
    figures = list(rendering.figures(story.body))
    images = Image.objects.defer(*DESK_ONLY).in_bulk([one.id for one in figures])
    shown = [Figure.shown(images[one.id], at, **one.words) for one in figures if one.id in images]
    page.figures = [figure for figure in (story.lead, *shown) if figure]
    played = players.recordings([block.id for block in blocks if block.kind == "recording"])
    draw = draw or _draw
    body, page.parts = rendering.with_anchors(story.body)
    page.body = rendering.render(body, lambda block: draw(block, at, images, page.around.cards, played))
    return page


def corrections_of(story, at):
    """The corrections of a story that readers could see by the moment `at`, the newest first."""
    return (
        Correction.objects.filter(article_id=story.article_id, version__visible_from__lte=at)
        .select_related("version")
        .order_by("-version__visible_from")
    )


def _draw(block, at, images, cards, played):
    """One block of the body as HTML; "" when what it refers to is not there for readers."""
    if block.inside:
        return rendering.draw_block(block, block.parts)
    if block.kind == "figure" and block.id in images:
        return rendering.draw_block(block, _use(block, at, images))
    if block.figures:
        return _draw_together(block, at, images)
    if block.kind == "related-card" and block.id in cards:
        return rendering.draw_block(block, {"story": cards[block.id]})
    if block.kind == "recording":
        found = players.use(block, at, played)
        return rendering.draw_block(block, found) if found else ""
    if block.kind == "embed":
        embed = find_embed(block.data["url"])
        return rendering.draw_block(block, {"embed": embed, "title": block.data.get("title", "")})
    return ""


def _use(block, at, images, place=""):
    """One picture of the body: its figure and place (as wide as it says, unless one is given), or why it is missing."""
    image = images[block.id]
    figure = Figure.shown(image, at, **block.words)
    return {"figure": figure, "place": place or (figure and figure.size), "refusal": image.refusal(at)}


def _draw_together(block, at, images):
    """Several pictures as one block. A picture that is gone leaves no gap; without any there is no block."""
    shown = [one for one in block.figures if one.id in images]
    upright = [images[one.id].height > images[one.id].width for one in shown]
    caption = block.data.get("caption", "")
    if block.kind == "side-by-side":
        # Both whole when both are upright; otherwise in one shape, so that they end on one line.
        places = [f"{block.kind}-upright" if all(upright) else block.kind] * len(shown)
    else:
        places = [f"{block.kind}-upright" if is_upright else block.kind for is_upright in upright]
        if len(shown) % 2 and not upright[0]:
            places[0] = f"{block.kind}-opening"  # an odd one would leave a hole at the end
    uses = [_use(one, at, images, place) for one, place in zip(shown, places, strict=True)]
    if caption:  # theirs together, so neither says its own
        uses = [{**use, "figure": use["figure"] and replace(use["figure"], caption="")} for use in uses]
    return rendering.draw_block(block, {"uses": uses, "caption": caption}) if uses else ""


def public_sections(at):
    """The sections that have a live story, in the order of the navigation. Every page shows them.

    A section that is being prepared stays unknown to readers until its first story goes live. What only its own page
    says of it is fetched there. Each carries the stamp of the paper, so that a page knows how the paper looks without
    a question more (articles.look).
    """
    live = PublishedVersion.objects.live(at).filter(section=OuterRef("pk"))
    sections = Section.objects.filter(Exists(live)).defer("description", "stand_in")
    return list(with_stamp(sections))
