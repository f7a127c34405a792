"""Lists of live stories, newest first, read page by page without counting and without OFFSET.

A cursor names the last story of a page by its place in the order, (first publication, story). The next page
begins after that place, so that it costs the same a thousand pages deep and repeats nothing when new stories
arrive on top.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from articles.models import PublishedVersion

PAGE_SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """Stories of one page, and the cursor of the next one ("" on the last page)."""

    stories: list
    next_cursor: str


def cursor_of(story):
    """The place of `story` in the order, as an address can carry it."""
    return place_of(story.first_published_at, story.article_id)


def place_of(moment, number):
    """A place in an order by moment and id, as an address can carry it."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{number}"


def read_cursor(text):
    """(moment, article id) of a cursor, or None when `text` is none: a broken cursor shows the first page."""
    moment, dash, article_id = text.partition("-")
    if not dash or not (
        moment.isascii() and moment.isdecimal() and article_id.isascii() and article_id.isdecimal()
    ):
        return None
    if len(moment) > 18 or len(article_id) > 18:
        return None
    try:
        return min(_EPOCH + timedelta(microseconds=int(moment)), _LATEST), int(article_id)
    except OverflowError:
        return None


def listed(at, *, before="", through="", exclude_sections=(), **match):
    """The live stories that match, newest first, after the cursor `before`: a queryset to slice.

    `through` names a relation whose rows repeat the sort key ("bylines", "version_tags"); `match` is then a
    condition on those rows, so that one index finds, filters and orders.
    """
    prefix = f"{through}__" if through else ""
    moment, article = f"{prefix}first_published_at", f"{prefix}article_id"
    conditions = Q(**{f"{prefix}{name}": value for name, value in match.items()})
    if place := read_cursor(before):
        # The first bound looks redundant: it is what lets the index start at the place instead of the top.
        earlier = Q(**{f"{moment}__lt": place[0]}) | Q(**{f"{article}__lt": place[1]})
        conditions &= Q(**{f"{moment}__lte": place[0]}) & earlier
    stories = PublishedVersion.objects.live(at).filter(conditions).for_lists()
    if exclude_sections:
        # Said as an exclusion, because "section in (...)" would tempt the planner to sort whole sections.
        stories = stories.exclude(section__in=exclude_sections)
    return stories.order_by(f"-{moment}", f"-{article}")


def page_of(at, *, size=PAGE_SIZE, **what):
    """One Page of `listed(at, **what)`."""
    stories = list(listed(at, **what)[: size + 1])
    more = len(stories) > size
    stories = stories[:size]
    return Page(stories, cursor_of(stories[-1]) if more else "")


def together(lists):
    """Fetch several sliced querysets of stories in two queries, however many they are: a list for each.

    The ORM cannot join sliced queries in one statement on SQLite, so their SQL is put together here.
    """
    lists = list(lists)
    parts, parameters = [], []
    for number, stories in enumerate(lists):
        try:
            sql, values = stories.values("pk").query.sql_with_params()
        except EmptyResultSet:  # nothing can match, such as the cards and picks of a story that has none
            continue
        parts.append(f"SELECT {number} AS list, story.* FROM ({sql}) AS story")  # noqa: S608 (the ORM's own SQL)
        parameters += values
    fetched = [[] for _stories in lists]
    if not parts:
        return fetched
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        rows = [(row[0], row[1]) for row in cursor.fetchall()]
    found = PublishedVersion.objects.for_lists().in_bulk({pk for _number, pk in rows})
    for number, pk in rows:
        fetched[number].append(found[pk])
    return fetched
