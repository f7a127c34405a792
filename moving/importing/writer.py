"""Puts the words, marks and blocks of a foreign text together as the parts of one of ours."""

import html
import re
from urllib.parse import urlsplit

from moving.importing.embeds import embed_address
from moving.importing.parts import Body, Card, Link


class Writer:
    """Puts paragraphs together; whatever is no text ends the one that is open and stands between two."""

    def __init__(self, lone_addresses):
        self.body = Body()
        self.lone_addresses = lone_addresses
        self.inline = []  # of the paragraph that is open
        self.open = []  # (begin, end) of the marks that are open
        self.said = False  # whether the open paragraph has a word
        self.wrap = "p"
        self.nested = 0  # lists, quotes and tables that are open
        self.waiting = []  # what has to wait for their end
        self.asked = -1  # where a block of questions ended last

    def text(self, words, *, as_written=False):
        if as_written:
            lines = words.split("\n")
            for number, line in enumerate(lines):
                if number:
                    self.inline.append("<br>")
                self.text(line)
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", words)
        last = self.inline[-1] if self.inline else ""
        if last == "<br>" or (isinstance(last, str) and last.endswith(" ")):
            words = words.lstrip(" ")
        if not words.strip():
            if words and self.inline and self.said:
                self.inline.append(" ")
            return
        self.said = True
        self.inline.append(html.escape(words, quote=False))

    def mark(self, begin, end):
        self.inline.append(begin)
        self.open.append((begin, end))

    def unmark(self):
        _begin, end = self.open.pop()
        self.inline.append(end)

    def flush(self):
        """End the paragraph that is open."""
        run, self.inline = self.inline, [begin for begin, _end in self.open]
        if not self.said:
            return
        self.said = False
        run += [end for _begin, end in reversed(self.open)]
        if self.lone_addresses and self.wrap == "p" and (url := _lone_address(run)):
            self.embed(url)
            return
        run = _without_empty_marks(run)
        while run and run[0] == "<br>":
            run.pop(0)
        while run and (run[-1] == "<br>" or (isinstance(run[-1], str) and not run[-1].strip())):
            run.pop()
        for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
            if run and isinstance(run[at], str) and not run[at].startswith("<"):
                run[at] = strip(run[at])
        self.body.parts += [f"<{self.wrap}>", *run, f"</{self.wrap.partition(' ')[0]}>"]

    def begin(self, tag, attributes=""):
        self.flush()
        self.nested += 1
        self.body.parts.append(f"<{tag}{attributes}>")

    def end(self, tag):
        self.flush()
        self.nested -= 1
        self.body.parts.append(f"</{tag}>")
        if not self.nested:
            self.body.parts += self.waiting
            self.waiting = []

    def begin_block(self, kind):
        """Begin a text block of ours; questions that follow questions stand in one block with them."""
        self.flush()
        if kind == "questions" and self.asked == len(self.body.parts):
            self.body.parts.pop()
            self.nested += 1
        else:
            self.begin("section", f' data-block="{kind}"')

    def end_block(self, kind):
        self.flush()
        self.end("section")
        self.asked = (
            len(self.body.parts) if kind == "questions" and self.body.parts[-1] == "</section>" else -1
        )

    def line(self, part):
        """What comes next is a line of the block's own, such as its title, until `flush`."""
        self.flush()
        self.wrap = f'p data-part="{part}"'

    def block(self, part):
        if self.nested:
            self.waiting.append(part)
        else:
            self.flush()
            self.body.parts.append(part)

    def paragraph(self, *parts):
        self.block("<p>")
        for part in parts:
            self.block(part)
        self.block("</p>")

    def embed(self, url, title=""):
        if address := embed_address(url):
            words = f' data-title="{html.escape(title)}"' if title else ""
            self.block(f'<div data-block="embed" data-url="{html.escape(address)}"{words}></div>')
        elif re.match(r"(?:https?:)?//[^\s/]", url.strip()):
            url = url.strip()
            self.body.changed[f"embed of {_host(url)}, came as a link"] += 1
            self.block(Card(f"https:{url}" if url.startswith("//") else url, title))
        else:
            self.body.lost["embed without an address"] += 1


def _without_empty_marks(run):
    """A paragraph without marks that stand around nothing, such as the link of a picture that now stands before it."""
    kept = []
    for part in run:
        begins = kept and (
            isinstance(kept[-1], Link) or re.fullmatch(r"<(?:a|em|strong|su[bp])\b[^>]*>", kept[-1])
        )
        if begins and isinstance(part, str) and re.fullmatch(r"</\w+>", part):
            kept.pop()
        else:
            kept.append(part)
    return kept


def _lone_address(run):
    """The address that is all of a paragraph's words, or None. A link to an address under its own name counts."""
    words = "".join(part for part in run if isinstance(part, str) and not part.startswith("<")).strip()
    if not re.fullmatch(r"https?://[^\s<]{4,500}", words):
        return None
    url = html.unescape(words)
    return url if embed_address(url) else None


def _host(url):
    try:
        return urlsplit(url).hostname or "an unknown site"
    except ValueError:
        return "an unknown site"
