"""How a feed is written: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, each with the whole text of every item.

Beside what Django's generators know, an item may have: `content` (HTML with full addresses), `people` (name and url
of each author), `picture` (url, width, height, alt, caption, credit; in the words of rssboard.org/media-rss),
`recordings` (url, type, bytes, seconds and title of each),
`language` where it is not the feed's, `canonical` (the address of the original on another site, as a link of the kind
that RFC 6596 defines, and as JSON Feed's external_url).
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MEDIA_NAMES = {"xmlns:media": "http://search.yahoo.com/mrss/"}

#: Characters that XML has no way to write. Word processors leave some of them in what is pasted.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def legal(value):
    """`value` with blanks for what XML cannot hold, in a string or in all strings of lists and dictionaries."""
    if isinstance(value, str):
        return _NOT_IN_XML.sub(" ", value)
    if isinstance(value, dict):
        return {name: legal(part) for name, part in value.items()}
    return [legal(part) for part in value] if isinstance(value, list) else value


class _Sturdy:
    """A feed that one strange character in one headline cannot break for all readers."""

    def __init__(self, **channel):
        super().__init__(**legal(channel))

    def add_item(self, **item):
        super().add_item(**legal(item))

    def latest_post_date(self):
        """An empty feed was not built just now: every visit would find it changed."""
        return super().latest_post_date() if self.items else LONG_AGO


def _add_picture(handler, item):
    picture = item.get("picture")
    if not picture:
        return
    size = {name: picture[name] for name in ("url", "width", "height")}
    handler.startElement("media:content", {**size, "type": "image/jpeg", "medium": "image"})
    if picture["caption"]:
        handler.addQuickElement("media:description", picture["caption"], {"type": "plain"})
    if picture["credit"]:
        handler.addQuickElement("media:credit", picture["credit"])
    handler.endElement("media:content")


class RssFeed(_Sturdy, Rss201rev2Feed):
    def rss_attributes(self):
        content = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
        return super().rss_attributes() | MEDIA_NAMES | content

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item.get("language"):
            names = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
            handler.addQuickElement("dc:language", item["language"], names)
        if item.get("canonical"):
            handler.addQuickElement("atom:link", None, {"rel": "canonical", "href": item["canonical"]})
        if item.get("content"):
            handler.addQuickElement("content:encoded", item["content"])
        _add_picture(handler, item)


class AtomFeed(_Sturdy, Atom1Feed):
    def __init__(self, **channel):
        more = {"subtitle": channel["description"], "feed_guid": channel["feed_url"]}
        super().__init__(**{**channel, **more})

    def root_attributes(self):
        return super().root_attributes() | MEDIA_NAMES

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item.get("language") else {}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler, item):
        """All of it anew: Django's own knows one author, and calls our plain words HTML."""
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"rel": "alternate", "href": item["link"]})
        if item.get("canonical"):
            handler.addQuickElement("link", "", {"rel": "canonical", "href": item["canonical"]})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"] or item["pubdate"]))
        for one in item.get("recordings", []):
            file = {
                "href": one["url"],
                "type": one["type"],
                "length": str(one["bytes"]),
                "title": one["title"],
            }
            handler.addQuickElement("link", "", {"rel": "enclosure", **file})
        for person in item.get("people", []):
            handler.startElement("author", {})
            handler.addQuickElement("name", person["name"])
            handler.addQuickElement("uri", person["url"])
            handler.endElement("author")
        for category in item["categories"]:
            handler.addQuickElement("category", "", {"term": category})
        handler.addQuickElement("summary", item["description"], {"type": "text"})
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})
        _add_picture(handler, item)


class JsonFeed(_Sturdy, SyndicationFeed):
    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
        }
        if self.feed["hub"]:
            feed["hubs"] = [{"type": "WebSub", "url": self.feed["hub"]}]
        feed["items"] = [self._item(item) for item in self.items]
        outfile.write(json.dumps(feed, ensure_ascii=False))

    def _item(self, item):
        written = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["content"],
            "summary": item["description"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": item["people"],
            "tags": item["categories"],
        }
        if item["canonical"]:
            written["external_url"] = item["canonical"]
        if item["language"]:
            written["language"] = item["language"]
        if recordings := item.get("recordings"):
            written["attachments"] = [
                {
                    "url": one["url"],
                    "mime_type": one["type"],
                    "title": one["title"],
                    "size_in_bytes": one["bytes"],
                    "duration_in_seconds": one["seconds"],
                }
                for one in recordings
            ]
        if picture := item.get("picture"):
            # What the format has no word for stands under one of our own, as it allows.
            words = {name: picture[name] for name in ("alt", "caption", "credit")}
            written |= {"image": picture["url"], "_picture": words}
        return written


@dataclass(frozen=True)
class Format:
    """`name` ends the name of a feed's route, `path` its address."""

    name: str
    path: str
    generator: type


RSS = Format("rss", "rss/", RssFeed)
ATOM = Format("atom", "atom/", AtomFeed)
JSON = Format("json-feed", "feed.json", JsonFeed)
