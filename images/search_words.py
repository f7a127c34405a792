"""The words of a text as all searches know them, the desk's and the readers', the same for every database.

Case, accents and signs do not count, the beginning of a word finds it, and a script without spaces is found by any
part of it.
"""

import re
import unicodedata
from functools import lru_cache

#: Letters of a word, words of a story, and words of a query that count.
LONGEST, MOST_WORDS, MOST_ASKED = 40, 20_000, 12

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_RUN = re.compile(rf"([{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
#: Letters that Unicode does not take apart into a plain one and an accent; signs that show where a word may break.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ґ": "г"}
    | {"\u00ad": None, "\u200b": None}
)
_APOSTROPHES = "'’‘ʼʻ`´"
#: Between Cyrillic letters it is part of the word, and left out as often as not: п'ять, п’ять, пять.
_INSIDE = re.compile(f"(?<=[\u0400-\u052f])[{_APOSTROPHES}](?=[\u0400-\u052f])")
#: Elsewhere it parts two words, also where it counts as a letter: O'Brien, l’eau, donʼt.
_BETWEEN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

#: A word as it stands in a text, with its accents and apostrophes, or a run of a script without spaces.
_MARKS = "".join(chr(n) for n in range(0x300, 0xAC00) if unicodedata.combining(chr(n))) + "\u00ad\u200b"
_WRITTEN = re.compile(
    rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}]|[{_APOSTROPHES}](?=[^\W_]))*"
)


def folded(text):
    """`text` in one case, without accents and without the forms that mean the same."""
    text = _INSIDE.sub("", text.casefold()).translate(_BETWEEN)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_PLAIN)


def words_of(text):
    """The different words of `text` as the index has them, in order; of unspaced scripts each sign and each pair."""
    # No word has a blank in it. What stands between two comes again and again; only a story's strangest are longer.
    found = {}
    for piece in dict.fromkeys(text.split()):
        found |= _words_of_usual(piece) if len(piece) <= LONGEST else _words_in(piece)
    return list(found)[:MOST_WORDS]


def _words_in(piece):
    """The words of a piece of text as the keys of a dict, which keeps their order."""
    return dict.fromkeys(word for written in _WRITTEN.findall(piece) for word in _cut(written))


_words_of_usual = lru_cache(maxsize=20_000)(_words_in)


def _parts(written):
    """The words of what stands in a text as one: two for O'Brien."""
    return _parts_of_usual(written) if len(written) <= LONGEST else _cut(written)


def _cut(written):
    found = []
    for match in _RUN.finditer(folded(written)):
        if run := match[1]:
            found += [*run, *(run[n : n + 2] for n in range(len(run) - 1))]
        else:
            found.append(match[0][:LONGEST])
    return tuple(found)


_parts_of_usual = lru_cache(maxsize=50_000)(_cut)


def in_a_row(text):
    """The words of a short text, such as a name, with a blank around each, for a database to look through."""
    return f" {' '.join(words_of(text))} "


def asked(text):
    """[(word, may it go on?)] of what somebody typed. A single letter stands for itself only."""
    wanted = {}
    for match in _RUN.finditer(" ".join(map(folded, _WRITTEN.findall(text[:400])))):
        if run := match[1]:
            wanted |= dict.fromkeys((run[n : n + 2], False) for n in range(max(1, len(run) - 1)))
        else:
            wanted[(match[0][:LONGEST], len(match[0]) > 1)] = None
    return list(wanted)[:MOST_ASKED]


class Hits(dict):
    """Which of the words `wanted`, of `asked`, are found by what stands in a text: {written: set of them}.

    It remembers what it was asked; make one for the texts of one page.
    """

    def __init__(self, wanted):
        super().__init__()
        self.wanted = dict(wanted)
        self._beginnings = tuple(word for word, goes_on in wanted if goes_on)

    def __missing__(self, written):
        self[written] = found = set()
        for part in _parts(written):
            if part in self.wanted or part.startswith(self._beginnings):
                found |= {word for word in self.wanted if part == word or self._finds(word, part)}
        return found

    def _finds(self, word, part):
        return self.wanted[word] and part.startswith(word)


def spots(text, hits):
    """Where words of `text` are wanted, in order: (start, end, those of `hits`' words that are found there)."""
    for match in _WRITTEN.finditer(text):
        if found := hits[match[0]]:
            if _RUN.match(match[0])[1]:
                yield from _unspaced_spots(match, hits.wanted)
            else:
                yield (*match.span(), found)


def _unspaced_spots(run, wanted):
    """As `spots` for a run of a script without spaces: pairs and single signs, in one spot where they overlap."""
    begins = ends = 0
    found = set()
    for place in range(len(run[0])):
        for length in (2, 1):
            part = folded(run[0][place : place + length])
            if part in wanted:
                if found and place > ends:
                    yield run.start() + begins, run.start() + ends, found
                    found = set()
                begins = begins if found else place
                ends = place + len(run[0][place : place + length])
                found = found | {part}
                break
    if found:
        yield run.start() + begins, run.start() + ends, found
