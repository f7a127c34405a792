"""The words of a text as the desk's search knows them, the same for every database.

Case, accents and signs do not count, the beginning of a word finds it, and a script without spaces is found by any
part of it.
"""

import re
import unicodedata

#: Letters of a word, words of a story, and words of a query that count.
LONGEST, MOST_WORDS, MOST_ASKED = 40, 20_000, 12

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_RUN = re.compile(rf"([{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
#: Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def folded(text):
    """`text` in one case, without accents and without the forms that mean the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_PLAIN)


def words_of(text):
    """The different words of `text` as the index has them, in order; of unspaced scripts each sign and each pair."""
    found = {}
    for match in _RUN.finditer(folded(text)):
        if run := match[1]:
            found |= dict.fromkeys([*run, *(run[n : n + 2] for n in range(len(run) - 1))])
        else:
            found[match[0][:LONGEST]] = None
    return list(found)[:MOST_WORDS]


def asked(text):
    """[(word, may it go on?)] of what somebody typed. A single letter stands for itself only."""
    wanted = {}
    for match in _RUN.finditer(folded(text[:400])):
        if run := match[1]:
            wanted |= dict.fromkeys((run[n : n + 2], False) for n in range(max(1, len(run) - 1)))
        else:
            wanted[(match[0][:LONGEST], len(match[0]) > 1)] = None
    return list(wanted)[:MOST_ASKED]
