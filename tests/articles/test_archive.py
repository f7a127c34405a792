"""The archive by month, in the newsroom's zone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import workflow
from articles.archive import Month, month_of, months
from tests.factories import ArticleFactory, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_tokyo(settings):
    settings.TIME_ZONE = "Asia/Tokyo"  # nine hours ahead
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


def headlines(answer):
    return [story.headline for story in answer.context["page"].stories]


def test_the_index_has_the_months_with_live_stories(client):
    """By year, the newest first; gaps, drafts, schedules and what is gone are no months."""
    for year, month in ((2026, 4), (2026, 2), (2024, 12)):
        published(at=datetime(year, month, 3, tzinfo=UTC))
    workflow.withdraw(article=published(at=datetime(2025, 7, 1, tzinfo=UTC)), reason="Wrong.", by=None)
    workflow.schedule(article=ArticleFactory(), at=NOON + timedelta(days=40), by=None)
    ArticleFactory()
    assert months(NOON) == [Month(2026, 4), Month(2026, 2), Month(2024, 12)]
    answer = client.get("/archive/")
    assert list(answer.context["years"]) == [2026, 2024]
    assertContains(
        answer,
        '<a href="/archive/2026/02/">February<span class="visually-hidden"> 2026</span></a>',
        html=True,
    )
    assertNotContains(answer, "/archive/2026/03/")


def test_without_stories_there_are_no_months(client):
    assertContains(client.get("/archive/"), "The first story will stand here.")


def test_a_month_begins_and_ends_in_the_newsrooms_zone(client, in_tokyo):
    """A minute before its first midnight is another month; the index agrees."""
    published(at=datetime(2026, 2, 28, 14, 59, tzinfo=UTC), headline="28 February")
    published(at=datetime(2026, 2, 28, 15, 0, tzinfo=UTC), headline="1 March")
    published(at=datetime(2026, 3, 31, 14, 59, tzinfo=UTC), headline="31 March")
    published(at=datetime(2026, 3, 31, 15, 0, tzinfo=UTC), headline="1 April")
    assert headlines(client.get("/archive/2026/03/")) == ["31 March", "1 March"]
    assert months(NOON) == [Month(2026, 4), Month(2026, 3), Month(2026, 2)]


def test_a_month_leads_to_its_neighbours_over_a_gap(client):
    """The nearest months with a live story, not the next of the calendar."""
    for month in (1, 3, 4):
        published(at=datetime(2026, month, 3, tzinfo=UTC))
    answer = client.get("/archive/2026/03/")
    assertContains(answer, '<a href="/archive/2026/01/" rel="prev">January 2026</a>', html=True)
    assertContains(answer, '<a href="/archive/2026/04/" rel="next">April 2026</a>', html=True)
    assertContains(answer, '<link rel="canonical" href="http')


def test_a_month_without_stories_says_so_and_leads_on(client):
    """404, with the months beside it."""
    published(at=datetime(2026, 1, 3, tzinfo=UTC))
    published(at=datetime(2026, 4, 3, tzinfo=UTC))
    answer = client.get("/archive/2026/02/")
    assertContains(answer, "No stories from February 2026", status_code=404)
    for address in ("/archive/2026/01/", "/archive/2026/04/", "/archive/"):
        assertContains(answer, f'href="{address}"', status_code=404)


@pytest.mark.parametrize(
    "address", ["2026/13", "2026/00", "0000/01", "0001/01", "9999/12", "2026/5", "26/05"]
)
def test_what_is_no_month_is_no_page(client, address):
    """Nor is another way to write one; the ends of all calendars included."""
    published(at=datetime(2026, 5, 3, tzinfo=UTC))
    assert client.get(f"/archive/{address}/").status_code == 404


def test_the_limits_of_months():
    assert month_of(2026, 12).next == Month(2027, 1)
    assert month_of(9999, 1) is None


def test_pages_of_a_month_follow_each_other(client):
    """By cursor, within the month."""
    for number in range(25):
        published(at=datetime(2026, 4, 3, tzinfo=UTC) + timedelta(hours=number), headline=f"N {number}")
    published(at=datetime(2026, 3, 30, tzinfo=UTC))
    first = client.get("/archive/2026/04/")
    second = client.get(f"/archive/2026/04/?before={first.context['page'].next_cursor}")
    assert headlines(first) + headlines(second) == [f"N {number}" for number in range(24, -1, -1)]
    assertContains(second, '<meta name="robots" content="noindex, follow">')


def test_the_pages_cost_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    """Eight queries at most, for one month and for thirty, one story and thirty."""
    for number in range(30):
        if number in (1, 29):
            for address in ("/archive/", "/archive/2026/04/"):
                with django_assert_max_num_queries(8):
                    assert client.get(address).status_code == 200
        published(at=datetime(2026, 4, 3, tzinfo=UTC) - timedelta(days=30 * number))
        published(at=datetime(2026, 4, 4, tzinfo=UTC) + timedelta(hours=number))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL plans by what the tables hold")
def test_no_question_of_the_archive_sorts_the_stories(client):
    """An index gives the first and the last of them."""
    published(slug="rain")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/archive/").status_code == 200
    ordered = [query["sql"] for query in asked if "ORDER BY 1" in query["sql"]]
    assert len(ordered) == 2
    with connection.cursor() as cursor:
        for sql in ordered:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            assert "TEMP B-TREE" not in str(cursor.fetchall())
