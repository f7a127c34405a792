"""How long a story takes to read."""

import math
import re
from functools import lru_cache

#: Adults read 238 words of English non-fiction a minute in silence, and 183 aloud: 1.3 times as many
#: (Brysbaert 2019, a review of 190 studies).
WORDS_A_MINUTE = 238
#: Chinese and Japanese are counted in characters. Aloud they are read at 255 and 357 a minute (Trauzettel-Klosinski and
#: Dietz 2012, the same text in 17 languages); 1.3 times as fast in silence are 330 and 460, and this is between them.
CHARACTERS_A_MINUTE = 400
#: Thai, Lao, Khmer and Burmese are alphabets without spaces. That study found 68 ms a letter aloud in every alphabet:
#: in silence about 1,150 a minute, of which one in seven is a space elsewhere.
LETTERS_A_MINUTE = 1000

_CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WORD = re.compile(r"\w+(?:['’ʼ\-.,:]\w+)*")


def count_words(text):
    """How many words `text` has, as it is counted where it is written.

    Each Chinese or Japanese character is one. Where no spaces tell words apart, as many letters make a word as are
    read in its time.
    """
    words, characters, letters = _counted(text)
    return words + characters + round(letters * WORDS_A_MINUTE / LETTERS_A_MINUTE)


def minutes(text):
    """Whole minutes to read `text`, rounded up, at least 1."""
    words, characters, letters = _counted(text)
    exact = words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE + letters / LETTERS_A_MINUTE
    return max(1, math.ceil(exact))


@lru_cache(maxsize=1)  # whoever asks for the words of a text asks for its minutes next
def _counted(text):
    """(words between spaces, characters that are words, letters of scripts without spaces) of a text."""
    text, characters = _CHARACTERS.subn(" ", text)
    text, letters = _LETTERS.subn(" ", text)
    return len(_WORD.findall(text)), characters, letters
