"""A WordPress export (WXR 1.0 to 1.2), item by item: any size in flat memory, and a broken item breaks no other.

The file is cut at its items before anything is parsed. So an export of many gigabytes needs the room of one item, an
item with broken XML is read as far as it goes, and the report can name its line.
"""

import codecs
import html
import re
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from moving.importing.reading import opened

#: Characters of one item, and of all that stands outside of items: authors, categories, tags.
LARGEST, HEAD = 24_000_000, 64_000_000
#: Bytes read at a time. After each item the rest of them is copied, so that a large one costs more than many reads.
CHUNK = 1 << 17

_MARK = re.compile(r"<!\[CDATA\[|<item(?=[\s>])|</item\s*>")
_NEXT = re.compile(r"</item\s*>\s*(?=<item[\s>])")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']""")
_ENTITY = re.compile(r"<!\s*(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_LOOSE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:([a-zA-Z][a-zA-Z0-9]{1,31});)?"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_DECLARED = re.compile(r"""xmlns:([\w-]+)\s*=\s*["']([^"'<>]*)["']""")
_PREFIXES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


@dataclass
class Piece:
    """A part of the file: the text of an item, or of what stands outside (`is_item` False)."""

    text: str
    line: int
    is_item: bool = True
    trouble: str = ""  # why it cannot be read whole


def pieces(path):
    """The Pieces of a file, items in their order and in the end the head. Raises ValidationError."""
    with opened(path, (".xml", ".wxr")) as file:
        cutter = _Cutter()
        for text in _texts(file):
            yield from cutter.feed(text)
        yield from cutter.end()


def _texts(file):
    """The text of a file in chunks; what is no letter becomes one that says so."""
    first = file.read(CHUNK)
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16"
    else:
        found = _ENCODING.match(first.removeprefix(codecs.BOM_UTF8))
        encoding = found[1].decode() if found else "utf-8"
    try:
        decoder = codecs.getincrementaldecoder(
            "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
        )("replace")
    except LookupError:
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    piece = first
    while piece:
        yield decoder.decode(piece)
        piece = file.read(CHUNK)
    yield decoder.decode(b"", final=True)


class _Cutter:
    """Cuts a stream of text at items, past whatever stands in CDATA."""

    def __init__(self):
        self.buffer, self.at = "", 0  # what is not given on yet; how far it was searched
        self.inside = self.quoted = False
        self.line = 1
        self.head = []
        self.head_size = 0

    def feed(self, text):
        self.buffer += text
        while True:
            if self.quoted:
                end = self.buffer.find("]]>", self.at)
                if end < 0:
                    self.at = max(self.at, len(self.buffer) - 2)
                    break
                self.at, self.quoted = end + 3, False
                continue
            mark = _MARK.search(self.buffer, self.at)
            if mark is None or mark.end() == len(self.buffer):  # the mark itself may be cut
                self.at = max(self.at, len(self.buffer) - 16)
                break
            self.at = mark.end()
            if mark[0] == "<![CDATA[":
                self.quoted = True
            elif mark[0] == "<item" and not self.inside:
                self._outside(mark.start())
                self.at = len("<item")
                self.inside = True
            elif mark[0] == "<item":  # one inside another: the end of the first is missing
                yield from self._item(mark.start(), _("its end is missing"))
                self.at, self.inside = len("<item"), True
            elif self.inside:
                yield from self._item(mark.end())
        yield from self._too_large()

    def _too_large(self):
        if self.inside and len(self.buffer) > LARGEST:
            # A CDATA that never ends has swallowed what follows.
            cut = _NEXT.search(self.buffer, 5)
            yield from self._item(cut.end() if cut else len(self.buffer), "" if cut else _("it is too large"))
            self.quoted = False
        elif not self.inside and len(self.buffer) > 8 * CHUNK:
            self._outside(self.at)

    def _outside(self, end):
        text = self.buffer[:end]
        self.head_size += len(text)
        if _ENTITY.search(text) and _ENTITY.search(_CDATA.sub("", text)):
            raise ValidationError(
                _("The file declares entities (<!DOCTYPE or <!ENTITY), as no export does: it was not read.")
            )
        if self.head_size <= HEAD:
            self.head.append(text)
        self._drop(end)

    def _drop(self, end):
        self.line += self.buffer.count("\n", 0, end)
        self.buffer, self.at = self.buffer[end:], max(self.at - end, 0)

    def _item(self, end, trouble=""):
        text, line = self.buffer[:end], self.line
        self._drop(end)
        self.inside = False
        if text.count("<wp:post_id>") > 1 and _NEXT.search(text):
            for part in _NEXT.split(text):
                whole = part if part.rstrip().endswith("</item>") else f"{part}</item>"
                yield Piece(whole, line, trouble=trouble or _("a text in it has no end"))
                line += part.count("\n")
            return
        yield Piece(text, line, trouble=trouble)

    def end(self):
        if self.inside:
            cut = _NEXT.search(self.buffer, 5)
            if cut:
                rest = self.buffer[cut.end() :]
                yield from self._item(cut.end(), _("a text in it has no end"))
                self.buffer, self.at, self.inside, self.quoted = "", 0, False, False
                yield from self.feed(rest)
                yield from self.end()
                return
            yield Piece(self.buffer, self.line, trouble=_("the file ends in the middle of it"))
            self.buffer = ""
        self._outside(len(self.buffer))
        yield Piece("".join(self.head), 1, is_item=False)


# --- One piece as XML ---


class Reader:
    """Parses pieces with the prefixes that the file declares."""

    def __init__(self):
        self.prefixes = dict(_PREFIXES)

    def learn(self, head):
        """Take over the prefixes of the file's own root."""
        root = re.search(r"<rss\b[^>]*>", head)
        self.prefixes |= dict(_DECLARED.findall(root[0])) if root else {}

    def parse(self, text):
        """(element, whether its XML was sound) of an item, or of the head's own elements as one."""
        declared = " ".join(f'xmlns:{name}="{html.escape(uri)}"' for name, uri in self.prefixes.items())
        parser = etree.XMLParser(
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        )
        try:
            root = etree.fromstring(f"<rss {declared}>{_sound(text)}</rss>".encode(), parser)
        except etree.XMLSyntaxError:
            return None, False
        return root, not len(parser.error_log)


def _sound(text):
    """`text` without what XML cannot hold: signs of control, and HTML's names of letters."""
    text = _CONTROL.sub("", text)
    parts = _CDATA.split(text)
    parts[::2] = [_LOOSE.sub(_letter, part) if "&" in part else part for part in parts[::2]]
    return "".join(parts)


def _letter(match):
    name = match[1] or ""
    letter = html.unescape(f"&{name};") if name else ""
    return html.escape(letter) if name and letter != f"&{name};" else f"&amp;{name}{';' if name else ''}"


def name_of(element):
    """The name of an element with the prefix we know it by: wp:post_id, content:encoded, title."""
    return _name(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=500)
def _name(tag):
    uri, _brace, name = tag.rpartition("}")
    uri = uri.lstrip("{")
    if not uri:
        return name
    if uri.rstrip("/").endswith("/excerpt"):
        return f"excerpt:{name}"
    if "wordpress.org/export" in uri:
        return f"wp:{name}"
    known = {"http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc"}
    return f"{known[uri]}:{name}" if uri in known else name


def fields_of(element):
    """{name: text} of an element's children; the first of a name counts."""
    found = {}
    for child in element:
        found.setdefault(name_of(child), "".join(child.itertext()))
    return found
