"""Two bodies compared block by block: what is the same, came, went, moved or changed, in an editor's words."""

import html
import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rendering
from articles.compare_order import out_of_order
from articles.compare_words import alike, marked, shown, tokens, trimmed

#: Two paragraphs count as one that changed when at least this share of their words is common.
SAME_PARAGRAPH = 0.45
#: Beyond so many pairs of unmatched blocks, changed blocks are looked for only where they stood.
MOST_PAIRS = 20_000
#: Lists of more blocks than this are matched by difflib's faster, coarser rule.
LONG = 400

_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>')
_VOID = frozenset(["br", "hr"])
_NEW_LINE = re.compile(r"<br>|</p>(?!</t[dh]>)|</h[23]>|</li>|</?[uo]l[^>]*>|</tr>")
_NEXT_CELL = re.compile(r"</t[dh]>(?=<t)")

NAMES = {
    "p": gettext_lazy("Paragraph"),
    "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Smaller heading"),
    "ul": gettext_lazy("List"),
    "ol": gettext_lazy("Numbered list"),
    "blockquote": gettext_lazy("Quotation"),
    "hr": gettext_lazy("Line"),
    "figure": gettext_lazy("Picture"),
    "gallery": gettext_lazy("Gallery"),
    "side-by-side": gettext_lazy("Side by side"),
    "related-card": gettext_lazy("Related story"),
    "embed": gettext_lazy("Embed"),
    "recording": gettext_lazy("Recording"),
    "pull-quote": gettext_lazy("Pull quote"),
    "fact-box": gettext_lazy("Fact box"),
    "takeaways": gettext_lazy("Key points"),
    "questions": gettext_lazy("Questions and answers"),
    "timeline": gettext_lazy("Timeline"),
    "table": gettext_lazy("Table"),
}
#: Elements that a body's block begins with.
_BLOCK_TAGS = frozenset(NAMES) | {"div", "section"}
WORDS_OF_USE = {
    "alt": gettext_lazy("alternative text"),
    "caption": gettext_lazy("caption"),
    "credit": gettext_lazy("credit"),
    "size": gettext_lazy("width"),
    "title": gettext_lazy("title"),
    "url": gettext_lazy("address"),
}


@dataclass(frozen=True)
class Part:
    """One block of a comparison. `kind`: same, added, removed, moved or changed; a changed one may also have moved."""

    kind: str
    block: str  # what it is, for a reader of the comparison: “Paragraph”, “Picture”
    html: str  # safe: its words, with <ins> and <del> in a changed one
    notes: tuple = ()  # sentences in plain text: what else changed
    moved: str = ""  # "up" or "down"


@dataclass(frozen=True)
class Chunk:
    """A block of a body as it is compared: its tag or kind of reference, its source and what it says."""

    name: str
    source: str
    reference: object = field(default=None, compare=False)  # rendering.Block

    @cached_property
    def text(self):
        """The words, one line for each line of the block."""
        lines = _NEXT_CELL.sub(" | ", _NEW_LINE.sub("\n", self.source)).replace("<li>", "• ")
        return html.unescape(_TAG.sub("", lines)).strip()

    @cached_property
    def bag(self):
        return Counter(word for word, _space in tokens(self.text))

    @property
    def target(self):
        """What a reference points at, whatever words it carries; None for one that holds pictures."""
        if not self.reference or self.reference.figures:
            return None
        return self.name, self.reference.data.get("id") or self.reference.data.get("url")

    @cached_property
    def held(self):
        """Ids of the pictures that a gallery holds."""
        return [one.id for one in self.reference.figures] if self.reference else []


def chunks(body):
    """The blocks of a cleaned body in order. Whatever else is given becomes words; nothing is refused."""
    found, depth, start = [], 0, 0
    for match in _TAG.finditer(body):
        closing, tag = match[1], match[2].lower()
        if depth == 0 and not closing and tag in _BLOCK_TAGS:
            found.append(_chunk("p", body[start : match.start()]))
            start, name = match.start(), tag
            if tag in _VOID:
                found.append(_chunk(name, match[0]))
                start = match.end()
        if tag in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if closing and depth == 0 and start < match.start() and tag in _BLOCK_TAGS:
            found.append(_chunk(tag, body[start : match.end()]))
            start = match.end()
    found.append(_chunk("p", body[start:]))
    return [chunk for chunk in found if chunk.source]


def _chunk(name, source):
    source = source.strip()
    if name in ("figure", "div") and (blocks := rendering.references(source)):
        return Chunk(blocks[0].kind, source, blocks[0])
    if name == "section" and (blocks := rendering.text_sections(source)):
        return Chunk(blocks[0].kind, source)
    return Chunk(name if name in NAMES else "p", source)


def compare_bodies(before, after, *, names):
    """The Parts of `after` in order, with what went where it stood. `names`: see articles.compare.compare."""
    old, new = chunks(before), chunks(after)
    matcher = _Matching(old, new)
    return [_part(*pair, names=names, moved=moved) for *pair, moved in matcher.in_order()]


class _Matching:
    """Which block of the new body is which block of the old one."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.origin = {}  # index in new -> index in old
        self.steady = set()  # indexes in new of blocks that stand where they stood
        self.gaps = []  # (i1, i2, j1, j2): what differs between steady blocks
        self._match_steady()
        self._match_equal()
        self._match_references()
        self._match_texts()

    def _match_steady(self):
        old, new = ([chunk.source for chunk in side] for side in (self.old, self.new))
        head, tail = trimmed(old, new)
        self._steady(0, 0, head)
        end_old, end_new = len(old) - tail, len(new) - tail
        middle = old[head:end_old], new[head:end_new]
        matcher = SequenceMatcher(None, *middle, autojunk=max(map(len, middle)) > LONG)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            if kind == "equal":
                self._steady(i1 + head, j1 + head, i2 - i1)
            else:
                self.gaps.append((i1 + head, i2 + head, j1 + head, j2 + head))
        self._steady(end_old, end_new, tail)

    def _steady(self, i, j, size):
        self.origin |= {j + step: i + step for step in range(size)}
        self.steady |= set(range(j, j + size))

    def _left(self):
        taken = set(self.origin.values())
        return (
            [i for i in range(len(self.old)) if i not in taken],
            [j for j in range(len(self.new)) if j not in self.origin],
        )

    def _pair_by(self, key):
        """Pair what is left and has the same key, in order; a key of None pairs nothing."""
        left_old, left_new = self._left()
        waiting = defaultdict(deque)
        for i in left_old:
            waiting[key(self.old[i])].append(i)
        for j in left_new:
            if (value := key(self.new[j])) is not None and waiting[value]:
                self.origin[j] = waiting[value].popleft()

    def _match_equal(self):
        self._pair_by(lambda chunk: chunk.source)

    def _match_references(self):
        self._pair_by(lambda chunk: chunk.target)
        left_old, left_new = self._left()
        for j in left_new:
            common = {i: len(set(self.old[i].held) & set(self.new[j].held)) for i in left_old}
            best = max(common, key=common.get, default=None)
            if common.get(best):
                self.origin[j] = best
                left_old.remove(best)

    def _match_texts(self):
        """Pair paragraphs that share most of their words: first where they stood, then anywhere."""
        left_old, left_new = (set(side) for side in self._left())
        for i1, i2, j1, j2 in self.gaps:
            self._pair_alike(sorted(left_old & set(range(i1, i2))), sorted(left_new & set(range(j1, j2))))
            self._pair_replaced(range(i1, i2), range(j1, j2))
        left_old, left_new = self._left()
        if len(left_old) * len(left_new) <= MOST_PAIRS:
            self._pair_alike(left_old, left_new)

    def _pair_alike(self, olds, news):
        olds = [i for i in olds if self.old[i].bag and not self.old[i].reference]
        for j in news:
            if self.new[j].reference or not self.new[j].bag or not olds:
                continue
            candidates = olds if len(olds) * len(news) <= MOST_PAIRS else olds[:20]
            best = max(candidates, key=lambda i, j=j: alike(self.old[i].bag, self.new[j].bag))
            if alike(self.old[best].bag, self.new[j].bag) >= SAME_PARAGRAPH:
                self.origin[j] = best
                olds.remove(best)

    def _pair_replaced(self, olds, news):
        """A picture where a picture stood, and only one of each: it was replaced."""
        olds = [i for i in olds if self.old[i].reference]
        taken = set(self.origin.values()) if olds else set()
        for name in {self.old[i].name for i in olds}:
            was = [i for i in olds if i not in taken and self.old[i].name == name]
            now = [j for j in news if j not in self.origin and self.new[j].name == name]
            if len(was) == len(now) == 1:
                self.origin[now[0]] = was[0]

    def in_order(self):
        """(old chunk or None, new chunk or None, moved) in the order to show them."""
        taken = set(self.origin.values())
        gone = deque(i for i in range(len(self.old)) if i not in taken)
        reached = -1  # the furthest block of the old text that stands where it stood
        anchors = sorted(self.origin[j] for j in self.steady)
        for j, chunk in enumerate(self.new):
            i = self.origin.get(j)
            moved = ""
            if i is not None and j not in self.steady:
                place = bisect_right(anchors, reached)
                ahead = anchors[place] if place < len(anchors) else len(self.old)
                moved = "down" if i < reached else "up" if i > ahead else ""
            if i is not None and not moved:
                while gone and gone[0] < i:
                    yield self.old[gone.popleft()], None, ""
                reached = i
            yield None if i is None else self.old[i], chunk, moved
        for i in gone:
            yield self.old[i], None, ""


def _part(old, new, *, names, moved):
    chunk = new or old
    label = str(NAMES[chunk.name])
    if old is None or new is None:
        return Part("added" if new else "removed", label, _said(chunk, names))
    if old.source == new.source:
        return Part("moved" if moved else "same", label, _said(new, names), moved=moved)
    if new.reference:
        part = Part("changed", label, _said(new, names), notes=tuple(_reference_notes(old, new, names)))
    else:
        part = Part("changed", label, marked(old.text, new.text), notes=tuple(_text_notes(old, new)))
    return replace(part, moved=moved)


def _said(chunk, names):
    """A block that did not change, in safe HTML: its words, or the name and the words of a reference."""
    if not chunk.reference:
        return shown(chunk.text or "———")
    if chunk.held:
        words = [_picture_name(pk, names) for pk in chunk.held]
        return shown(" · ".join([*words, *filter(None, [chunk.reference.data.get("caption")])]))
    data = chunk.reference.data
    words = [_target_name(chunk, names)] + [
        data[name] for name in ("title", "caption", "credit") if name in data
    ]
    return shown(" · ".join(words))


def lines_of(chunk, names):
    """A reference in lines of plain text: what it points at, then each word of this use with its label."""
    if chunk.held:
        yield str(NAMES[chunk.name])
    else:
        yield f"{NAMES[chunk.name]}: {_target_name(chunk, names)}"
    yield from _words_in_lines(chunk.reference)
    for figure in chunk.reference.figures:
        yield f"{NAMES['figure']}: {_picture_name(figure.id, names)}"
        yield from _words_in_lines(figure)


def _words_in_lines(block):
    for name, label in WORDS_OF_USE.items():
        if name != "url" and (words := block.data.get(name)):
            yield f"{capfirst(label)}: {words}"
    if "decorative" in block.data:
        yield capfirst(_("decorative"))


def _target_name(chunk, names):
    data = chunk.reference.data
    if chunk.name == "embed":
        return data.get("url", "")
    if chunk.name == "figure":
        return _picture_name(chunk.reference.id, names)
    if chunk.name == "recording":
        return str(
            names.get("recording", {}).get(chunk.reference.id) or _("number %(id)s") % {"id": data.get("id")}
        )
    return str(names.get("story", {}).get(chunk.reference.id) or _("number %(id)s") % {"id": data.get("id")})


def _picture_name(pk, names):
    return str(names.get("image", {}).get(pk) or _("number %(id)s") % {"id": pk})


def _reference_notes(old, new, names):
    if old.held or new.held:
        yield from _held_notes(old, new, names)
    elif old.name == new.name and old.target != new.target and new.name != "embed":
        said = (
            _("Picture replaced: “%(before)s” by “%(after)s”.")
            if new.name == "figure"
            else _("Recording replaced: “%(before)s” by “%(after)s”.")
            if new.name == "recording"
            else _("Story replaced: “%(before)s” by “%(after)s”.")
        )
        yield said % {"before": _target_name(old, names), "after": _target_name(new, names)}
    yield from _word_notes(old.reference, new.reference)


def _word_notes(old, new):
    """What one use of a picture, or a frame, said and says."""
    for name, label in WORDS_OF_USE.items():
        before, after = (block.data.get(name, "") for block in (old, new))
        if before != after:
            yield _changed(label, before, after)
    before, after = ("decorative" in block.data for block in (old, new))
    if before != after:
        yield (
            _("The picture is now decorative: its alternative text is empty.")
            if after
            else _("The picture is no longer decorative.")
        )


def _held_notes(old, new, names):
    """What happened to the pictures of a gallery: which came, went and moved, and what each of them says now."""
    if old.name != new.name:
        yield _("%(before)s became %(after)s.") % {
            "before": NAMES[old.name],
            "after": NAMES[new.name].lower(),
        }
    before, after = ({one.id: one for one in chunk.reference.figures} for chunk in (old, new))
    for pk in before:
        if pk not in after:
            yield _("Picture removed: “%(name)s”.") % {"name": _picture_name(pk, names)}
    moved = out_of_order(list(before), list(after))
    for place, (pk, figure) in enumerate(after.items(), start=1):
        values = {"name": _picture_name(pk, names), "number": place}
        if pk not in before:
            yield _("Picture added in place %(number)d: “%(name)s”.") % values
            continue
        if pk in moved:
            yield _("Picture moved to place %(number)d: “%(name)s”.") % values
        for note in _word_notes(before[pk], figure):
            yield _("“%(name)s”: %(note)s") % {**values, "note": note}


def _changed(label, before, after):
    values = {"what": label, "before": before, "after": after}
    if not before:
        return _("The %(what)s is now “%(after)s”.") % values
    if not after:
        return _("The %(what)s “%(before)s” was removed.") % values
    return _("The %(what)s changed from “%(before)s” to “%(after)s”.") % values


def _text_notes(old, new):
    if old.name != new.name:
        yield _("%(before)s became %(after)s.") % {
            "before": NAMES[old.name],
            "after": str(NAMES[new.name]).lower(),
        }
    old_links, new_links = (re.findall(r'<a [^>]*?href="([^"]*)"', chunk.source) for chunk in (old, new))
    for address in dict.fromkeys(new_links):
        if address not in old_links:
            yield _("Link added: %(address)s") % {"address": html.unescape(address)}
    for address in dict.fromkeys(old_links):
        if address not in new_links:
            yield _("Link removed: %(address)s") % {"address": html.unescape(address)}
    if old.name == new.name and old_links == new_links and old.bag == new.bag:
        if old.name == "table" and old.source.count("<th") != new.source.count("<th"):
            yield _("The headings of the table changed.")
        else:
            yield _("Bold, italic, spacing or the order of words changed.")
