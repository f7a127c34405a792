"""Reads the demo's story files: header lines, an empty line, the body in HTML."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format

FOLDER = Path(__file__).parent / "stories"

_OFFSET = re.compile(r"([+-]?)(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?$")
_PLACEHOLDER = re.compile(r"\{(weekday|date)([+-]\d+)?\}")
_FIGURE = re.compile(r'<figure data-picture="([^"]+)"')
_CARD = re.compile(r'<div data-story="([^"]+)"')
_RECORDING = re.compile(r'<div data-recording="([^"]+)"')


@dataclass
class DemoStory:
    """One story file. Times are offsets from the moment the demo is loaded."""

    slug: str
    headline: str
    standfirst: str
    section: str
    kind: str
    authors: list
    tags: list
    body: str
    published: timedelta = timedelta()
    scheduled: timedelta = timedelta()
    status: str = "published"
    picture: str = ""
    caption: str = ""
    note: str = ""
    reason: str = ""
    read_more: list = field(default_factory=list)


def read_stories():
    """Every DemoStory, the oldest first."""
    stories = [read_story(path.stem, path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.html")]
    return sorted(stories, key=lambda story: (story.scheduled, story.published, story.slug))


def read_story(slug, text):
    header, _empty, body = text.partition("\n\n")
    values = dict(line.split(": ", 1) for line in header.splitlines())
    for name in ("authors", "tags", "read-more"):
        values[name] = [word.strip() for word in values.get(name, "").split(",") if word.strip()]
    for name in ("published", "scheduled"):
        values[name] = read_offset(values.get(name, "0h"))
    values = {name.replace("-", "_"): value for name, value in values.items()}
    return DemoStory(slug=slug, body=body, **values)


def read_offset(text):
    """A timedelta from “-3d 4h 10m”."""
    sign, days, hours, minutes = _OFFSET.match(text.strip()).groups()
    offset = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return -offset if sign == "-" else offset


def fill_dates(text, moment):
    """`text` with {weekday-1} and {date+3} said in words, as seen from the story's own day.

    In English, like the stories around them, whatever language the site speaks.
    """

    def say(match):
        day = timezone.localtime(moment) + timedelta(days=int(match[2] or 0))
        return date_format(day, "l" if match[1] == "weekday" else "j F")

    with translation.override("en"):
        return _PLACEHOLDER.sub(say, text)


def point(body, *, pictures, recordings, articles):
    """`body` with the demo's names of what it shows replaced by the ids of {name: object} mappings."""
    body = _FIGURE.sub(lambda match: f'<figure data-block="figure" data-id="{pictures[match[1]].pk}"', body)
    body = _RECORDING.sub(
        lambda match: f'<div data-block="recording" data-id="{recordings[match[1]].pk}"', body
    )
    return _CARD.sub(lambda match: f'<div data-block="related-card" data-id="{articles[match[1]].pk}"', body)
