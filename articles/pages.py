"""What the templates of the readers' pages get: plain values, all queries done."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef

from articles import rendering
from articles.embeds import find_embed
from articles.look import with_stamp
from articles.models import Correction, PublishedVersion, Section, Tag, VersionByline
from articles.read_more import Neighbours, neighbours_of
from articles.translations import alternates
from authors.models import Author, AuthorLink
from images import players
from images.figures import Figure
from images.models import Image, shown_columns
from pagecache.prepared import Prepared

#: A story has a table of contents from so many minutes and parts on.
LONG_READ = 4
PARTS_OF_A_LONG_READ = 3


#: What readers' pages print of an author.
_AUTHOR = ["id", "name", "slug", "role", "biography", "email", "portrait_id"]
_PROFILE = Prepared(
    Author, [*_AUTHOR, *shown_columns("portrait__")], lambda slug: Author.objects.filter(slug=slug)
)
_LINKS = Prepared(AuthorLink, ["id", "label", "url"], lambda author: AuthorLink.objects.filter(author=author))
_BYLINES = Prepared(
    VersionByline,
    [
        *["id", "role", "position", "author_id"],
        *[f"author__{name}" for name in _AUTHOR],
        *shown_columns("author__portrait__"),
    ],
    lambda version: VersionByline.objects.filter(version=version),
)
_TAGS = Prepared(
    Tag,
    ["id", "name", "slug"],
    lambda version: Tag.objects.filter(version_tags__content_object=version).order_by("name"),
)
_CORRECTIONS = Prepared(
    Correction,
    ["id", "text", "placement", "version_id", "version__id", "version__visible_from"],
    lambda story, at: Correction.objects.filter(article_id=story, version__visible_from__lte=at).order_by(
        "-version__visible_from"
    ),
)
_IMAGES = Prepared(Image, shown_columns(), lambda ids: Image.objects.filter(pk__in=ids))


@dataclass
class StoryPage:
    """One story, ready for articles/article_detail.html. Text and pictures are drawn when somebody asks for them.

    What rights decide is not kept here: each part of the page that asks for it ends with them.
    """

    story: object  # a PublishedVersion; unsaved in a preview
    bylines: list
    tags: list
    corrections: list = field(default_factory=list)
    around: Neighbours = field(default_factory=Neighbours)
    at: datetime | None = None
    images: dict = field(default_factory=dict)  # those of the body by their ids
    played: dict = field(default_factory=dict)  # its recordings
    draw: object = None  # makes HTML of one block of the body

    @property
    def row(self):
        """What the database said of all that stands in the story's own column and in the head of its page."""
        if self.played:  # read by other questions
            return None
        shown = [[self.story], self.bylines, self.tags, self.corrections, self.images.values()]
        shown += [self.around.cards.values(), self.around.languages]
        rows = tuple(tuple(getattr(one, "row", None) for one in some) for some in shown)
        return None if any(None in some for some in rows) else rows

    @property
    def seen_at(self):
        return self.at

    @property
    def authors(self):
        """(author, portrait as a Figure or None) of each byline."""
        return [(row.author, row.author.portrait_at(self.at)) for row in self.bylines]

    @property
    def figures(self):
        """The Figures that readers see: the lead picture, then those of the body."""
        blocks = [block for block in rendering.figures(self.story.body) if block.id in self.images]
        shown = [Figure.shown(self.images[block.id], self.at, **block.words) for block in blocks]
        return [figure for figure in (self.story.lead, *shown) if figure]

    @cached_property
    def _text(self):
        return rendering.with_anchors(self.story.body)

    @cached_property
    def body(self):
        """The text as safe HTML."""
        draw, cards = self.draw or _draw, self.around.cards
        return rendering.render(
            self._text[0], lambda block: draw(block, self.at, self.images, cards, self.played)
        )

    @property
    def parts(self):
        """The articles.rendering.Part of each main heading."""
        return self._text[1]

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
        bylines = _BYLINES(version=story.pk)
    blocks = rendering.references(story.body)
    card_ids = [block.id for block in blocks if block.kind == "related-card"]
    figures = rendering.figures(story.body)
    return StoryPage(
        story=story,
        bylines=bylines,
        tags=_TAGS(version=story.pk) if tags is None else tags,
        corrections=_CORRECTIONS(story=story.article_id, at=at) if story.updated_at else [],
        around=neighbours_of(story, at, card_ids=card_ids, sections=sections),
        at=at,
        images={image.pk: image for image in _IMAGES(ids=tuple({block.id for block in figures}))},
        played=players.recordings([block.id for block in blocks if block.kind == "recording"]),
        draw=draw,
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


def profile(slug):
    """(the author of a profile's address, their links); (None, []) where there is none."""
    author = next(iter(_PROFILE(slug=slug)), None)
    return author, _LINKS(author=author.pk) if author else []


def public_sections(at):
    """The sections that have a live story, in the order of the navigation. Every page shows them.

    A section that is being prepared stays unknown to readers until its first story goes live. What only its own page
    says of it is fetched there. Each carries the stamp of the paper, so that a page knows how the paper looks without
    a question more (articles.look).
    """
    return _SECTIONS(at=at)


def section_of(sections, slug):
    """One of the public sections, with what its own page says of it; None when it is not public."""
    section = next((section for section in sections if section.slug == slug), None)
    return section and next(iter(_SECTION(pk=section.pk)), None)


def _with_a_live_story(at):
    live = PublishedVersion.objects.live_by_age(at).filter(section=OuterRef("pk"))
    return with_stamp(Section.objects.filter(Exists(live)))


_SECTIONS = Prepared(
    Section, ["id", "name", "slug", "in_news_feed", "position", "paper_stamp"], _with_a_live_story
)
_SECTION = Prepared(Section, ["id", "name", "slug", "description"], lambda pk: Section.objects.filter(pk=pk))
