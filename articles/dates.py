"""Dates that people write in words, as machines read them: for the <time> of a timeline."""

import re
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_NUMBERS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\.?,?\s+(\d{4})(?:\s*(?:р|г)\.)?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")


def machine_date(words):
    """The value of <time datetime> for a date in words, or "" when they name none that is sure.

    Understood are 2026, 2026-03, 2026-03-12, 12.03.2026, 14:05, and a month by its name in English or in the page's
    language: 12 March 2026, March 12, 2026, March 2026. "Monday" and "last spring" are words for people.
    """
    words = " ".join(words.split())
    if match := _CLOCK.fullmatch(words):
        return f"{int(match[1]):02}:{match[2]}"
    if match := _ISO.fullmatch(words):
        return _written(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(words):
        return _written(match[3], match[2], match[1])
    if match := _DAY_FIRST.fullmatch(words):
        return _written(match[3], _month(match[2]), match[1]) if _month(match[2]) else ""
    if match := _MONTH_FIRST.fullmatch(words):
        return _written(match[3], _month(match[1]), match[2]) if _month(match[1]) else ""
    return ""


def _written(year, month, day):
    """The parts that are there, if such a day exists."""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join(f"{int(part):02}" for part in (year, month, day) if part)


def _month(name):
    """The number of a month by its name, or None."""
    language = translation.get_language() or "en"
    return _names(language).get(name.lower()) or _names("en").get(name.lower())


@cache
def _names(language):
    with translation.override(language):
        return {
            str(name).lower().rstrip("."): number
            for names in (MONTHS, MONTHS_3, MONTHS_ALT)
            for number, name in names.items()
        }
