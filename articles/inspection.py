"""What is looked at in a story, one function for each thing.

Each takes a Copy and gives (field of the form, sentence for the editor) for all that it finds. How much a finding
weighs is decided in articles/checks.py.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import links, rendering
from articles.models import Article, PublishedVersion, VersionPicture
from articles.moments import clock
from images.alt_text import is_file_name, repeats
from images.figures import Figure
from images.models import Image, Recording
from images.rights import why_not
from images.sources import is_complete

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
        blocks = list(rendering.figures(self.article.body))
        images = Image.objects.in_bulk([block.id for block in blocks])
        for number, block in enumerate(blocks, start=1):
            image = images.get(block.id)
            place = _("Picture %(number)d in the text") % {"number": number}
            fields = dict.fromkeys(("alt", "caption", "credit", "image"), "body")
            found.append((place, fields, image and Figure.of(image, **block.words)))
        return found

    @cached_property
    def recordings(self):
        """The Recordings of the text, None for one that is gone."""
        ids = [block.id for block in self.blocks if block.kind == "recording"]
        found = Recording.objects.in_bulk(set(ids)) if ids else {}
        return [found.get(pk) for pk in dict.fromkeys(ids)]

    @cached_property
    def end(self):
        """When the story leaves the site as far as the desk has said, or None: it stays."""
        last = PublishedVersion.objects.filter(article=self.article.pk).order_by("visible_from", "pk").last()
        return last.visible_until if last and last.visible_until and last.visible_until > self.at else None

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


def blocks_are_whole(copy):
    """A block whose part is missing looks like a mistake, and says little to somebody who listens."""
    for block in rendering.text_sections(copy.article.body):
        parts = block.parts
        if block.kind == "fact-box" and "title" not in parts:
            yield "body", _("A fact box has no heading. Write what it is about.")
        if block.kind == "table" and "caption" not in parts:
            yield "body", _("A table has no caption. Say what it shows.")
        if block.kind == "table" and "<th" not in parts["table"]:
            yield "body", _("A table has no headings. Make its first row or column headings.")
        for entry in parts["entries"]:
            words = {"words": rendering.plain_text(entry.head)}
            if not entry.words and block.kind == "questions":
                yield "body", _("The question “%(words)s” has no answer.") % words
            elif not entry.words:
                yield "body", _("The timeline does not say what happened: %(words)s.") % words


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


def is_the_only_one_in_its_language(copy):
    """Among the stories that are translations of each other: readers are led to one in each language."""
    article = copy.article
    origin = article.translation_of_id or article.pk
    if origin is None:
        return
    group = Article.objects.filter(Q(pk=origin) | Q(translation_of=origin)).exclude(pk=article.pk)
    for other in group.only("headline", "language"):
        if other.language_code == article.language_code:
            said = _("“%(headline)s” says this in the same language. Say which language this one is in.")
            yield "language", said % {"headline": other.headline}


# --- Its pictures -----------------------------------------------------------------------------------------


def pictures_are_there(copy):
    for place, fields, figure in copy.figures:
        if figure is None:
            yield (
                fields["image"],
                _("%(place)s: the picture is no longer in the library. Remove it.") % {"place": place},
            )


def picture_files_can_be_made(copy):
    """Those that are still being made are none of the editor's business: publishing waits for them."""
    for place, fields, figure in copy.shown():
        if figure.image.failure and not is_complete(figure.image):
            yield (
                fields["image"],
                _("%(place)s: its files for readers could not be made. %(failure)s")
                % {"place": place, "failure": figure.image.get_failure_display()},
            )


def pictures_have_alt(copy):
    for place, fields, figure in copy.shown():
        if not figure.alt and not figure.decorative:
            yield (
                fields["alt"],
                _("%(place)s has no alternative text. Write what is seen, or call the picture decorative.")
                % {"place": place},
            )


def alt_is_no_file_name(copy):
    for place, fields, figure in copy.shown():
        if is_file_name(figure.alt):
            yield (
                fields["alt"],
                _("%(place)s: “%(alt)s” is the name of a file. Write what is seen.")
                % {"place": place, "alt": figure.alt},
            )


def alt_says_something_new(copy):
    """What stands beside the picture is read aloud anyway: its alternative text would be the second time."""
    for place, fields, figure in copy.shown():
        if repeats(figure.alt, copy.article.headline):
            said = _("%(place)s: the alternative text repeats the headline. Write what is seen.")
        elif repeats(figure.alt, figure.caption):
            said = _("%(place)s: the alternative text repeats the caption. Write what is seen.")
        else:
            continue
        yield fields["alt"], said % {"place": place}


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
        if why := why_not(figure.image, copy.at):
            yield (
                fields["image"],
                _("%(place)s may not be published then. %(why)s Choose another picture.")
                % {"place": place, "why": why},
            )


def single_uses_are_single(copy):
    """A picture licensed for one story is used up by the first that is published or scheduled with it."""
    single = [one for one in copy.shown() if one[2].image.restriction == Image.Restriction.SINGLE_USE]
    if not single:
        return
    used = VersionPicture.objects.filter(image__in={figure.image.pk for _place, _fields, figure in single})
    others = dict(used.exclude(version__article=copy.article.pk).values_list("image", "version__headline"))
    for place, fields, figure in single:
        if figure.image.pk in others:
            yield (
                fields["image"],
                _("%(place)s may be used once, and “%(headline)s” has it. Choose another picture.")
                % {"place": place, "headline": others[figure.image.pk]},
            )


def rights_outlast_the_story(copy):
    for place, fields, figure in copy.shown():
        end = figure.image.not_after
        if end and end > copy.at and not (copy.end and copy.end <= end):
            yield (
                fields["image"],
                _(
                    "%(place)s may be shown until %(moment)s; readers do not see it after that. Choose a picture "
                    "that may stay, or set when the story leaves the site."
                )
                % {"place": place, "moment": clock(end)},
            )


# --- Its recordings ---------------------------------------------------------------------------------------


def recordings_are_there(copy):
    for recording in copy.recordings:
        if recording is None:
            yield "body", _("A recording is no longer in the library. Remove it.")
        elif not recording.rights_allow(copy.at):
            yield "body", _("“%(title)s” may not be published then: see its rights.") % {"title": recording}


def recordings_can_be_read(copy):
    """Who cannot hear reads: a transcript of sound and film, captions in a film."""
    for recording in filter(None, copy.recordings):
        if not recording.transcript.strip():
            yield "body", _("“%(title)s” has no transcript. Write what is said in it.") % {"title": recording}
        if recording.is_film and not recording.captions:
            yield "body", _("The film “%(title)s” has no captions. Upload them.") % {"title": recording}
        if not recording.credit.strip():
            yield "body", _("“%(title)s” has no credit. Write who made it.") % {"title": recording}


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
