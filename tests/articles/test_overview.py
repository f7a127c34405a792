"""What goes live when: the desk's next fortnight, hour by hour in the newsroom's zone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import arranging, workflow
from tests.articles.arrangements import arrange, save
from tests.factories import ArticleFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
PAGE = reverse("admin:articles_article_overview")


@pytest.fixture(autouse=True)
def october(settings):
    """The afternoon before the clocks go back in London."""
    settings.TIME_ZONE = "Europe/London"
    timezone.get_default_timezone.cache_clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
    timezone.get_default_timezone.cache_clear()


def at(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def lines(desk):
    """[(day, hour, what, headline)] as the page has them."""
    return [
        (day, hour, event.words, event.headline)
        for day, hours in desk.get(PAGE).context["days"]
        for hour, events in hours
        for event in events
    ]


def schedule(headline, moment, **options):
    article = ArticleFactory(headline=headline)
    workflow.schedule(article=article, at=moment, by=None, **options)
    return article


def test_arrangements_and_the_end_of_a_bar_stand_there_too(desk):
    """Each leads to the desk's page of it. A bar whose arrangement is over before is not named."""
    live, town = published(headline="Live"), SectionFactory(name="Town", slug="town")
    arrange(breaking=[live], breaking_until=at(24, 14))
    save(breaking=[live], breaking_until=at(26, 14))
    arranging.schedule(at=at(25, 9), by=None)
    save(section=town, top=[live])
    arranging.schedule(section=town, at=at(26, 9), by=None)
    save(lead=[live])
    assert [(hour, what, headline) for _day, hour, what, headline in lines(desk)] == [
        ("15:00", "The bar with breaking news ends", "Front page"),
        ("09:00", "New arrangement", "Front page"),
        ("09:00", "New arrangement", "Town"),
        ("14:00", "The bar with breaking news ends", "Front page"),
    ]
    assert reverse("admin:arrange_section", args=["town"]) in desk.get(PAGE).content.decode()


def test_everything_the_clock_will_do_stands_in_order(desk):
    """First publications, changes, ends and embargo ends, by day and hour of the newsroom's clocks."""
    schedule("New", at(24, 14, 30))
    live = published(headline="Live")
    workflow.schedule(article=live, at=at(26, 9), by=None, kind="update")
    ending = published(headline="Ending")
    workflow.expire(article=ending, at=at(24, 13, 59), by=None)
    ArticleFactory(headline="Held back", embargo=at(24, 14))
    assert lines(desk) == [
        ("Today, Saturday 24 October 2026", "14:00", "Leaves the site", "Ending"),
        ("Today, Saturday 24 October 2026", "15:00", "Embargo ends", "Held back"),
        ("Today, Saturday 24 October 2026", "15:00", "First publication", "New"),
        ("Monday 26 October 2026", "09:00", "Update", "Live"),
    ]


def test_a_version_that_another_follows_does_not_leave(desk):
    """A live story with a scheduled update has no end: readers always see one of the two."""
    live = published(headline="Live")
    workflow.schedule(article=live, at=at(26, 9), by=None, kind="typo")
    assert [line[2] for line in lines(desk)] == ["Typo"]


def test_a_scheduled_story_with_an_end_stands_there_twice(desk):
    """It comes and it goes; both can be moved."""
    article = schedule("Short", at(25, 9))
    workflow.expire(article=article, at=at(25, 18), by=None)
    assert [line[2] for line in lines(desk)] == ["First publication", "Leaves the site"]
    page = desk.get(PAGE).content.decode()
    for name in ("move", "cancel", "expire", "change"):
        assert reverse(f"admin:articles_article_{name}", args=[article.pk]) in page


def test_the_two_hours_of_a_clock_change_stay_two(desk):
    """01:30 summer time and 01:30 winter time are an hour apart and say so."""
    schedule("Sooner", at(25, 0, 30))
    schedule("Later", at(25, 1, 30))
    assert [(hour, headline) for _day, hour, _what, headline in lines(desk)] == [
        ("01:00 UTC+1", "Sooner"),
        ("01:00 UTC+0", "Later"),
    ]
    page = desk.get(PAGE).content.decode()
    assert "01:30 BST" in page
    assert "01:30 GMT" in page


def test_only_the_next_fortnight(desk):
    """What is past, and what lies beyond fourteen days, is not there; the last moment is."""
    end = NOW + timedelta(days=14)
    schedule("Last", end)
    schedule("Beyond", end + timedelta(seconds=1))
    published(headline="Past")
    ArticleFactory(embargo=NOW)
    assert [line[3] for line in lines(desk)] == ["Last"]


def test_an_empty_fortnight_says_so(desk):
    """No table without rows: a sentence and a way on."""
    assert "Nothing is scheduled for the next 14 days." in desk.get(PAGE).content.decode()


def test_the_queries_do_not_grow_with_the_schedule(desk, django_assert_num_queries):
    """Session, person, two for permissions, two for the events: with one story as with twenty."""
    schedule("One", at(25, 9))
    desk.get(PAGE)  # a session's first request writes when it began
    with django_assert_num_queries(7):
        desk.get(PAGE)
    for number in range(20):
        schedule(f"Story {number}", at(25, 10, number))
        ArticleFactory(embargo=at(26, 10, number))
    with django_assert_num_queries(7):
        assert desk.get(PAGE).content.decode().count("First publication") == 21


def test_a_reporter_reads_it_and_moves_nothing(client, person):
    """Who may not publish sees the plan without the ways to change it; who sees no stories sees no plan."""
    article = schedule("New", at(25, 9))
    client.force_login(person("Reporter"))
    page = client.get(PAGE).content.decode()
    assert "New" in page
    assert reverse("admin:articles_article_move", args=[article.pk]) not in page
    client.force_login(person("Profile keeper"))
    assert client.get(PAGE).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_list_and_the_front_page_of_the_desk_lead_there(desk):
    """One click from where the day begins."""
    for name in ("admin:index", "admin:articles_article_changelist"):
        assert PAGE in desk.get(reverse(name)).content.decode()
