"""Lists of live stories, newest first, read page by page without counting and without OFFSET.

A cursor names the last story of a page by its place in the order, (first publication, story). The next page
begins after that place, so that it costs the same a thousand pages deep and repeats nothing when new stories
arrive on top.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q

from articles.models import LISTED, PublishedVersion
from images.cursors import place_of, read_cursor
from images.models import shown_columns
from pagecache.prepared import Prepared

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """Stories of one page, and the cursor of the next one ("" on the last page)."""

    stories: list
    next_cursor: str


def cursor_of(story):
    """The place of `story` in the order, as an address can carry it."""
    return place_of(story.first_published_at, story.article_id)


def listed(at, *, before="", whole=False, **what):
    """The live stories of a list, newest first, after the cursor `before`: a queryset to slice.

    `what` the list holds, `_of_list` takes. `whole` stories come with their text.
    """
    stories = _of_list(at=at, place=read_cursor(before) or (), **what)
    return stories.seen(at) if whole else stories.for_lists(at)


def _of_list(through="", *, at, place=(), without=(), exclude_sections=(), **match):
    """The live stories that match, newest first, after a place in the order.

    `through` names a relation whose rows repeat the sort key ("bylines", "version_tags"); `match` is then a
    condition on those rows, so that one index finds, filters and orders. `without` are ids of stories.
    """
    prefix = f"{through}__" if through else ""
    moment, article = f"{prefix}first_published_at", f"{prefix}article_id"
    conditions = Q(**{f"{prefix}{name}": value for name, value in match.items()})
    # Both bounds on the moment look redundant. The first lets the index start at the place instead of the top. The
    # other is true of all that is live, and keeps a planner that wants few rows from sorting all that have begun.
    if place:
        earlier = Q(**{f"{moment}__lt": place[0]}) | Q(**{f"{article}__lt": place[1]})
        conditions &= Q(**{f"{moment}__lte": place[0]}) & earlier
    else:
        conditions &= Q(**{f"{moment}__lte": at})
    stories = PublishedVersion.objects.live(at).filter(conditions)
    if without:
        stories = stories.exclude(article_id__in=without)
    if exclude_sections:
        # Said as an exclusion, because "section in (...)" would tempt the planner to sort whole sections.
        stories = stories.exclude(section__in=exclude_sections)
    return stories.order_by(f"-{moment}", f"-{article}")


#: What pages read of the section and the pictures of a story, whichever it shows.
BESIDE = [
    *["section__id", "section__name", "section__slug", "section__stand_in_id"],
    *[*shown_columns("section__stand_in__"), *shown_columns("lead_image__")],
]
#: Which version a list shows it is silent about, because a new version that says the same makes the same list.
_SOME = Prepared(
    PublishedVersion,
    ["silent_id", *LISTED, *BESIDE],
    lambda most, *through, **what: _of_list(*through, **what).annotate(silent_id=F("pk"))[:most],
)
_WHOLE = Prepared(
    PublishedVersion,
    [*(field.attname for field in PublishedVersion._meta.concrete_fields), *BESIDE],
    lambda at, slug: PublishedVersion.objects.live(at).filter(slug=slug)[:1],
)


def story_at(slug, at):
    """The live story at an address as readers of the moment `at` see it, or None."""
    return next((_seen(story, at) for story in _WHOLE(at=at, slug=slug)), None)


def _seen(shared, at):
    """A story that was read before, as the readers of this moment see it: it shows pictures by their rights then."""
    story = PublishedVersion.__new__(PublishedVersion)
    vars(story).update(vars(shared), seen_at=at)
    return story


def page_of(at, *, size=PAGE_SIZE, before="", first=(), **what):
    """One Page of `listed(at, **what)`.

    `first` are ids of stories, fewer than a page holds, that open the first page in this order, as far as they are in
    the list; no page has them twice.
    """
    opening, following = together(
        at,
        [
            Some(size + 1, article_id__in=() if before else tuple(first), **what),
            Some(size + 1, before=before, without=tuple(first), **what),
        ],
    )
    opening.sort(key=lambda story: first.index(story.article_id))
    stories = [*opening, *following][:size]
    more = len(opening) + len(following) > size
    return Page(stories, cursor_of(stories[-1]) if more else "")


class Some:
    """So many of a list, for `together`: what `listed(at, **what)[:most]` would give."""

    def __init__(self, most, *, before="", through="", **what):
        self.form = (most, through)
        self.values = {"place": read_cursor(before) or (), **what}


def together(at, lists):
    """Fetch several lists, each a Some, as readers see them at `at`, in one query: a list of stories for each.

    The ORM cannot join sliced queries in one statement on SQLite, so their SQL is put together here.
    """
    fetched = [[] for _some in lists]
    asked = [(number, _SOME.sql(*some.form, at=at, **some.values)) for number, some in enumerate(lists)]
    parts = [(number, *question) for number, question in asked if question]
    if parts:
        sql = " UNION ALL ".join(
            f"SELECT {number} AS list, story.* FROM ({sql}) AS story"  # noqa: S608 (the ORM's own SQL)
            for number, sql, _parameters in parts
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _number, _sql, parameters in parts for value in parameters])
            for number, *row in cursor.fetchall():
                fetched[number].append(_seen(_SOME.read(tuple(row)), at))
    return fetched
