"""The body of a story: which marks and blocks it may hold, how it is cleaned, and how it becomes a page.

The body is one HTML field. Besides ordinary text it holds reference blocks: empty elements that carry the id of
a picture or a story and the words of this use. MARKS and BLOCKS are the only list of what is allowed; the
editor's toolbar (`editor_extensions`), the server's allowlist (`clean`) and the page (`render`) follow from it.
This module knows no model: the caller loads what `references` names and passes it to `render`.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.embeds import find_embed

#: A body may be this long (characters) and this deeply nested. nh3 is quadratic in nesting: at depth 100 a body
#: of this size cleans in well under a second, at depth 20,000 it would not finish.
MAX_LENGTH = 1_000_000
MAX_DEPTH = 100
MAX_PASSES = 10

#: Editor extension -> (its options, {HTML tag: allowed attributes}).
MARKS = {
    "Paragraph": (True, {"p": ()}),
    "HardBreak": (True, {"br": ()}),
    "Heading": ({"levels": [2, 3]}, {"h2": (), "h3": ()}),
    "Bold": (True, {"strong": ()}),
    "Italic": (True, {"em": ()}),
    "Link": (
        {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
        {"a": ("href", "title")},
    ),
    "BulletList": (True, {"ul": ()}),
    "OrderedList": (True, {"ol": ("start",)}),
    "ListItem": (True, {"li": ()}),
    "Blockquote": (True, {"blockquote": ()}),
    "HorizontalRule": (True, {"hr": ()}),
    "Subscript": (True, {"sub": ()}),
    "Superscript": (True, {"sup": ()}),
}


@dataclass(frozen=True)
class BlockKind:
    """One kind of reference block: its editor extension, its element, and the words one use may carry."""

    extension: str
    tag: str
    attributes: tuple
    template: str


BLOCKS = {
    "figure": BlockKind(
        "FigureBlock", "figure", ("data-id", "data-alt", "data-caption", "data-credit", "data-size"),
        "images/_figure.html",
    ),
    "related-card": BlockKind("RelatedCardBlock", "div", ("data-id",), "articles/_related_card.html"),
    "embed": BlockKind("EmbedBlock", "div", ("data-url", "data-title"), "articles/_embed.html"),
}  # fmt: skip


def editor_extensions():
    """The `extensions` that django-prose-editor needs to offer exactly these marks and blocks."""
    return {name: options for name, (options, _tags) in MARKS.items()} | {
        block.extension: True for block in BLOCKS.values()
    }


def _allowlist():
    attributes = {}
    for _options, tags in MARKS.values():
        for tag, names in tags.items():
            attributes.setdefault(tag, set()).update(names)
    for block in BLOCKS.values():
        attributes.setdefault(block.tag, set()).update(block.attributes, {"data-block"})
    return attributes


_ATTRIBUTES = _allowlist()
_cleaner = nh3.Cleaner(
    tags=set(_ATTRIBUTES),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    # Content of these is code or data, never words of the story; every other unknown element keeps its text.
    clean_content_tags={
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "svg",
        "math",
        "object",
        "textarea",
    },
    link_rel="noopener",
)

# Markup from elsewhere that means the same as ours.
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_FOREIGN_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s>])", re.IGNORECASE)

# --- Cleaning: everything that is written goes through here, whoever writes -------------------------------

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# HTML closes these by itself, so that old markup may leave a thousand of them open without nesting.
_SELF_CLOSING = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"])
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_BLOCK = re.compile(r'<(figure|div)((?: [a-z-]+="[^"]*")*)></\1>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_PLAIN_CONTAINER = re.compile(r"</?(?:div|figure)(?: [^>]*)?>")


def refuse_oversized(body):
    """Raise ValidationError when `body` is too long or too deeply nested to be cleaned in bounded time."""
    if len(body) > MAX_LENGTH:
        raise ValidationError(
            _(
                "This text is too long: %(length)d characters, the limit is %(limit)d. Split the story in parts."
            ),
            params={"length": len(body), "limit": MAX_LENGTH},
            code="too_long",
        )
    depth = deepest = 0
    opened = Counter()
    for closing, tag in _TAG.findall(body):
        tag = tag.lower()
        if tag in _VOID or tag in _SELF_CLOSING or (closing and not opened[tag]):
            continue  # the end of an element that never began closes nothing
        step = -1 if closing else 1
        opened[tag] += step
        depth += step
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ValidationError(
            _("This text has elements nested %(depth)d deep. Paste it again as plain text (Ctrl+Shift+V)."),
            params={"depth": deepest},
            code="too_deep",
        )


def clean(body):
    """`body` with only the marks and blocks of this module's table left in it.

    Unknown elements lose their tags and keep their words; scripts, styles and frames go altogether. A block
    without a valid reference goes too. Raises ValidationError for a body that is too long or too deep.
    """
    body = _FOREIGN_TAG.sub(
        lambda match: f"<{match[1]}{_RENAMED[match[2].lower()]}", body.replace("\x00", "")
    )
    # Dropping an element can leave others where HTML does not let them stand, such as a heading in a heading.
    # The next pass parses what this one wrote, so that the stored text is one that no later save changes.
    # The limits hold for what is stored, too: escaping lengthens a text, and attributes can hide depth from _TAG.
    for _pass in range(MAX_PASSES):
        refuse_oversized(body)
        before, body = body, _pass_over(body)
        if body == before:
            break
    return body


def _pass_over(body):
    """`body` once through the allowlist, its blocks in their canonical form."""
    cleaned = _cleaner.clean(body)
    pieces = []
    position = 0
    for match in _BLOCK.finditer(cleaned):
        pieces += [_PLAIN_CONTAINER.sub("", cleaned[position : match.start()]), _canonical(_block(match))]
        position = match.end()
    pieces.append(_PLAIN_CONTAINER.sub("", cleaned[position:]))
    return _without_empty_end("".join(pieces)).strip()


def _without_empty_end(body):
    """`body` without the empty paragraphs at its end. Read backwards: a pattern would try every blank in it."""
    end = len(body.rstrip())
    while body.endswith("</p>", 0, end):
        start = body.rfind("<p>", 0, end)
        if start < 0 or body[start + 3 : end - 4].replace("<br>", "", 1).strip():
            break
        end = start
        while end and body[end - 1].isspace():
            end -= 1
    return body[:end]


@dataclass(frozen=True)
class Block:
    """One reference block in a body. `data` holds its attributes without the "data-" prefix."""

    kind: str
    data: dict

    @property
    def id(self):
        return int(self.data["id"]) if self.data.get("id", "").isdecimal() else None


def _block(match):
    """The Block an element stands for, or None when it refers to nothing."""
    data = {name.removeprefix("data-"): html.unescape(value) for name, value in _ATTRIBUTE.findall(match[2])}
    kind = data.pop("block", "")
    if kind not in BLOCKS or BLOCKS[kind].tag != match[1]:
        return None
    data = {
        name: value for name, value in data.items() if f"data-{name}" in BLOCKS[kind].attributes and value
    }
    block = Block(kind, data)
    refers = find_embed(data.get("url", "")) if kind == "embed" else 0 < (block.id or 0) < 2**63
    return block if refers else None


def _canonical(block):
    """One block as the body stores it: attributes always in the same order, empty ones left out."""
    if block is None:
        return ""
    kind = BLOCKS[block.kind]
    words = "".join(
        f' {name}="{html.escape(block.data[name[5:]])}"'
        for name in kind.attributes
        if block.data.get(name[5:])
    )
    return f'<{kind.tag} data-block="{block.kind}"{words}></{kind.tag}>'


# --- Reading a cleaned body -------------------------------------------------------------------------------


def references(body):
    """All reference blocks of a cleaned body, in order."""
    return [block for match in _BLOCK.finditer(body) if (block := _block(match))]


def render(body, draw):
    """A cleaned body as safe HTML, each block replaced by `draw(block)`: its HTML, or "" to leave it out."""
    return mark_safe(_BLOCK.sub(lambda match: draw(block) if (block := _block(match)) else "", body))  # noqa: S308


def draw_block(block, context):
    """One block through its template."""
    return render_to_string(BLOCKS[block.kind].template, context)


class _Words(HTMLParser):
    """Collects text, with a space where an element of its own line ends."""

    inline = frozenset(["a", "em", "strong", "sub", "sup"])

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_endtag(self, tag):
        if tag not in self.inline:
            self.parts.append(" ")

    def handle_starttag(self, tag, attrs):
        if tag in ("br", "hr"):
            self.parts.append(" ")


def plain_text(body):
    """The words of a cleaned body without captions, as one line."""
    parser = _Words()
    parser.feed(_BLOCK.sub(" ", body))
    parser.close()
    return " ".join("".join(parser.parts).split())
