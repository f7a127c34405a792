"""What search engines are told."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from articles import workflow
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def noon(settings):
    settings.SITE_URL = SITE
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def entries(client, address):
    """{address: last change} of a sitemap or of the index of sitemaps."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own bytes)
    return {entry.findtext(f"{XML}loc"): entry.findtext(f"{XML}lastmod") for entry in tree}


def test_the_index_leads_to_every_part(client):
    published()
    index = entries(client, "/sitemap.xml")
    assert set(index) == {f"{SITE}/sitemap-{part}.xml" for part in ("stories", "sections", "authors")}
    for address in index:
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_robots_txt_names_the_sitemap_and_keeps_robots_off_the_desk(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines


def test_stories_stand_with_the_time_that_readers_see(client):
    """A typo does not move it, an update does; what is not live is not there."""
    for kind in ("typo", "update"):
        article = published(at=NOON - timedelta(days=1), slug=f"with-{kind}")
        article.standfirst = "Changed"
        article.save()
        workflow.publish(article=article, by=None, kind=kind)
    ArticleFactory(slug="draft")
    workflow.schedule(article=ArticleFactory(slug="tomorrow"), at=NOON + timedelta(days=1), by=None)
    workflow.withdraw(article=published(slug="withdrawn"), reason="It was wrong.", by=None)
    assert entries(client, "/sitemap-stories.xml") == {
        f"{SITE}/with-typo/": "2026-05-03",
        f"{SITE}/with-update/": "2026-05-04",
    }


def test_sections_and_authors_stand_once_and_only_with_a_live_story(client):
    """However many stories they have."""
    mara, harbour = AuthorFactory(slug="mara-venn"), SectionFactory(name="Harbour", slug="harbour")
    for _number in range(3):
        published(section=harbour, authors=[mara])
    published(authors=[mara])
    ArticleFactory(section=SectionFactory(name="Weather", slug="weather"), authors=[AuthorFactory()])
    assert set(entries(client, "/sitemap-sections.xml")) == {f"{SITE}/section/harbour/", f"{SITE}/news-feed/"}
    assert set(entries(client, "/sitemap-authors.xml")) == {f"{SITE}/author/mara-venn/"}


def test_addresses_come_from_the_settings(client):
    """Never from the Host header of whoever asks."""
    published(slug="ferry")
    for address in ("/sitemap.xml", "/sitemap-stories.xml"):
        assert b"evil.example" not in client.get(address, headers={"host": "evil.example"}).content


def test_a_large_archive_is_split(client, monkeypatch):
    """Each part stays below the limit, and the index names all of them."""
    monkeypatch.setattr("articles.sitemaps._SiteSitemap.limit", 2)
    for number in range(5):
        published(slug=f"story-{number}")
    pages = [address for address in entries(client, "/sitemap.xml") if "stories" in address]
    found = [entry for page in pages for entry in entries(client, page.removeprefix(SITE))]
    assert sorted(found) == [f"{SITE}/story-{number}/" for number in range(5)]
    assert client.get("/sitemap-stories.xml?p=9").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_sitemaps_cost_the_same_for_one_story_and_twenty(client, django_assert_num_queries):
    """The index only counts: it reads no story."""
    for _number in range(20):
        published()
    with django_assert_num_queries(2):
        client.get("/sitemap-stories.xml")
    with django_assert_num_queries(3) as queries:
        client.get("/sitemap.xml")
    counting = [query["sql"] for query in queries if "first_published_at" in query["sql"]]
    assert not [sql for sql in counting if "COUNT" not in sql]
