"""How long a story takes to read."""

import math
import re

#: Adults read 238 words of English non-fiction a minute (Brysbaert 2019, a review of 190 studies).
WORDS_A_MINUTE = 238
#: Scripts written without spaces are counted in characters: about 400 Chinese or Japanese ones a minute
#: , the low end of what studies of native readers report.
CHARACTERS_A_MINUTE = 400

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WORD = re.compile(r"\w+(?:['’ʼ\-.,:]\w+)*")


def count_words(text):
    """How many words `text` has; each character of a script without spaces counts as one."""
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + len(_UNSPACED.findall(text))


def minutes(text):
    """Whole minutes to read `text`, rounded up, at least 1."""
    unspaced = len(_UNSPACED.findall(text))
    spaced = len(_WORD.findall(_UNSPACED.sub(" ", text)))
    return max(1, math.ceil(spaced / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE))
