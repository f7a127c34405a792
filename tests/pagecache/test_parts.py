"""A part of a page is made once for what it is made of, and made anew when the clock would change it."""

from datetime import UTC, datetime, timedelta

from pagecache.moment import making, reached
from pagecache.parts import Parts

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Made:
    """Counts how often it makes "before" or "after" of `limit`."""

    def __init__(self, limit=NOON + HOUR):
        self.limit, self.times = limit, 0

    def at(self, at):
        def make():
            self.times += 1
            return "after" if reached(self.limit, at) else "before"

        return make


def test_the_same_part_is_made_once():
    """Another key is another part; the least used one goes when there are too many."""
    parts, made = Parts(2), Made()
    for key in ("a", "b", "a", "c", "a", "b"):
        assert parts.get(key, NOON, made.at(NOON)) == "before"
    assert made.times == 4


def test_a_part_goes_with_its_clock():
    """It is made again from its limit on, and for a moment before the one it was made at."""
    parts, made = Parts(2), Made()
    moments = [NOON, NOON + HOUR / 2, NOON + HOUR, NOON + 2 * HOUR, NOON]
    assert [parts.get("a", at, made.at(at)) for at in moments] == [
        "before",
        "before",
        "after",
        "after",
        "before",
    ]
    assert made.times == 3


def test_the_page_around_a_part_goes_with_it():
    """A page learns the limit of each part, of one that was made for another page too, and of a part in a part."""
    parts, made = Parts(4), Made()
    for _page in range(2):
        with making(NOON) as page:
            parts.get("outer", NOON, lambda: parts.get("inner", NOON, made.at(NOON)))
        assert page.until == made.limit
    assert made.times == 1
