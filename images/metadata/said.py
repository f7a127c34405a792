"""What one source in a file says: words by the newsroom's names for them, cleaned, and when it was taken."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

#: No word of a file is longer than this before the fields cut it to their own length; nobody reads further.
LONGEST = 10_000
#: Items of a list (keywords, people, creators) that are looked at.
MOST = 200

# The direction of writing follows from the letters; these characters override it, so that a name can be made to
# read as another one.
OVERRIDES = {chr(number) for number in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)}


@dataclass(frozen=True)
class Moment:
    """A day, and the time of that day with its offset, as much of it as the source knows."""

    day: date
    clock: time | None = None

    @property
    def exactness(self):
        return self.clock is not None, self.clock is not None and self.clock.tzinfo is not None

    def agrees_with(self, other):
        """Whether `other` says the same, to the minute, as far as both say anything."""
        return self.day == other.day and (
            None in (self.clock, other.clock) or minute_of(self.clock) == minute_of(other.clock)
        )


@dataclass(frozen=True)
class Said:
    """`words` are lists by name: caption, headline, title, creator, credit, source, reference, licensor, rights,
    terms, instructions, keywords, people, sublocation, city, state, country. Nothing in it is empty."""

    words: dict[str, list[str]] = field(default_factory=dict)
    taken: Moment | None = None


def said(words, taken=None):
    """A Said of raw values: {name: [text, ...]}."""
    cleaned = {}
    for name, values in words.items():
        texts = [plain(value) for value in values[:MOST]]
        if texts := [text for text in texts if text]:
            cleaned[name] = list(dict.fromkeys(texts))
    return Said(cleaned, taken)


def plain(text):
    """`text` in one line that every database and every page can hold: no control characters, no NUL."""
    kept = (character if is_kept(character) else " " for character in text[:LONGEST])
    return " ".join("".join(kept).split())


def is_kept(character):
    return character not in OVERRIDES and unicodedata.category(character) not in ("Cc", "Cs")


def minute_of(clock):
    return clock.hour, clock.minute


# --- Moments, in the three notations ----------------------------------------------------------------------

ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")
IIM_DAY, IIM_TIME = re.compile(r"\d{8}"), re.compile(r"(\d{6})([+-]\d{4})?")
EXIF = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


def iso_moment(text):
    """Of XMP, such as 2026-05-04T14:05:00+02:00; seconds, time and offset may be missing."""
    if not (match := ISO.fullmatch(text.strip())):
        return None
    return moment(match[1], match[2], match[3])


def iim_moment(day, clock):
    """Of IPTC-IIM: 20260504 and 140500+0200."""
    if not IIM_DAY.fullmatch(day.strip()):
        return None
    match = IIM_TIME.fullmatch(clock.strip())
    digits = match[1] if match else None
    return moment(
        f"{day[:4]}-{day[4:6]}-{day[6:8]}",
        digits and f"{digits[:2]}:{digits[2:4]}:{digits[4:]}",
        match and match[2],
    )


def exif_moment(text, offset):
    """Of EXIF: 2026:05:04 14:05:00, and +02:00 in a tag of its own."""
    if not (match := EXIF.match(text.strip())):
        return None
    return moment(f"{match[1]}-{match[2]}-{match[3]}", match[4], offset.strip())


def moment(day, clock, offset):
    """The Moment, or None for a day that never was. A wrong time or offset costs only itself."""
    try:
        day = date.fromisoformat(day)
    except ValueError:
        return None
    # Nobody took a photograph before 1826; and the last year has no room for another time zone.
    if not 1826 <= day.year < 9999:
        return None
    try:
        clock = time.fromisoformat(clock) if clock else None
    except ValueError:
        clock = None
    return Moment(day, clock.replace(tzinfo=zone_of(offset)) if clock else None)


def zone_of(offset):
    if offset == "Z":
        return UTC
    match = OFFSET.fullmatch(offset or "")
    if not match or int(match[2]) > 14 or int(match[3]) > 59:
        return None
    distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-distance if match[1] == "-" else distance)


def taken_at(moments):
    """The datetime that `moments`, the most trusted first, add up to; None without any.

    The first source says the day. One that agrees with it may make it more exact: agencies write the day only,
    the camera the time but often no offset. Without an offset the result is naive, without a time it is midnight.
    """
    if not moments:
        return None
    first = moments[0]
    best = max((one for one in moments if first.agrees_with(one)), key=lambda one: one.exactness)
    return datetime.combine(best.day, best.clock or time())
