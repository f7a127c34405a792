"""Two texts as one, the words that came and went marked with <ins> and <del>; or beside each other, with <mark>.

The result is always safe HTML.
"""

import re
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from django.utils.safestring import mark_safe

#: Words of two texts are matched when the product of their numbers stays below this; difflib is quadratic, and
#: beyond it (two texts of 1,700 different words in one paragraph) the old text is struck and the new one set.
MOST_PAIRS = 3_000_000

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
#: A word, one character of a script without spaces, or a sign.
_WORD = rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]"
#: Of plain text, with the space behind it.
_TOKEN = re.compile(rf"(?P<word>{_WORD})(?P<space>\s*)")
#: Of HTML, tags and character references included, with the space behind it.
_PIECE = re.compile(rf"(?:<(?:\"[^\"]*\"|[^>\"])*>|&#?\w+;|{_WORD})\s*")


def marked(before, after):
    """`before` and `after` as one text with the differences marked. White space alone is no difference."""
    old, new = tokens(before), tokens(after)
    pieces = []
    for kind, i1, i2, j1, j2 in _opcodes([word for word, _ in old], [word for word, _ in new]):
        if kind == "equal":
            pieces.append(_plain(new[j1:j2]))
            continue
        pieces += [_wrapped("del", old[i1:i2]), _wrapped("ins", new[j1:j2])]
    return mark_safe("".join(pieces).strip())  # noqa: S308 (every word is escaped in _plain)


def apart(one, other):
    """Two pieces of safe HTML, in each the words that the other does not have in <mark>; tags stay as they are."""
    if not one or not other:
        return one, other
    old, new = ([match[0] for match in _PIECE.finditer(text)] for text in (one, other))
    sides = [], []
    for kind, i1, i2, j1, j2 in _opcodes(*([piece.rstrip() for piece in side] for side in (old, new))):
        for pieces, side in zip((old[i1:i2], new[j1:j2]), sides, strict=True):
            side += pieces if kind == "equal" else _set_apart(pieces)
    return tuple(mark_safe("".join(side)) for side in sides)  # noqa: S308 (both were safe, and only <mark> was added)


def _set_apart(pieces):
    """The pieces with each run of words between two tags in <mark>."""
    for is_tag, run in groupby(pieces, key=lambda piece: piece.startswith("<")):
        words = "".join(run)
        bare = words.rstrip()
        yield words if is_tag else f"<mark>{bare}</mark>{words[len(bare) :]}"


def shown(text):
    """A text without marks: escaped, its lines kept."""
    return mark_safe(_plain(tokens(text)).strip())  # noqa: S308 (every word is escaped in _plain)


def tokens(text):
    """[(word or sign, the white space behind it)]: a line break, one space or nothing."""
    return [
        (match["word"], "\n" if "\n" in match["space"] else " " if match["space"] else "")
        for match in _TOKEN.finditer(text)
    ]


def alike(before, after):
    """How much of two bags of words (Counter) is common to both, from 0 to 1."""
    total = before.total() + after.total()
    return 2 * (before & after).total() / total if total else 1.0


def trimmed(old, new):
    """How many items two lists have in common at their beginning and, behind that, at their end."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    return head, tail


def _opcodes(old, new):
    """difflib's opcodes, after what both begin and end with was set aside."""
    head, tail = trimmed(old, new)
    if head:
        yield "equal", 0, head, 0, head
    end_old, end_new = len(old) - tail, len(new) - tail
    if (end_old - head) * (end_new - head) > MOST_PAIRS:
        yield "replace", head, end_old, head, end_new
    else:
        matcher = SequenceMatcher(None, old[head:end_old], new[head:end_new], autojunk=False)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes():
            yield kind, i1 + head, i2 + head, j1 + head, j2 + head
    if tail:
        yield "equal", end_old, len(old), end_new, len(new)


def _plain(words):
    return "".join(escape(word) + ("<br>" if space == "\n" else space) for word, space in words)


def _wrapped(tag, words):
    """The words in `tag`, with the last space outside, so that a struck word does not touch its neighbour."""
    if not words:
        return ""
    inner = _plain(words)
    bare = inner.removesuffix("<br>").rstrip(" ")
    return f"<{tag}>{bare}</{tag}>{inner[len(bare) :]}" if inner != bare else f"<{tag}>{inner}</{tag}>"
