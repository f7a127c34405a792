"""Feeds of the whole site, a section, a tag and an author: the newest live stories, whole. And one of corrections."""

from copy import copy

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _

from articles.corrections import public_corrections, with_stories
from articles.feed_content import with_content
from articles.look import look, look_of, with_stamp
from articles.models import Section, Tag
from articles.site import absolute
from articles.stream import listed
from authors.models import Author
from pagecache.moment import now

FEED_SIZE = 30


class _Feed(Feed):
    """A feed in one Format. Its routes are called `prefix` and the format's name."""

    prefix = ""
    paper = None  # the articles.look.Look of this request
    language = settings.LANGUAGE_CODE

    def __init__(self, form):
        self.form = form
        self.feed_type = form.generator

    def __call__(self, request, *args, **kwargs):
        feed = copy(self)  # one for each request, which is of one moment's paper
        response = super(_Feed, feed).__call__(request, *args, **kwargs)
        if settings.FEED_HUB:
            # WebSub: whoever wants to be told of new items asks the hub, and names the feed by this address.
            own = absolute(request.path)
            response.headers["Link"] = f'<{own}>; rel="self", <{settings.FEED_HUB}>; rel="hub"'
        return response

    def get_object(self, request):
        self.paper = look()

    def feed_url(self, part):
        return absolute(reverse(f"{self.prefix}{self.form.name}", args=[part.slug] if part else []))

    def author_name(self):
        return self.paper.name

    def feed_extra_kwargs(self, part):
        return {"hub": settings.FEED_HUB}


class LatestFeed(_Feed):
    """Every live story, of all sections."""

    def title(self):
        return self.paper.name

    def link(self):
        return absolute(reverse("front-page"))

    def description(self):
        return self.paper.tagline or self.paper.name

    def stories(self, obj):
        """The arguments of `listed` that choose this feed's stories."""
        return {}

    def items(self, obj):
        at = now()
        return with_content(listed(at, whole=True, **self.stories(obj))[:FEED_SIZE], at)

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
        return ", ".join(row.author.name for row in story.bylines.all())

    def item_categories(self, story):
        return [story.section.name, *(row.tag.name for row in story.version_tags.all())]

    def item_extra_kwargs(self, story):
        people = [row.author for row in story.bylines.all()]
        return {
            "content": story.content,
            "language": story.language,
            "canonical": story.canonical_url,
            "people": [{"name": one.name, "url": absolute(one.get_absolute_url())} for one in people],
            "picture": _picture(story.lead),
            "recordings": [_recording(one) for one in story.heard],
        }

    def item_enclosures(self, story):
        """For RSS, which has room for one: the first recording, which podcast programs play, else the picture."""
        if story.heard:
            said = _recording(story.heard[0])
            return [Enclosure(said["url"], str(said["bytes"]), said["type"])]
        picture = _picture(story.lead)
        # Its weight is unknown without opening the file, and RSS demands a number.
        return [Enclosure(picture["url"], "0", "image/jpeg")] if picture else []


def _recording(recording):
    """A recording in the words of feed_formats."""
    return {
        "url": absolute(recording.file.url),
        "type": recording.mime_type,
        "bytes": recording.bytes,
        "seconds": recording.seconds,
        "title": recording.title,
    }


def _picture(figure):
    """A lead picture in the words of feed_formats, or None."""
    file = figure and figure.content
    return file and {
        "url": absolute(file.src),
        "width": str(file.width),
        "height": str(file.height),
        "alt": figure.alt,
        "caption": figure.caption,
        "credit": figure.credit,
    }


class _PartFeed(LatestFeed):
    """The feed of one section, tag or author; without a live story there is none."""

    model = None

    def get_object(self, request, slug):
        part = get_object_or_404(with_stamp(self.model.objects), slug=slug)
        self.paper = look_of([part])
        if not listed(now(), **self.stories(part)).exists():
            raise Http404
        return part

    def title(self, part):
        return _("%(site)s: %(part)s") % {"site": self.paper.name, "part": part}

    def link(self, part):
        return absolute(part.get_absolute_url())

    def description(self, part):
        return self.title(part)


class SectionFeed(_PartFeed):
    model = Section
    prefix = "section-"

    def stories(self, section):
        return {"section_id": section.pk}

    def description(self, section):
        return section.description or self.title(section)


class TagFeed(_PartFeed):
    model = Tag
    prefix = "tag-"

    def stories(self, tag):
        return {"through": "version_tags", "tag": tag}


class AuthorFeed(_PartFeed):
    model = Author
    prefix = "author-"

    def stories(self, author):
        return {"through": "bylines", "author": author}


class CorrectionsFeed(_Feed):
    """The newest corrections, each with the public text and the way to its story."""

    prefix = "corrections-"

    def title(self):
        return _("%(site)s: %(part)s") % {"site": self.paper.name, "part": _("Corrections")}

    def link(self):
        return absolute(reverse("corrections"))

    def description(self):
        return _("What we had wrong, and what is right.")

    def items(self):
        at = now()
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
