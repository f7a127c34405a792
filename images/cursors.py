"""A place in an order by moment and id, as an address can carry it: where the next page of a list begins."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def place_of(moment, number):
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{number}"


def read_cursor(text):
    """(moment, id) of a cursor, or None when `text` is none: a broken cursor shows the first page."""
    moment, dash, number = text.partition("-")
    if not dash or not all(part.isascii() and part.isdecimal() for part in (moment, number)):
        return None
    if len(moment) > 18 or len(number) > 18:
        return None
    try:
        return min(_EPOCH + timedelta(microseconds=int(moment)), _LATEST), int(number)
    except OverflowError:
        return None
