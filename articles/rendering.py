"""The body of a story: which marks and blocks it may hold, how it is cleaned, and how it becomes a page.

The body is one HTML field. Besides ordinary text it holds reference blocks: empty elements that carry the id of
a picture or a story and the words of this use, and elements that hold several pictures; and text blocks, such as a
fact box, whose words stand in them as words (`articles/text_blocks.py`). MARKS and BLOCKS are the only list of what is
allowed; the editor's toolbar (`editor_extensions`), the server's allowlist (`clean`) and the page (`render`) follow
from it. This module knows no model: the caller loads what `references` and `figures` name and passes it to `render`.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field, replace

import nh3
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import text_blocks
from articles.embeds import find_embed
from authors.slugs import make_slug

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
    """One kind of block: its editor extension, its element, and the words one use may carry.

    A reference block that `holds` pictures has figures inside it, each with its own words; all others are empty. A
    text block has the elements `inside` in it, and lines of its own by their names: one `first` and one `last`, or
    one at the beginning of `each` entry.
    """

    extension: str
    tag: str
    attributes: tuple
    template: str
    holds: bool = False
    inside: tuple = ()
    first: str = ""
    last: str = ""
    each: str = ""


def _text_block(extension, template, inside, **lines):
    return BlockKind(extension, "section", (), f"articles/{template}", inside=inside, **lines)


BLOCKS = {
    "figure": BlockKind(
        "FigureBlock", "figure",
        ("data-id", "data-alt", "data-decorative", "data-caption", "data-credit", "data-size"),
        "articles/_body_figure.html",
    ),
    "gallery": BlockKind("GalleryBlock", "div", (), "articles/_gallery.html", holds=True),
    "side-by-side": BlockKind(
        "SideBySideBlock", "div", ("data-caption",), "articles/_side_by_side.html", holds=True
    ),
    "related-card": BlockKind("RelatedCardBlock", "div", ("data-id",), "articles/_related_card.html"),
    "embed": BlockKind("EmbedBlock", "div", ("data-url", "data-title"), "articles/_embed.html"),
    "recording": BlockKind("RecordingBlock", "div", ("data-id", "data-caption"), "articles/_recording.html"),
    "takeaways": _text_block("TakeawaysBlock", "_takeaways.html", ("p",)),
    "pull-quote": _text_block("PullQuoteBlock", "_pull_quote.html", ("p",), last="source"),
    "fact-box": _text_block("FactBoxBlock", "_fact_box.html", ("p", "ul", "ol"), first="title"),
    "questions": _text_block("QuestionsBlock", "_questions.html", ("p", "ul", "ol"), each="question"),
    "timeline": _text_block("TimelineBlock", "_timeline.html", ("p", "ul", "ol"), each="date"),
    "table": _text_block("TableBlock", "_table.html", ("table",), first="caption", last="source"),
}  # fmt: skip
TEXT_BLOCKS = {name: kind for name, kind in BLOCKS.items() if kind.inside}
#: It says what the text says elsewhere, so its words are not counted twice.
REPEATED = ("pull-quote",)


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
    attributes["p"].add("data-part")
    return attributes | {tag: set(names) for tag, names in text_blocks.TABLE_TAGS.items()}


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

VOID = frozenset(
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
SELF_CLOSING = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"])
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_WORDS = r'(?: [a-z-]+="[^"]*")*'
_FIGURE = re.compile(rf"\s*<figure({_WORDS})></figure>")
_BLOCK = re.compile(rf"<(figure|div)({_WORDS})>((?:\s*+<figure{_WORDS}></figure>)*+)\s*+</\1>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_PLAIN_CONTAINER = re.compile(r"</?(?:div|figure)(?: [^>]*)?>")
_ELEMENT = rf"(?:p|h2|h3|ul|ol|li|blockquote|hr|figure|div|section|{'|'.join(text_blocks.TABLE_TAGS)})\b"
# Possessive, because trying each blank of a long run again would be quadratic.
_BETWEEN_BLOCKS = re.compile(
    rf'(</{_ELEMENT}>|<(?:hr|ul|ol|li|blockquote|section|table|tbody|tr|td|th)\b(?:"[^"]*"|[^">])*+>)[ \t\n\r\f]++'
    rf"(?=</?{_ELEMENT})"
)


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
        if tag in VOID or tag in SELF_CLOSING or (closing and not opened[tag]):
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
        pieces += [
            _PLAIN_CONTAINER.sub("", cleaned[position : match.start()]),
            *map(_canonical, _found(match)),
        ]
        position = match.end()
    pieces.append(_PLAIN_CONTAINER.sub("", cleaned[position:]))
    arranged = text_blocks.arranged("".join(pieces), TEXT_BLOCKS)
    # The editor writes no space between two blocks, other writers do: one story has one way to be written.
    return _without_empty_end(_BETWEEN_BLOCKS.sub(r"\1", arranged)).strip()


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
    """One block in a body. `data` holds its attributes without the "data-" prefix.

    `figures` are the pictures that a block holds, as Blocks of their own; `inside` is what stands in a text block.
    """

    kind: str
    data: dict = field(default_factory=dict)
    figures: tuple = ()
    inside: str = ""

    @property
    def id(self):
        return int(self.data["id"]) if self.data.get("id", "").isdecimal() else None

    @property
    def parts(self):
        """What a template gets of a text block, see text_blocks.context."""
        return text_blocks.context(self.kind, BLOCKS[self.kind], self.inside)

    @property
    def words(self):
        """What a figure's use says of its picture, as images.figures.Figure.of takes it."""
        return {name: self.data.get(name, "") for name in ("alt", "decorative", "caption", "credit", "size")}


def _found(match):
    """The Blocks an element stands for: one, none when it refers to nothing, or the figures of a foreign box."""
    tag, attributes, inside = match.groups()
    figures = [block for words in _FIGURE.findall(inside) if (block := _block("figure", words))]
    block = _block(tag, attributes)
    if block and BLOCKS[block.kind].holds:
        return _held(block, figures)
    return figures if inside else [block] if block else []


def _held(block, figures):
    """What a block with these figures in it is: one picture is no gallery, and three do not stand side by side."""
    # How wide a picture is, the block decides.
    figures = [Block("figure", {**one.data, "size": ""}) for one in figures]
    if len(figures) == 2:
        return [replace(block, figures=tuple(figures))]
    if figures and "caption" in block.data:  # of two pictures that are two no longer
        figures[0].data.setdefault("caption", block.data["caption"])
    return [Block("gallery", {}, tuple(figures))] if figures[1:] else figures


def _block(tag, attributes):
    """The Block that an element of this name and these attributes begins, or None when it refers to nothing."""
    data = {
        name.removeprefix("data-"): html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)
    }
    kind = data.pop("block", "")
    if kind not in BLOCKS or BLOCKS[kind].tag != tag:
        return None
    data = {
        name: value for name, value in data.items() if f"data-{name}" in BLOCKS[kind].attributes and value
    }
    if "decorative" in data:
        data["decorative"] = "yes"
    block = Block(kind, data)
    if kind == "embed":
        refers = find_embed(data.get("url", ""))
    else:
        refers = BLOCKS[kind].holds or 0 < (block.id or 0) < 2**63
    return block if refers else None


def _canonical(block):
    """One block as the body stores it: attributes always in the same order, empty ones left out."""
    kind = BLOCKS[block.kind]
    words = "".join(
        f' {name}="{html.escape(block.data[name[5:]])}"'
        for name in kind.attributes
        if block.data.get(name[5:])
    )
    inside = "".join(map(_canonical, block.figures))
    return f'<{kind.tag} data-block="{block.kind}"{words}>{inside}</{kind.tag}>'


# --- Reading a cleaned body -------------------------------------------------------------------------------


def references(body):
    """All reference blocks of a cleaned body, in order."""
    return [block for match in _BLOCK.finditer(body) for block in _found(match)]


def figures(body):
    """The Blocks of all pictures of a cleaned body, in order, those in galleries too.

    Under a caption that two pictures share, each is given that one: it is what readers read there.
    """
    for block in references(body):
        if block.kind == "figure":
            yield block
        shared = {"caption": block.data["caption"]} if block.figures and "caption" in block.data else {}
        yield from (replace(one, data={**one.data, **shared}) for one in block.figures)


def recordings(body):
    """The ids of the recordings that a cleaned body plays, in order, each once."""
    return list(dict.fromkeys(block.id for block in references(body) if block.kind == "recording"))


def text_sections(body):
    """All text blocks of a cleaned body, in order."""
    return [Block(kind, inside=inside) for kind, inside in text_blocks.found(body)]


def questions(body):
    """(question, answer) of a cleaned body in plain text; a question that nobody answered is none."""
    blocks = [block for block in text_sections(body) if block.kind == "questions"]
    entries = [entry for block in blocks for entry in block.parts["entries"]]
    pairs = [(plain_text(entry.head), plain_text(entry.words)) for entry in entries]
    return [pair for pair in pairs if all(pair)]


def render(body, draw):
    """A cleaned body as safe HTML, each block replaced by `draw(block)`: its HTML, or "" to leave it out."""
    body = _BLOCK.sub(lambda match: "".join(map(draw, _found(match))), body)
    return mark_safe(text_blocks.sections(body, lambda kind, inside: draw(Block(kind, inside=inside))))  # noqa: S308


#: Headings of a story are parts of it; their anchors begin so, and no id of the page's own does.
PART = "part-"
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A part of a story: the anchor of its heading on the page, and its words."""

    anchor: str
    title: str


def with_anchors(body):
    """(a cleaned body whose main headings can be linked to, their Parts in order).

    An anchor is made of the heading's words and not of its place, so that a link holds when a part is added above.
    """
    parts, used = [], Counter()

    def anchored(match):
        title = plain_text(match[1])
        if not title:
            return match[0]
        anchor = PART + (make_slug(title) or "untitled")
        used[anchor] += 1
        if used[anchor] > 1:
            anchor = f"{anchor}-{used[anchor]}"
        parts.append(Part(anchor, title))
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    return _HEADING.sub(anchored, body), parts


def draw_block(block, context):
    """One block through its template."""
    return render_to_string(BLOCKS[block.kind].template, context)


# A tag of a cleaned body. What stands in quotes may hold its end; nothing outside them holds a beginning.
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*+)(?:"[^"]*+"|[^"<>])*+>""")
_INLINE = frozenset(["a", "em", "strong", "sub", "sup"])
_BREAKS = frozenset(["br", "hr"])


def _gap(tag):
    """A space where an element of its own line ends, and where a line breaks."""
    ends, name = tag.groups()
    return " " if (name not in _INLINE if ends else name in _BREAKS) else ""


def plain_text(body, without=()):
    """The words of a cleaned body without captions, as one line; those of the kinds of text block in `without` too."""
    if without:
        body = text_blocks.sections(body, lambda kind, inside: " " if kind in without else inside)
    return " ".join(html.unescape(_TAG.sub(_gap, _BLOCK.sub(" ", body))).split())


def read_text(body):
    """The words that somebody reads who reads the story: those that are said twice stand here once."""
    return plain_text(body, REPEATED)


def running_text(body):
    """The words of the story itself, without what stands beside it in blocks; with it when there is nothing else."""
    return plain_text(body, TEXT_BLOCKS) or plain_text(body)
