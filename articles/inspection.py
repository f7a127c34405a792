"""What is looked at in a story, one function for each thing.

Each takes a Copy and gives (field of the form, sentence for the editor) for all that it finds. How much a finding
weighs is decided in articles/checks.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import links, rendering
from articles.models import Article
from articles.moments import clock
from images.figures import Figure
from images.models import Image

#: A headline of this many characters fits every list.
HEADLINE_LENGTH = 90


@dataclass
class Copy:
    """A desk copy, saved or not, as the checks read it: each part is looked up once, when a check asks."""

    article: Article
    at: datetime
    bylines: int  # how many authors
    tags: int

    @cached_property
    def text(self):
        return rendering.plain_text(self.article.body)

    @cached_property
    def blocks(self):
        return rendering.references(self.article.body)

    @cached_property
    def links(self):
        return links.links(self.article.body)

    @cached_property
    def figures(self):
        """(where it stands, {word: field of the form}, its Figure or None when the picture is gone)."""
        found = []
        if self.article.lead_image_id:
            fields = {word: f"lead_{word}" for word in ("alt", "caption", "credit", "image")}
            found.append((_("The lead picture"), fields, self.article.lead_figure))
        blocks = [block for block in self.blocks if block.kind == "figure"]
        images = Image.objects.in_bulk([block.id for block in blocks])
        for number, block in enumerate(blocks, start=1):
            image = images.get(block.id)
            words = {name: block.data.get(name, "") for name in ("alt", "caption", "credit")}
            place = _("Picture %(number)d in the text") % {"number": number}
            fields = dict.fromkeys(("alt", "caption", "credit", "image"), "body")
            found.append((place, fields, image and Figure.of(image, **words)))
        return found

    def shown(self):
        """The figures whose picture is still in the library."""
        return [(place, fields, figure) for place, fields, figure in self.figures if figure]


# --- The story --------------------------------------------------------------------------------------------


def has_a_headline(copy):
    if not copy.article.headline.strip():
        yield "headline", _("The story has no headline.")


def has_text(copy):
    if not copy.text:
        yield "body", _("The story has no text yet.")


def has_a_byline(copy):
    if not copy.bylines:
        yield "bylines", _("The story has no author. Add a byline.")


def has_a_section(copy):
    if not copy.article.section_id:
        yield "section", _("The story stands in no section. Choose one.")


def embargo_is_over(copy):
    if copy.article.embargo and copy.at < copy.article.embargo:
        yield (
            "embargo",
            _("The story is under embargo until %(moment)s. Choose a moment from then on.")
            % {"moment": clock(copy.article.embargo)},
        )


def headline_fits(copy):
    length = len(copy.article.headline.strip())
    if length > HEADLINE_LENGTH:
        yield (
            "headline",
            _("The headline has %(length)d characters; lists may cut it after %(fits)d. Shorten it.")
            % {"length": length, "fits": HEADLINE_LENGTH},
        )


def has_a_standfirst(copy):
    if not copy.article.standfirst.strip():
        yield "standfirst", _("The story has no standfirst. Lists will show its first words instead.")


def has_tags(copy):
    if not copy.tags:
        yield "tags", _("The story has no tags. Add two to five, so that readers find it beside others.")


_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


def headings_are_in_order(copy):
    """Who listens to a page jumps from heading to heading: a level that is skipped sounds like a missing part."""
    above = False
    for level, content in _HEADING.findall(copy.article.body):
        words = rendering.plain_text(content)
        if not words:
            yield "body", _("A heading has no words. Remove it.")
        elif level == "3" and not above:
            yield (
                "body",
                _("“%(heading)s” is a small heading with no large one before it. Make it a large one.")
                % {"heading": words},
            )
        above = above or level == "2"


# Quoted text uses [sic] and […] rightly.
_NOTE = re.compile(r"\[(?!sic\]|…\]|\.\.\.\])[^\[\]]{1,200}\]|\b(?:TK)+\b|\bXXX+\b")


def no_notes_are_left(copy):
    texts = [
        ("headline", copy.article.headline),
        ("standfirst", copy.article.standfirst),
        ("body", copy.text),
    ]
    for _place, fields, figure in copy.shown():
        texts += [(fields[word], getattr(figure, word)) for word in ("alt", "caption", "credit")]
    texts.append(("editors_note", copy.article.editors_note))
    for where, text in texts:
        for note in dict.fromkeys(_NOTE.findall(text)):
            yield where, _("“%(note)s” looks like a note of the desk. Remove it.") % {"note": note}


# --- Its pictures -----------------------------------------------------------------------------------------


def pictures_are_there(copy):
    for place, fields, figure in copy.figures:
        if figure is None:
            yield (
                fields["image"],
                _("%(place)s: the picture is no longer in the library. Remove it.") % {"place": place},
            )


def pictures_have_alt(copy):
    for place, fields, figure in copy.shown():
        if not figure.alt:
            yield (
                fields["alt"],
                _("%(place)s has no alternative text. Write what is seen.") % {"place": place},
            )


def alt_is_no_file_name(copy):
    for place, fields, figure in copy.shown():
        if figure.alt and _is_file_name(figure.alt):
            yield (
                fields["alt"],
                _("%(place)s: “%(alt)s” is the name of a file. Write what is seen.")
                % {"place": place, "alt": figure.alt},
            )


def _is_file_name(alt):
    """IMG_0042.jpg, and DSC01234 without its ending."""
    suffix = PurePath(alt).suffix.lower()
    if suffix in (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".heic"):
        return True
    return (
        re.fullmatch(r"(IMG|DSC[NF]?|PXL|GOPR?|P)[_-]?\d{3,}[\w-]*", alt.strip(), re.IGNORECASE) is not None
    )


def alt_says_something_new(copy):
    for place, fields, figure in copy.shown():
        alt = _plain(figure.alt)
        if alt and alt == _plain(copy.article.headline):
            yield (
                fields["alt"],
                _("%(place)s: the alternative text repeats the headline. Write what is seen.")
                % {"place": place},
            )
        elif alt and alt == _plain(figure.caption):
            yield (
                fields["alt"],
                _("%(place)s: the alternative text repeats the caption. Write what is seen.")
                % {"place": place},
            )


def _plain(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def pictures_have_a_caption(copy):
    for place, fields, figure in copy.shown():
        if not figure.caption:
            yield (
                fields["caption"],
                _("%(place)s has no caption. Say who or what it shows, where and when.") % {"place": place},
            )


def pictures_have_a_credit(copy):
    """The photographer is owed it."""
    for place, fields, figure in copy.shown():
        if not figure.credit:
            yield (
                fields["credit"],
                _("%(place)s has no credit. Write who made the picture.") % {"place": place},
            )


def rights_allow_the_pictures(copy):
    for place, fields, figure in copy.shown():
        if not figure.image.rights_allow(copy.at):
            yield (
                fields["image"],
                _("%(place)s may not be published at that moment: see its rights. Choose another picture.")
                % {"place": place},
            )


# --- Where it leads ---------------------------------------------------------------------------------------


def links_can_be_followed(copy):
    for address, words in copy.links:
        if links.is_malformed(address):
            yield (
                "body",
                _("The link “%(words)s” leads nowhere: %(address)s. Write the whole address, with https://.")
                % {"words": words, "address": address or "—"},
            )


def links_lead_somewhere(copy):
    own = {
        address for address, _words in copy.links if links.is_own(address) and not links.is_malformed(address)
    }
    gone = links.dead(own, copy.at)
    for address, words in copy.links:
        if address in gone:
            yield (
                "body",
                _("The link “%(words)s” leads to a page that readers will not find: %(address)s.")
                % {"words": words, "address": address},
            )
    cards = [block.id for block in copy.blocks if block.kind == "related-card"]
    missing = set(cards) - links.live_stories(cards, copy.at) if cards else set()
    for headline in Article.objects.filter(pk__in=missing).values_list("headline", flat=True):
        yield (
            "body",
            _("The card of “%(headline)s” will not be shown: that story is not on the site.")
            % {"headline": headline},
        )
