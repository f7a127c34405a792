"""Two texts of one story beside each other: their top-level blocks aligned. Knows no model.

A body here is one that rendering.clean has been over: well-formed, without comments.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

#: Aligning takes time with the square of this. A longer text stands beside the other as one piece.
MOST_BLOCKS = 1000
_VOID = frozenset(["br", "hr"])


@dataclass(frozen=True)
class Row:
    """One place of the text: the block there in mine and in theirs; "" where one of them has none."""

    mine: str
    theirs: str

    @property
    def same(self):
        return self.mine == self.theirs


class _Blocks(HTMLParser):
    """Finds where each top-level element of a body begins."""

    def __init__(self, body):
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in body.split("\n")[:-1]:
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.depth = 0
        self.starts = []
        self.feed(body)
        self.close()

    def begin(self):
        if self.depth == 0:
            line, column = self.getpos()
            self.starts.append(self.lines[line - 1] + column)

    def handle_starttag(self, tag, attrs):
        self.begin()
        if tag not in _VOID:
            self.depth += 1

    def handle_endtag(self, tag):
        if tag not in _VOID:
            self.depth = max(0, self.depth - 1)


def split(body):
    """The top-level blocks of `body`, in order; joined they are `body` again.

    Words that stand outside of any element belong to the block before them.
    """
    starts = sorted({0, *_Blocks(body).starts})
    ends = [*starts[1:], len(body)]
    return [body[start:end] for start, end in zip(starts, ends, strict=True) if start < end]


def align(mine, theirs):
    """The Rows of two bodies, in order. All `mine` joined are `mine`, all `theirs` joined are `theirs`."""
    left, right = split(mine), split(theirs)
    if max(len(left), len(right)) > MOST_BLOCKS:
        return [Row(mine, theirs)]
    rows = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        pairs = zip(left[a:b], right[c:d], strict=True) if kind == "equal" else _pairs(left[a:b], right[c:d])
        rows += [Row(one, other) for one, other in pairs]
    return rows


def _pairs(left, right):
    """Blocks of a stretch that differs, each with the one most like it when both sides have as many."""
    if len(left) == len(right):
        return zip(left, right, strict=True)
    shorter, longer = sorted((left, right), key=len)
    places, free = [], 0
    for number, block in enumerate(shorter):
        last = len(longer) - (len(shorter) - number)
        likeness = [SequenceMatcher(None, block, longer[at]).quick_ratio() for at in range(free, last + 1)]
        free += likeness.index(max(likeness))
        places.append(free)
        free += 1
    partner = dict(zip(places, shorter, strict=True))
    pairs = [(partner.get(at, ""), block) for at, block in enumerate(longer)]
    return pairs if shorter is left else [(other, one) for one, other in pairs]
