"""Lists of live stories, newest first, read page by page without counting and without OFFSET.

A cursor names the last story of a page by its place in the order, (first publication, story). The next page
begins after that place, so that it costs the same a thousand pages deep and repeats nothing when new stories
arrive on top.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q

from articles.models import LISTED, PublishedVersion
from images.cursors import place_of, read_cursor

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """Stories of one page, and the cursor of the next one ("" on the last page)."""

    stories: list
    next_cursor: str


def cursor_of(story):
    """The place of `story` in the order, as an address can carry it."""
    return place_of(story.first_published_at, story.article_id)


def listed(at, *, before="", through="", exclude_sections=(), whole=False, **match):
    """The live stories that match, newest first, after the cursor `before`: a queryset to slice.

    `through` names a relation whose rows repeat the sort key ("bylines", "version_tags"); `match` is then a
    condition on those rows, so that one index finds, filters and orders. `whole` stories come with their text.
    """
    prefix = f"{through}__" if through else ""
    moment, article = f"{prefix}first_published_at", f"{prefix}article_id"
    conditions = Q(**{f"{prefix}{name}": value for name, value in match.items()})
    if place := read_cursor(before):
        # The first bound looks redundant: it is what lets the index start at the place instead of the top.
        earlier = Q(**{f"{moment}__lt": place[0]}) | Q(**{f"{article}__lt": place[1]})
        conditions &= Q(**{f"{moment}__lte": place[0]}) & earlier
    stories = PublishedVersion.objects.live(at).filter(conditions)
    stories = stories.seen(at) if whole else stories.for_lists(at)
    if exclude_sections:
        # Said as an exclusion, because "section in (...)" would tempt the planner to sort whole sections.
        stories = stories.exclude(section__in=exclude_sections)
    return stories.order_by(f"-{moment}", f"-{article}")


def page_of(at, *, size=PAGE_SIZE, before="", first=(), **what):
    """One Page of `listed(at, **what)`.

    `first` are ids of stories, fewer than a page holds, that open the first page in this order, as far as they are in
    the list; no page has them twice.
    """
    opening, following = together(
        at,
        [
            listed(at, article_id__in=[] if before else first, **what)[: size + 1],
            listed(at, before=before, **what).exclude(article_id__in=first)[: size + 1],
        ],
    )
    opening.sort(key=lambda story: first.index(story.article_id))
    stories = [*opening, *following][:size]
    more = len(opening) + len(following) > size
    return Page(stories, cursor_of(stories[-1]) if more else "")


def together(at, lists):
    """Fetch several sliced querysets of stories as readers see them at `at`, in two queries: a list for each.

    The ORM cannot join sliced queries in one statement on SQLite, so their SQL is put together here. The first
    query finds the stories with all that lists show of them; which version says it is silent, because a new version
    that says the same makes the same list.
    """
    lists = list(lists)
    parts, parameters = [], []
    for number, stories in enumerate(lists):
        try:
            shown = stories.values(*LISTED, silent_pk=F("pk"))
            sql, values = shown.query.sql_with_params()
        except EmptyResultSet:  # nothing can match, such as the cards and picks of a story that has none
            continue
        parts.append(f"SELECT {number} AS list, story.* FROM ({sql}) AS story")  # noqa: S608 (the ORM's own SQL)
        parameters += values
    fetched = [[] for _stories in lists]
    if not parts:
        return fetched
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        silent = [column[0] for column in cursor.description].index("silent_pk")
        rows = [(row[0], row[silent]) for row in cursor.fetchall()]
    found = PublishedVersion.objects.for_lists(at).in_bulk({pk for _number, pk in rows})
    for number, pk in rows:
        fetched[number].append(found[pk])
    return fetched
