"""Stories that say the same in several languages lead to each other while they are live."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from articles import checks, workflow
from articles.models import Article
from tests.articles.desk_forms import admin, errors_of, filled
from tests.articles.stories import NOON, text_of
from tests.factories import ArticleFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def original(clock):
    return published(headline="Ferry late", slug="ferry-late")


@pytest.fixture
def translated(original):
    return published(headline="Паром запізнюється", slug="parom", language="uk", translation_of=original)


def links(page):
    """{hreflang: address} of a page's head."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


def test_each_story_leads_to_the_others(client, settings, original, translated):
    """In its head for machines, itself among them, and as a link for readers; the lite pages to the lite ones."""
    published(headline="Prom", slug="prom", language="pl", translation_of=original)
    site = settings.SITE_URL
    expected = {
        "en-gb": f"{site}/ferry-late/",
        "uk": f"{site}/parom/",
        "pl": f"{site}/prom/",
        "x-default": f"{site}/ferry-late/",
    }
    for slug, other in [("ferry-late", "parom"), ("parom", "ferry-late"), ("prom", "parom")]:
        page = text_of(client, f"/{slug}/")
        assert links(page) == expected
        [ways] = re.findall(r'<p class="story__languages">.*?</p>', page)
        assert ways.count("<a ") == 2
        assert f'href="/{other}/"' in ways
        assert f'href="/lite/{other}/"' in text_of(client, f"/lite/{slug}/")
    assert 'lang="uk" dir="ltr" hreflang="uk" rel="alternate">Українська</a>' in text_of(
        client, "/ferry-late/"
    )


def test_only_live_stories_are_led_to(client, clock, original):
    """By the clock alone: nothing a second before, the link in the moment, nothing after the withdrawal."""
    waiting = ArticleFactory(headline="Паром", slug="parom", language="uk", translation_of=original)
    at = NOON + timedelta(hours=1)
    workflow.schedule(article=waiting, at=at, by=None)
    clock.move_to(at - timedelta(seconds=1))
    for address in ("/ferry-late/", "/lite/ferry-late/", "/sitemap-stories.xml"):
        assert "parom" not in text_of(client, address)
    clock.move_to(at)
    for address in ("/ferry-late/", "/lite/ferry-late/", "/sitemap-stories.xml"):
        assert "parom" in text_of(client, address)
    workflow.withdraw(article=original, reason="It was wrong.", by=None)
    assert links(text_of(client, "/parom/")) == {}
    assert "ferry-late" not in text_of(client, "/sitemap-stories.xml")


def test_a_storys_words_say_their_language_wherever_they_stand(client, clock):
    """And their direction: in lists of a page in the site's language, too."""
    published(headline="העבורת מאחרת", slug="ferry", language="he", standfirst="שעתיים")
    page = text_of(client, "/ferry/")
    assert '<h1 class="story__headline" lang="he" dir="rtl">' in page
    assert '<div class="prose" lang="he" dir="rtl">' in page
    for address in ("/", "/news-feed/", "/lite/"):
        assert re.search(r'<h[23][^>]* lang="he" dir="rtl"><a', text_of(client, address)), address
    published(headline="Plain", slug="plain")
    assert "lang=" not in re.search(r"<h1[^>]*>", text_of(client, "/plain/"))[0]


def test_machines_are_told_the_language(client, clock):
    """In structured data, shared links, the feeds and the sitemap of news; a feed repeats its own language nowhere."""
    published(headline="Prom", slug="prom", language="pt-br")
    page = text_of(client, "/prom/")
    assert '"inLanguage":"pt-br"' in page
    assert '<meta property="og:locale" content="pt_BR">' in page
    [item] = json.loads(text_of(client, "/feed.json"))["items"]
    assert item["language"] == "pt-br"
    assert '<entry xml:lang="pt-br">' in text_of(client, "/atom/")
    assert ">pt-br</dc:language>" in text_of(client, "/rss/")
    assert "<news:language>pt</news:language>" in text_of(client, "/news-sitemap.xml")
    workflow.withdraw(article=Article.objects.get(), reason="It was wrong.", by=None)
    published(headline="Ferry", slug="ferry")
    assert "dc:language" not in text_of(client, "/rss/")


def test_the_sitemap_names_all_languages_of_each(client, settings, original, translated):
    """Each address has the whole set, itself among them; a story without translations has none."""
    published(slug="alone")
    sitemap = text_of(client, "/sitemap-stories.xml")
    assert sitemap.count('hreflang="uk"') == sitemap.count('hreflang="en-gb"') == 2
    [alone] = [url for url in sitemap.split("<url>") if "/alone/" in url]
    assert "hreflang" not in alone


def test_no_story_stands_twice_on_the_page_of_its_translation(client, original, translated):
    """The way to the other language is its only place there."""
    assert text_of(client, "/ferry-late/").count('href="/parom/"') == 1


def test_the_desk_picks_the_story_it_is_a_translation_of(desk, original):
    """By the picker's number; a translation of a translation is refused with a sentence, and nothing is saved."""
    copy = ArticleFactory(headline="Паром", slug="parom")
    address = admin("change", copy.pk)
    desk.post(address, filled(desk, address, language="uk", translation_of=original.pk))
    copy.refresh_from_db()
    assert (copy.language, copy.translation_of) == ("uk", original)
    third = ArticleFactory(headline="Prom", slug="prom")
    address = admin("change", third.pk)
    errors, _byline = errors_of(desk.post(address, filled(desk, address, translation_of=copy.pk)))
    assert errors["translation_of"] == ["“Паром” is a translation itself. Choose the story it was made from."]
    third.refresh_from_db()
    assert third.translation_of is None


def test_two_in_one_language_are_noticed_before_publishing(original):
    """Readers would be led to one of them only."""
    copy = ArticleFactory(headline="Паром", translation_of=original)
    found = {finding.name: finding for finding in checks.report(copy, NOON)}
    assert found["language"].message.startswith("“Ferry late” says this in the same language.")
    copy.language = "uk"
    assert "language" not in {finding.name for finding in checks.report(copy, NOON)}
