"""Lists page by page: nothing lost, nothing twice, and no page costs more than the first."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import LISTED, Tag
from articles.stream import PAGE_SIZE, Some, cursor_of, listed, page_of, together
from images.cursors import read_cursor
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def walk(at, *, between=lambda: None, **what):
    """The article ids of all pages in order; `between` happens after each page."""
    seen, cursor = [], ""
    for _page in range(20):
        page = page_of(at(), before=cursor, **what)
        seen += [story.article_id for story in page.stories]
        between()
        if not page.next_cursor:
            return seen
        assert len(page.stories) == what.get("size", PAGE_SIZE)
        cursor = page.next_cursor
    raise AssertionError("The list does not end.")


@pytest.fixture
def fifty_seven():
    """57 stories at three moments, 19 at each, of one section, author and tag."""
    author, tag = AuthorFactory(), "ferry"
    return [
        published(at=BEGIN + timedelta(minutes=number % 3), authors=[author], tags=[tag])
        for number in range(57)
    ]


def test_pages_lose_and_repeat_nothing(fifty_seven):
    """Stories of the same second are told apart by their number; each is on exactly one page, however long."""
    expected = sorted(fifty_seven, key=lambda a: (a.versions.get().first_published_at, a.pk), reverse=True)
    now = timezone.now()
    for size in (3, 7, 19, 20, 57):
        assert walk(lambda: now, size=size) == [article.pk for article in expected]


def test_new_stories_on_top_move_nothing_below(fifty_seven):
    """A reader who pages on while stories arrive meets every older one once and none again."""
    author = fifty_seven[0].bylines.get().author
    tag = Tag.objects.get(name="ferry")
    older = [article.pk for article in fifty_seven]
    for what in (
        {},
        {"through": "version_tags", "tag_id": tag.pk},
        {"through": "bylines", "author_id": author.pk},
    ):
        arrived = []
        seen = walk(
            timezone.now,
            between=lambda arrived=arrived: arrived.append(published(authors=[author], tags=["ferry"]).pk),
            size=10,
            **what,
        )
        assert len(arrived) > 3
        assert sorted(seen) == sorted(older)
        older += arrived


def test_the_order_is_that_of_first_publication():
    """An update changes the words in the list, not the place."""
    old = published(at=BEGIN, headline="Old")
    published(at=BEGIN + timedelta(hours=1), headline="New")
    old.headline = "Old, updated"
    old.save()
    workflow.publish(article=old, by=None, kind="update")
    assert [story.headline for story in listed(timezone.now())] == ["New", "Old, updated"]


def test_a_list_shows_the_moment_it_is_asked_for():
    """The same question about another moment has another answer."""
    published(at=BEGIN)
    late = published(at=BEGIN + timedelta(hours=1))
    assert late.pk not in [story.article_id for story in listed(BEGIN + timedelta(minutes=59))]
    assert late.pk in [story.article_id for story in listed(BEGIN + timedelta(hours=1))]


def test_the_last_page_has_no_cursor():
    """A full page is the last one when nothing follows."""
    for _number in range(3):
        published()
    assert page_of(timezone.now(), size=3).next_cursor == ""
    assert page_of(timezone.now(), size=2).next_cursor != ""
    assert page_of(timezone.now(), section_id=0).stories == []


# --- Cursors ----------------------------------------------------------------------------------------------


def test_a_cursor_names_a_place_to_the_microsecond():
    """What cursor_of writes, read_cursor reads."""
    published(at=BEGIN + timedelta(microseconds=1))
    [story] = listed(timezone.now())
    assert read_cursor(cursor_of(story)) == (story.first_published_at, story.article_id)


@pytest.mark.parametrize(
    "broken",
    [
        *["", "-", "1", "1-", "-1", "a-b", "1-b", "1.5-2", "1--2", "-1-2", "+1-2", " 1-2", "1-2-3", "\x00-1"],
        *["²-1", "١-٢", "1-" + "9" * 19, "9" * 19 + "-1", "1-2' OR 1=1", "None", "9" * 5000 + "-1"],
    ],
)
def test_a_broken_cursor_shows_the_first_page(client, broken):
    """Whatever an address carries, the reader gets the newest stories, not an error."""
    published(headline="Ferry late")
    assert read_cursor(broken) is None
    assert len(page_of(timezone.now(), before=broken).stories) == 1
    if len(broken) < 100:
        response = client.get("/news-feed/", {"before": broken})
        assert response.status_code == 200
        assert b"Ferry late" in response.content


@pytest.mark.parametrize("far", ["9" * 18 + "-" + "9" * 18, "0-0", "253402300800000000-1"])
def test_a_cursor_far_away_is_a_place_like_any(far):
    """The end of time and its beginning are answered, on both databases."""
    published()
    assert len(page_of(timezone.now(), before=far).stories) == (0 if far == "0-0" else 1)


# --- Several lists at once --------------------------------------------------------------------------------


def shown(stories):
    """What a list shows of each."""
    return [([getattr(story, name) for name in LISTED], story.section, story.lead) for story in stories]


def test_lists_fetched_together_are_the_lists_fetched_alone():
    """Same stories with the same words and pictures, same order, empty ones included, in one query."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    for number in range(9):
        published(
            at=BEGIN + timedelta(minutes=number % 4),
            lead_image=ImageFactory() if number % 2 else None,
            **({"section": harbour} if number % 3 else {}),
        )
    at = timezone.now()

    wanted = [
        (5, {}),
        (3, {"section_id": harbour.pk}),
        (3, {"section_id": 0}),
        (0, {"article_id__in": ()}),
        (9, {"exclude_sections": (harbour.pk,)}),
    ]
    alone = [list(listed(at, **what)[:most]) for most, what in wanted]
    with CaptureQueriesContext(connection) as queries:
        fetched = together(at, [Some(most, **what) for most, what in wanted])
        drawn = [(story.section.name, story.lead_image and story.lead_image.sources) for story in fetched[0]]
    assert fetched == alone
    assert [shown(stories) for stories in fetched] == [shown(stories) for stories in alone]
    assert len(drawn) == 5
    assert len(queries) == 1


def test_no_lists_need_no_query(django_assert_num_queries):
    """A page without anything to fetch asks nothing."""
    at = timezone.now()
    with django_assert_num_queries(0):
        assert together(at, []) == []
        assert together(at, [Some(0, article_id__in=())]) == [[]]


# --- Plans ------------------------------------------------------------------------------------------------


#: What ANALYZE would count in a large archive: rows of a table, and rows that share the first column of an index.
ROWS = {
    "articles_publishedversion": 100_000,
    "articles_versiontag": 300_000,
    "articles_versionbyline": 110_000,
}
SHARING = {"section_id": 20_000, "tag_id": 1500, "author_id": 2750, "lead_image_id": 50}


@pytest.fixture
def large_archive(db):
    """Tell the planner that the tables are large, without filling them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for table, rows in ROWS.items():
            for name, index in connection.introspection.get_constraints(cursor, table).items():
                if index["index"] or index["unique"]:
                    stat = f"{rows} {SHARING.get(index['columns'][0], 1)}"
                    cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, name, stat])
        cursor.execute("INSERT INTO sqlite_stat1 VALUES ('articles_section', NULL, '5')")
        cursor.execute("ANALYZE sqlite_master")  # reads the figures again


def plan_of(stories):
    sql, values = stories.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by what the tables hold")
@pytest.mark.parametrize("known", ["no figures", "large archive"])
@pytest.mark.parametrize("before", ["", "1772442060000000-20"], ids=["first page", "deep page"])
@pytest.mark.parametrize("size", [1, 5, PAGE_SIZE + 1])
@pytest.mark.parametrize(
    ("index", "what"),
    [
        ("version_stream", {}),
        ("version_stream", {"exclude_sections": [77]}),
        ("version_section_stream", {"section_id": 1}),
        ("tag_stream", {"through": "version_tags", "tag": 1}),
        ("byline_stream", {"through": "bylines", "author": 1}),
    ],
    ids=["all", "feed", "section", "tag", "author"],
)
def test_an_index_finds_and_orders_every_list(request, index, what, size, before, known):
    """No list is sorted, and a deep page starts in the index where the reader left."""
    if known == "large archive":
        request.getfixturevalue("large_archive")
    plan = plan_of(listed(timezone.now(), before=before, **what)[:size])
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
    [listing] = [step for step in plan if re.search(rf"USING (COVERING )?INDEX {index}\b", step)]
    assert not before or "first_published_at<" in listing, plan
    assert not [step for step in plan if step.startswith("SCAN") and step != listing], plan
