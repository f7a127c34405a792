"""A converted text before it is known what became of its pictures, links and cards, and how they are filled in."""

import html
from collections import Counter
from dataclasses import dataclass, field

from articles.rendering import clean


@dataclass
class Picture:
    """A picture in one use: its address or its number there, and its words."""

    src: str = ""
    number: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    wide: bool = False


@dataclass
class Gallery:
    pictures: list
    caption: str = ""


@dataclass
class Link:
    """The beginning of a link."""

    url: str
    title: str = ""


@dataclass
class Card:
    """A page that is shown as a card: a related card when it is one of our stories, else a link with its words."""

    url: str
    title: str = ""
    words: str = ""


@dataclass
class Body:
    """A converted text. `lost` counts what did not come along, by its name; `changed` what came in another form."""

    parts: list = field(default_factory=list)  # strings of HTML, and the classes above
    lost: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)

    def pictures(self):
        """Every Picture of the text, in order."""
        for part in self.parts:
            if isinstance(part, Picture):
                yield part
            elif isinstance(part, Gallery):
                yield from part.pictures

    def urls(self):
        """The addresses of its links and cards."""
        return [part.url for part in self.parts if isinstance(part, Link | Card)]

    def fill(self, *, picture, link, card):
        """The body as we store it. picture(Picture) is an id or None, link(url) an address or "", card(url) an id."""
        return clean("".join(_filled(part, picture, link, card) for part in self.parts))


def _filled(part, picture, link, card):
    match part:
        case str():
            return part
        case Link(url, title):
            words = f' title="{html.escape(title)}"' if title else ""
            return f'<a href="{html.escape(link(url))}"{words}>'
        case Picture():
            return _figure(part, picture(part))
        case Gallery(pictures, caption):
            figures = [words for one in pictures if (words := _figure(one, picture(one), in_gallery=True))]
            if len(figures) == 2 and caption:
                shared = html.escape(caption)
                return f'<div data-block="side-by-side" data-caption="{shared}">{"".join(figures)}</div>'
            said = f"<p><em>{html.escape(caption)}</em></p>" if caption else ""
            return f'<div data-block="gallery">{"".join(figures)}</div>{said}' if figures else said
        case Card(url, title, words):
            if (pk := card(url)) is not None:
                return f'<div data-block="related-card" data-id="{pk}"></div>'
            after = f"<br>{html.escape(words)}" if words else ""
            return f'<p><a href="{html.escape(link(url))}">{html.escape(title or url)}</a>{after}</p>'
    raise TypeError(part)


def _figure(one, pk, *, in_gallery=False):
    if pk is None:
        return ""
    words = {"alt": one.alt, "caption": one.caption, "credit": one.credit}
    if one.wide and not in_gallery:
        words["size"] = "wide"
    said = "".join(f' data-{name}="{html.escape(value)}"' for name, value in words.items() if value)
    return f'<figure data-block="figure" data-id="{pk}"{said}></figure>'
