"""RSS of the whole site, a section, a tag and an author: the newest live stories with their excerpts."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from articles.corrections import public_corrections, with_stories
from articles.models import Section, Tag
from articles.stream import listed
from authors.models import Author
from images.sources import share_url

FEED_SIZE = 30

#: Characters that XML has no way to write. Word processors leave some of them in what is pasted.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _legal(value):
    """`value` with blanks for what XML cannot hold, in a string or in a list of them."""
    if isinstance(value, str):
        return _NOT_IN_XML.sub(" ", value)
    return [_legal(part) for part in value] if isinstance(value, list) else value


class _RssFeed(Rss201rev2Feed):
    """RSS that one strange character in one headline cannot break for all readers."""

    def __init__(self, **channel):
        super().__init__(**{name: _legal(value) for name, value in channel.items()})

    def add_item(self, **item):
        super().add_item(**{name: _legal(value) for name, value in item.items()})


def absolute(path):
    """The full address of a path. It comes from SITE_URL, never from the Host header of whoever asks."""
    return f"{settings.SITE_URL}{path}"


class LatestFeed(Feed):
    """Every live story, of all sections."""

    feed_type = _RssFeed
    language = settings.LANGUAGE_CODE

    def title(self):
        return settings.SITE_NAME

    def link(self):
        return absolute(reverse("front-page"))

    def description(self):
        return settings.SITE_TAGLINE or settings.SITE_NAME

    def feed_url(self):
        return absolute(reverse("rss"))

    def stories(self, obj):
        """The arguments of `listed` that choose this feed's stories."""
        return {}

    def items(self, obj):
        stories = listed(timezone.now(), **self.stories(obj)).prefetch_related("authors")
        return stories[:FEED_SIZE]

    def item_title(self, story):
        return story.headline

    def item_description(self, story):
        return story.excerpt

    def item_link(self, story):
        return absolute(story.get_absolute_url())

    def item_guid(self, story):
        # The slug may change; a reader's program must not show the story twice for it.
        return f"{settings.SITE_URL}/#story-{story.article_id}"

    item_guid_is_permalink = False

    def item_pubdate(self, story):
        return story.first_published_at

    def item_updateddate(self, story):
        return story.changed_at

    def item_author_name(self, story):
        return ", ".join(author.name for author in story.authors.all())

    def item_categories(self, story):
        return [story.section.name]

    def item_enclosure_url(self, story):
        return absolute(share_url(story.lead_image)) if share_url(story.lead_image) else None

    item_enclosure_mime_type = "image/jpeg"
    item_enclosure_length = 0  # unknown without opening the file, and RSS demands a number


class _PartFeed(LatestFeed):
    """The feed of one section, tag or author; without a live story there is none."""

    model = None
    url_name = ""

    def get_object(self, request, slug):
        part = get_object_or_404(self.model, slug=slug)
        if not listed(timezone.now(), **self.stories(part)).exists():
            raise Http404
        return part

    def title(self, part):
        return _("%(site)s: %(part)s") % {"site": settings.SITE_NAME, "part": part}

    def link(self, part):
        return absolute(part.get_absolute_url())

    def description(self, part):
        return self.title(part)

    def feed_url(self, part):
        return absolute(reverse(self.url_name, args=[part.slug]))


class SectionFeed(_PartFeed):
    model = Section
    url_name = "section-rss"

    def stories(self, section):
        return {"section_id": section.pk}

    def description(self, section):
        return section.description or self.title(section)


class TagFeed(_PartFeed):
    model = Tag
    url_name = "tag-rss"

    def stories(self, tag):
        return {"through": "version_tags", "tag": tag}


class AuthorFeed(_PartFeed):
    model = Author
    url_name = "author-rss"

    def stories(self, author):
        return {"through": "bylines", "author": author}


class CorrectionsFeed(Feed):
    """The newest corrections, each with the public text and the way to its story."""

    feed_type = _RssFeed
    language = settings.LANGUAGE_CODE

    def title(self):
        return _("%(site)s: %(part)s") % {"site": settings.SITE_NAME, "part": _("Corrections")}

    def link(self):
        return absolute(reverse("corrections"))

    def description(self):
        return _("What we had wrong, and what is right.")

    def feed_url(self):
        return absolute(reverse("corrections-rss"))

    def items(self):
        at = timezone.now()
        return with_stories(public_corrections(at)[:FEED_SIZE], at)

    def item_title(self, correction):
        return correction.story.headline

    def item_description(self, correction):
        return correction.text

    def item_link(self, correction):
        return absolute(f"{correction.story.get_absolute_url()}#correction-{correction.pk}")

    def item_guid(self, correction):
        return f"{settings.SITE_URL}/#correction-{correction.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, correction):
        return correction.version.visible_from
