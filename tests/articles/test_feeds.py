"""RSS: what a reader's program gets."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
import time_machine

from articles import workflow
from articles.feeds import FEED_SIZE
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"
ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture(autouse=True)
def noon(settings):
    """It is noon, and the site is known under its own name."""
    settings.SITE_URL = SITE
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def channel_of(client, address="/rss/", **extra):
    response = client.get(address, **extra)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")  # noqa: S314 (our own bytes)


def titles(client, address="/rss/"):
    return [item.findtext("title") for item in channel_of(client, address).findall("item")]


def test_an_item_has_what_a_reader_needs(client):
    """Headline, excerpt, full address, time, names, section and picture."""
    image = ImageFactory()
    published(
        at=NOON - timedelta(hours=1),
        headline="Ferry & tide",
        slug="ferry",
        standfirst="An hour <late>.",
        section=SectionFactory(name="Harbour", slug="harbour"),
        authors=[AuthorFactory(name="Mara Venn"), AuthorFactory(name="Tobias Hale")],
        lead_image=image,
    )
    [item] = channel_of(client).findall("item")
    assert item.findtext("title") == "Ferry & tide"
    assert item.findtext("description") == "An hour <late>."
    assert item.findtext("link") == f"{SITE}/ferry/"
    assert parsedate_to_datetime(item.findtext("pubDate")) == NOON - timedelta(hours=1)
    assert item.findtext("category") == "Harbour"
    assert item.findtext(CREATOR) == "Mara Venn, Tobias Hale"
    assert item.find("enclosure").attrib == {
        "url": f"{SITE}/uploads/renditions/00/{image.sha256[-32:]}.jpg",
        "length": "0",
        "type": "image/jpeg",
    }


def test_a_story_without_a_picture_has_no_enclosure(client):
    published()
    assert channel_of(client).find("item/enclosure") is None


def test_a_story_keeps_its_identity_when_its_address_changes(client):
    """A reader's program must not show it twice."""
    article = published(at=NOON - timedelta(hours=1), slug="old")
    before = channel_of(client).find("item/guid")
    article.slug = "new"
    article.save()
    workflow.publish(article=article, by=None, kind="update")
    item = channel_of(client).find("item")
    assert item.findtext("link") == f"{SITE}/new/"
    assert item.find("guid").text == before.text
    assert before.attrib == {"isPermaLink": "false"}


def test_every_address_comes_from_the_settings(client):
    """Never from the Host header of whoever asks: the feed is kept by caches."""
    published(headline="Ferry late", tags=["ferry"], lead_image=ImageFactory())
    for address in ("/rss/", "/tag/ferry/rss/"):
        content = client.get(address, headers={"host": "evil.example"}).content
        assert b"evil.example" not in content
        assert b"127.0.0.1" not in content
        assert b"http://testserver" not in content


@pytest.mark.parametrize(
    ("address", "page", "title"),
    [
        ("/rss/", "/", "The Tidewick Lantern"),
        ("/section/harbour/rss/", "/section/harbour/", "The Tidewick Lantern: Harbour"),
        ("/tag/ferry/rss/", "/tag/ferry/", "The Tidewick Lantern: ferry"),
        ("/author/mara-venn/rss/", "/author/mara-venn/", "The Tidewick Lantern: Mara Venn"),
    ],
)
def test_each_feed_has_its_own_stories_and_says_whose_it_is(client, settings, address, page, title):
    settings.SITE_NAME = "The Tidewick Lantern"
    harbour = SectionFactory(name="Harbour", slug="harbour", description="Boats & tides.")
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn")
    published(headline="Both", section=harbour, authors=[mara], tags=["ferry"])
    published(headline="Neither")
    channel = channel_of(client, address)
    assert channel.findtext("title") == title
    assert channel.findtext("link") == f"{SITE}{page}"
    assert channel.find(f"{ATOM}link").attrib["href"] == f"{SITE}{address}"
    expected = ["Neither", "Both"] if address == "/rss/" else ["Both"]
    assert titles(client, address) == expected


@pytest.mark.parametrize("part", ["section", "tag", "author"])
def test_there_is_no_feed_without_a_story(client, part):
    assert client.get(f"/{part}/nothing/rss/").status_code == 404


def test_a_feed_is_the_newest_stories_in_order(client):
    """So many and no more, newest first publication first."""
    for number in range(FEED_SIZE + 3):
        published(at=NOON - timedelta(minutes=number + 1), headline=f"Story {number}")
    assert titles(client) == [f"Story {number}" for number in range(FEED_SIZE)]


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_a_pasted_control_character_does_not_take_the_feed_away(client, character):
    """XML has no way to write it; the words around it are there."""
    strange = f"Ferry{character}late"
    published(
        headline=strange,
        slug="ferry",
        standfirst=strange,
        section=SectionFactory(name=strange, slug="strange", description=strange),
        authors=[AuthorFactory(name=strange)],
    )
    assert titles(client) == ["Ferry late"]
    channel = channel_of(client, "/section/strange/rss/")
    assert channel.findtext("description") == "Ferry late"
    assert channel.findtext("item/description") == "Ferry late"
    assert channel.findtext("item/category") == "Ferry late"
