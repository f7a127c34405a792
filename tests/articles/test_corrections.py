"""Corrections in public, and the stories that the desk should look at again because of one."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import workflow
from articles.corrections import page_of_corrections
from articles.models import VersionCard
from tests.factories import ArticleFactory, published

NOON = timezone.datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())
CARD = '<div data-block="related-card" data-id="{}"></div>'


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def corrected(clock, text="It was five boats, not four.", *, at=None, **fields):
    article = published(**fields)
    clock.shift(timedelta(minutes=1))
    workflow.correct(article=article, text=text, by=None, at=at)
    return article


def test_a_correction_stands_on_the_page_with_its_story(clock, client, db):
    """Headline of today, linked to the note below the story, with the date and the text."""
    article = corrected(clock, headline="Four boats sank", slug="boats")
    number = article.corrections.get().pk
    answer = client.get("/corrections/")
    assertContains(answer, f'<a href="/boats/#correction-{number}">Four boats sank</a>', html=True)
    assertContains(answer, "It was five boats, not four.")
    assertContains(answer, 'datetime="2026-03-02T12:01:00')
    assertContains(client.get("/boats/"), f'id="correction-{number}"')


def test_a_correction_to_come_is_not_public(clock, client, db):
    """A scheduled correction appears on the page and in the feed when its version begins, not before."""
    corrected(clock, at=NOON + timedelta(hours=1))
    for address in ("/corrections/", "/corrections/rss/"):
        assertNotContains(client.get(address), "five boats")
    clock.move_to(NOON + timedelta(hours=1))
    for address in ("/corrections/", "/corrections/rss/"):
        assertContains(client.get(address), "five boats")


def test_a_withdrawn_story_takes_its_corrections_along(clock, client, db):
    """Readers are not pointed at a story that is gone."""
    article = corrected(clock)
    clock.shift(timedelta(minutes=1))
    workflow.withdraw(article=article, reason="Wrong from the start.", by=None)
    answer = client.get("/corrections/")
    assertNotContains(answer, "five boats")
    assertContains(answer, "Nothing had to be corrected yet.")


def test_the_page_costs_the_same_for_one_and_for_many(clock, client, db, django_assert_max_num_queries):
    """Eight queries at most, whether one correction stands there or thirty."""
    for number in range(30):
        if number in (1, 29):
            with django_assert_max_num_queries(8):
                assert client.get("/corrections/").status_code == 200
        corrected(clock)


def test_pages_follow_each_other_without_gap(clock, db):
    """By cursor: every correction once, newest first, two of one story and two of one minute included."""
    first = corrected(clock, "One.")
    workflow.correct(article=first, text="Two, at the same moment.", by=None)
    for number in range(5):
        corrected(clock, f"More {number}.")
    seen, before = [], ""
    while True:
        page = page_of_corrections(timezone.now(), before=before, size=3)
        seen += [correction.text for correction in page.stories]
        if not (before := page.next_cursor):
            break
    assert seen == ["More 4.", "More 3.", "More 2.", "More 1.", "More 0.", "Two, at the same moment.", "One."]


def test_a_broken_cursor_shows_the_first_page(clock, client, db):
    """Whatever stands in the address, the page answers with the newest."""
    corrected(clock)
    for before in ("x", "-", "1" * 40, "²-1"):
        assertContains(client.get("/corrections/", {"before": before}), "five boats")


def test_the_feed_tells_each_correction_once(clock, client, db):
    """An item has the story's headline, the text, a lasting id and the way to the note."""
    article = corrected(clock, headline="Four boats sank", slug="boats")
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="typo")
    feed = ElementTree.fromstring(client.get("/corrections/rss/").content)  # noqa: S314 (our own feed)
    items = feed.findall("channel/item")
    number = article.corrections.get().pk
    assert len(items) == 1
    assert items[0].findtext("title") == "Four boats sank"
    assert items[0].findtext("description") == "It was five boats, not four."
    assert items[0].findtext("guid").endswith(f"#correction-{number}")
    assert items[0].findtext("link").endswith(f"/boats/#correction-{number}")


def test_the_footer_leads_to_the_corrections(client, db):
    """Every page of the paper has the link."""
    assertContains(client.get("/"), '<a href="/corrections/">Corrections</a>', html=True)


def quoted(desk):
    """The headlines under the filter of the article list."""
    answer = desk.get(reverse("admin:articles_article_changelist"), {"quotes": "corrected"})
    return [article.headline for article in answer.context["cl"].result_list]


def test_a_story_that_quotes_a_corrected_one_is_shown_to_the_desk(clock, desk):
    """It stands in the filter, and its form says what was corrected, until it is published again."""
    target = published(headline="Four boats sank")
    story = published(headline="What we know", body=f"<p>Four boats.</p>{CARD.format(target.pk)}")
    published(headline="Bystander")
    assert quoted(desk) == []
    clock.shift(timedelta(minutes=1))
    workflow.correct(article=target, text="It was five boats.", by=None)
    assert quoted(desk) == ["What we know"]
    assertContains(desk.get(reverse("admin:index")), "Quotes a corrected story")
    form = reverse("admin:articles_article_change", args=[story.pk])
    assertContains(desk.get(form), "It was five boats.")
    clock.shift(timedelta(minutes=1))
    workflow.save(article=story, by=None)
    workflow.publish(article=story, by=None, kind="update")
    assert quoted(desk) == []
    assertNotContains(desk.get(form), "It was five boats.")


def test_a_story_published_after_the_correction_knows_it(clock, desk):
    """Who quotes the corrected words has nothing to look at again; nor has a correction that is still to come."""
    target = corrected(clock)
    clock.shift(timedelta(minutes=1))
    published(headline="Later", body=f"<p>Five boats.</p>{CARD.format(target.pk)}")
    workflow.correct(article=target, text="Six.", by=None, at=timezone.now() + timedelta(minutes=30))
    assert quoted(desk) == []
    clock.shift(timedelta(minutes=30))
    assert quoted(desk) == ["Later"]


def test_the_cards_of_a_version_are_listed_at_publication(clock, db):
    """Each story once; a card of a story that does not exist is left out."""
    target = ArticleFactory()
    body = f"<p>Words.</p>{CARD.format(target.pk)}{CARD.format(target.pk)}{CARD.format(98765)}"
    story = published(body=body)
    assert list(VersionCard.objects.values_list("version__article", "article")) == [(story.pk, target.pk)]
