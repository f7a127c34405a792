"""Corrections in public, and the stories that the desk should look at again because of one."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import workflow
from articles.corrections import page_of_corrections
from articles.models import VersionCard
from log.models import Entry
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


def text_of_page(client):
    """The story's page without its head, where machines read the notes."""
    return client.get("/boats/").content.decode().partition("<main")[2]


def test_the_desk_says_where_a_note_shows(clock, client, desk, settings):
    """Above the text for what is serious, below it otherwise; the page of all and its feed lead to each."""
    settings.CHECK_LEVELS = {"standfirst": "off", "tags": "off"}
    article = published(slug="boats", body="<p>Five boats sank.</p>")
    address = reverse("admin:articles_article_publish", args=[article.pk])
    for text, answer in {"Five, not four.": {"placement": "above"}, "On Monday.": {}}.items():
        clock.shift(timedelta(minutes=1))
        workflow.save(article=article, by=None)
        desk.post(address, {"kind": "correction", "correction": text, **answer})
    page = text_of_page(client)
    assert page.index("Five, not four.") < page.index("<p>Five boats sank.") < page.index("On Monday.")
    assert page.index('href="#corrections-below"') < page.index('id="corrections-above"'), "to the newest"
    for note in article.corrections.all():
        assert f'id="correction-{note.pk}"' in page
        for listed in ("/corrections/", "/corrections/rss/"):
            assertContains(client.get(listed), f"/boats/#correction-{note.pk}")
    clock.shift(timedelta(minutes=1))
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="typo")
    again = text_of_page(client)
    assert again.index("Five, not four.") < again.index("<p>Five boats sank.") < again.index("On Monday.")


def test_an_unknown_place_is_refused_and_no_note_moves(clock, desk):
    """By a sentence at the question, by the model, and by the database."""
    article = corrected(clock)
    workflow.save(article=article, by=None)
    address = reverse("admin:articles_article_publish", args=[article.pk])
    answer = {"kind": "correction", "correction": "Again.", "placement": "inside"}
    assert "placement" in desk.post(address, answer).context["form"].errors
    note = article.corrections.get()
    note.placement = "above"
    with pytest.raises(TypeError, match="never changes"):
        note.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        article.corrections.update(placement="left")


def test_the_log_says_when_a_note_stands_above_the_text(clock, db):
    """What was typed into the field and then not chosen is not in it."""
    article = published()
    for kind, placement in [("correction", "above"), ("correction", "below"), ("typo", "above")]:
        clock.shift(timedelta(minutes=1))
        workflow.save(article=article, by=None)
        workflow.publish(article=article, by=None, kind=kind, correction=f"{placement}.", placement=placement)
    words = Entry.objects.filter(kind="story.published").order_by("pk").values_list("text", flat=True)
    assert list(words)[1:] == ["Correction above the text: above.", "Correction: below.", "Typo"]


# --- The preview of a publication ---------------------------------------------------------------------------


def previewed(desk, article, **answer):
    """The preview from the page that publishes: its StoryPage and its HTML."""
    address = reverse("admin:articles_article_publish", args=[article.pk])
    response = desk.post(address, {"_preview": "", **answer})
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


def test_the_preview_shows_the_note_where_it_will_stand(clock, desk):
    """Dated now, above or below the text, before anything is written."""
    article = published(body="<p>Five boats sank.</p>")
    workflow.save(article=article, by=None)
    for placement, order in {"above": 1, "below": -1}.items():
        answer = {"kind": "correction", "correction": "Five, not four.", "placement": placement}
        _page, html = previewed(desk, article, **answer)
        first, second = ["Five, not four.", "Five boats sank."][::order]
        assert html.index(first) < html.index(second)
        assert f'id="corrections-{placement}"' in html
    assert article.versions.count() == 1
    assert not article.corrections.exists()


@pytest.mark.parametrize(
    ("kind", "moved"), [("", False), ("typo", False), ("update", True), ("correction", True)]
)
@pytest.mark.parametrize("known", [False, True])
def test_the_preview_moves_the_time_that_the_kind_moves(kind, moved, known, clock, desk):
    """“Updated” is now for an update and a correction; a typo, and a question not answered yet, leave what was."""
    article = published(at=NOON - timedelta(hours=2))
    before = None
    if known:
        workflow.save(article=article, by=None)
        before = workflow.publish(article=article, by=None, kind="update").updated_at
    clock.shift(timedelta(hours=1))
    workflow.save(article=article, by=None)
    page, html = previewed(desk, article, kind=kind, correction="It was five.")
    assert page.story.updated_at == (timezone.now() if moved else before)
    assert page.story.first_published_at == NOON - timedelta(hours=2)
    assert ("It was five." in html) == (kind == "correction")


def test_the_preview_of_a_schedule_claims_no_time_to_come(clock, desk):
    """Neither that of the schedule that is asked about, nor that of one that there is already."""
    article = published()
    workflow.save(article=article, by=None)
    workflow.schedule(article=article, at=NOON + timedelta(hours=3), kind="update", by=None)
    workflow.save(article=article, by=None)
    address = reverse("admin:articles_article_schedule", args=[article.pk])
    answer = {"_preview": "", "kind": "update", "at_0": "02/03/2026", "at_1": "18:00:00"}
    assert desk.post(address, answer).context["page"].story.updated_at == NOON
    assert previewed(desk, article, kind="typo")[0].story.updated_at is None
    plain = reverse("admin:articles_article_preview", args=[article.pk])
    assert desk.get(plain).context["page"].story.updated_at is None
    assert not article.versions.filter(article_version=article.version).exists()


def test_a_story_before_its_first_publication_is_previewed_without_an_updated_time(clock, desk):
    """Its page would say Published, with the time of the look."""
    article = ArticleFactory()
    page, html = previewed(desk, article)
    assert (page.story.first_published_at, page.story.updated_at) == (NOON, None)
    assert "Updated" not in html


# --- The page of all ------------------------------------------------------------------------------------------


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


# --- Who quotes a corrected story ------------------------------------------------------------------------------


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
