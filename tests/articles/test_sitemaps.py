"""What search engines are told."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from articles import workflow
from articles.sitemaps import language_of
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
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
    assert set(index) == {
        *(f"{SITE}/sitemap-{part}.xml" for part in ("stories", "sections", "authors", "archive")),
        f"{SITE}/news-sitemap.xml",
    }
    for address in index:
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_robots_txt_names_the_sitemap_and_keeps_robots_off_the_desk(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert f"Sitemap: {SITE}/news-sitemap.xml" in lines
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
    for address in ("/sitemap.xml", "/sitemap-stories.xml", "/news-sitemap.xml"):
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
    """The index only counts and looks for months: it reads no story."""
    for _number in range(20):
        published()
    with django_assert_num_queries(3):
        client.get("/sitemap-stories.xml")
    with django_assert_num_queries(6) as queries:
        client.get("/sitemap.xml")
    counting = [query["sql"] for query in queries if "first_published_at" in query["sql"]]
    assert not [sql for sql in counting if not any(word in sql for word in ("COUNT", "LIMIT 1", "EXISTS"))]


def test_the_archive_stands_with_its_months(client):
    """Those with a live story, in the newsroom's zone."""
    published(at=datetime(2026, 2, 3, tzinfo=UTC))
    ArticleFactory()
    assert set(entries(client, "/sitemap-archive.xml")) == {f"{SITE}/archive/2026/02/"}


# --- News ---------------------------------------------------------------------------------------------------


def news(client):
    """[(address, publication's name, language, date, title)] of the sitemap of news."""
    response = client.get("/news-sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own bytes)
    return [
        (
            entry.findtext(f"{XML}loc"),
            *(entry.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}{name}") for name in ("name", "language")),
            *(entry.findtext(f"{NEWS}news/{NEWS}{name}") for name in ("publication_date", "title")),
        )
        for entry in tree.findall(f"{XML}url")
    ]


def test_news_says_who_publishes_what_when_in_which_language(client, settings):
    settings.SITE_NAME = "Tide & Time"
    published(at=NOON - timedelta(hours=1), slug="ferry", headline="Ferry <late>\x0b again")
    date = "2026-05-04T11:00:00+00:00"
    assert news(client) == [(f"{SITE}/ferry/", "Tide & Time", "en", date, "Ferry <late>  again")]


def test_news_is_two_days_old_at_most(client, noon):
    """To the second, by the first publication: an update makes no old story news again."""
    published(at=NOON - timedelta(days=2), slug="old")
    fresh = published(at=NOON - timedelta(days=2) + timedelta(seconds=1), slug="fresh")
    published(at=NOON - timedelta(hours=1), slug="newest")
    fresh.refresh_from_db()
    fresh.standfirst = "Changed"
    workflow.save(article=fresh, by=None)
    workflow.publish(article=fresh, by=None, kind="update")
    assert [entry[0] for entry in news(client)] == [f"{SITE}/newest/", f"{SITE}/fresh/"]
    noon.shift(timedelta(seconds=1))
    assert [entry[0] for entry in news(client)] == [f"{SITE}/newest/"]


def test_news_is_live_only(client):
    ArticleFactory(slug="draft")
    workflow.schedule(article=ArticleFactory(slug="tomorrow"), at=NOON + timedelta(days=1), by=None)
    workflow.withdraw(article=published(slug="withdrawn"), reason="It was wrong.", by=None)
    assert news(client) == []


def test_news_has_no_more_than_search_engines_read(client, monkeypatch, django_assert_num_queries):
    """The newest, in one query beside that for the name of the paper."""
    monkeypatch.setattr("articles.sitemaps.NEWS_LIMIT", 3)
    for number in range(5):
        published(at=NOON - timedelta(hours=number + 1), slug=f"story-{number}")
    with django_assert_num_queries(2):
        entries = news(client)
    assert [entry[0] for entry in entries] == [f"{SITE}/story-{number}/" for number in range(3)]


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en-gb", "en"),
        ("de", "de"),
        ("fr-ca", "fr"),
        ("zh-hans", "zh-cn"),
        ("zh-hant", "zh-tw"),
        ("PT-BR", "pt"),
    ],
)
def test_news_names_the_language_as_its_readers_do(code, language):
    assert language_of(code) == language


def test_a_story_whose_original_is_elsewhere_is_in_no_sitemap(client):
    """Neither in the one of all stories, nor among news, nor as another language of a story that is there."""
    ours = published(slug="ours")
    published(slug="theirs", language="uk", translation_of=ours, canonical_url="https://first.example/theirs")
    assert set(entries(client, "/sitemap-stories.xml")) == {f"{SITE}/ours/"}
    assert set(entries(client, "/news-sitemap.xml")) == {f"{SITE}/ours/"}
    assert b"theirs" not in client.get("/sitemap-stories.xml").content
