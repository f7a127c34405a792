"""Slugs: the last part of an address, made from a headline or a name.

Ukrainian letters follow the official romanisation (Cabinet of Ministers resolution 55 of 2010), where some
letters differ at the beginning of a word; every other script is left to python-slugify.
"""

import re

from slugify import slugify

MAX_LENGTH = 80

UKRAINIAN = str.maketrans(
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "h",
        "ґ": "g",
        "д": "d",
        "е": "e",
        "є": "ie",
        "ж": "zh",
        "з": "z",
        "и": "y",
        "і": "i",
        "ї": "i",
        "й": "i",
        "к": "k",
        "л": "l",
        "м": "m",
        "н": "n",
        "о": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ф": "f",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "'": "",
        "’": "",
        "ʼ": "",
    }  # fmt: skip
)
UKRAINIAN_AT_WORD_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def romanise_ukrainian(text):
    """Lower-case `text` with Ukrainian words in Latin letters.

    >>> romanise_ukrainian("Згурський та Юрій")
    'zghurskyi ta yurii'
    """
    text = text.lower().replace("зг", "zgh")
    text = re.sub(r"(?<![\w'’ʼ])[єїйюя]", lambda match: UKRAINIAN_AT_WORD_START[match[0]], text)
    return text.translate(UKRAINIAN)


def make_slug(text):
    """A slug of at most MAX_LENGTH characters for `text`, or "" when nothing in it can be written in one."""
    if (
        re.search("[ґєії]", text.lower())
        or re.search("[а-я]", text.lower())
        and not re.search("[ыэъё]", text.lower())
    ):
        text = romanise_ukrainian(text)
    return slugify(text, max_length=MAX_LENGTH, word_boundary=True)
