"""A newsroom in Ukrainian: no word of ours is left in English, on readers' pages, in feeds or on the desk."""

import html
import re
import runpy
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from django.utils import translation

from articles import workflow
from tests.factories import (
    AuthorFactory,
    ImageFactory,
    SectionFactory,
    figure,
    gallery,
    published,
    related_card,
)
from tests.test_access_matrix import address_in, desk_addresses, one_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOW = datetime(2026, 11, 28, 12, 5, tzinfo=UTC)
#: Names of formats, zones and programs: the same in every language.
NAMES = {"RSS", "Atom", "JSON", "Feed", "EET", "Vimeo", "CSV", "JavaScript", "lines"}


class Words(HTMLParser):
    """The words of a page that somebody sees or hears."""

    def __init__(self):
        super().__init__()
        self.found, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style")
        heard = ("aria-label", "title", "placeholder", "alt")
        self.found += [value for name, value in attributes if name in heard and value]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


def english_in(page):
    """The words in Latin letters that a page shows; addresses in it are no words."""
    words = Words()
    words.feed(page)
    text = re.sub(r"\S+[/@]\S*", " ", " ".join(words.found))
    return set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES


def sentences():
    """Every sentence of ours that is said differently in Ukrainian; single words may stand in an address."""
    tool = runpy.run_path(str(Path(__file__).parent.parent / "scripts" / "messages.py"))
    for message in tool["read"]("uk"):
        for form in message.id if message.pluralizable else [message.id]:
            if " " in form and not re.search(r"%\(|%s|\{", form) and form not in message.string:
                yield form


@pytest.fixture
def newsroom(settings):
    """Stories, an author, pictures and a correction, none of whose words are English, at five past two in Kyiv."""
    settings.LANGUAGE_CODE, settings.TIME_ZONE = "uk", "Europe/Kyiv"
    settings.SITE_NAME, settings.SITE_TAGLINE = "Ліхтар", "Новини з лиману"
    with time_machine.travel(NOW, tick=False), translation.override("uk"):
        section = SectionFactory(name="Порт", slug="port", in_news_feed=True, description="Усе про порт.")
        words = {"alt_text": "Човни біля причалу", "caption": "Човни", "credit": "Арда Приклад/Агенція"}
        ina = AuthorFactory(name="Інес Кальдер", slug="ines", role="редакторка", biography="Пише про море.")
        borys = AuthorFactory(name="Борис Венн", slug="borys", role="репортер")
        other = published(
            headline="Пором запізнився", slug="porom", section=section, authors=[ina], body="<p>Слово.</p>"
        )
        body = (
            f"<p>Слово.</p>{figure(ImageFactory(**words))}{related_card(other)}"
            f"{gallery(figure(ImageFactory(**words)), figure(ImageFactory(**words)))}"
            '<div data-block="embed" data-url="https://vimeo.com/1" data-title="Брама"></div>'
        )
        story = published(
            headline="Порт відкрито",
            slug="vidkryto",
            section=section,
            authors=[ina, borys],
            tags=["гавань"],
            standfirst="Лід.",
            editors_note="Примітка.",
            body=body,
            lead_image=ImageFactory(**words),
        )
        workflow.correct(article=story, text="Було неправильно.", by=None, at=None)
        gone = published(
            headline="Хибне", slug="hybne", section=section, authors=[borys], body="<p>Слово.</p>"
        )
        workflow.withdraw(article=gone, reason="Не підтвердилося.", by=None)
        yield story


PAGES = [
    *[
        "/",
        "/news-feed/",
        "/section/port/",
        "/author/ines/",
        "/tag/havan/",
        "/vidkryto/",
        "/porom/",
        "/corrections/",
    ],
    *[
        "/search/",
        "/search/?q=порт",
        "/search/?q=немає",
        "/archive/",
        "/archive/2026/11/",
        "/archive/2026/10/",
    ],
    *[
        "/lite/",
        "/lite/news-feed/",
        "/lite/section/port/",
        "/lite/author/ines/",
        "/lite/tag/havan/",
        "/lite/vidkryto/",
        "/hybne/",
        "/lite/hybne/",
        "/nothing/",
    ],
]
#: Names of permissions are rows, written in one language; the style guide's specimens are of an English paper.
WITH_ENGLISH = ("/admin/auth/group/", "/admin/auth/user/", "/admin/style-guide/")
FEEDS = ["/rss/", "/atom/", "/feed.json", "/section/port/rss/", "/author/ines/atom/", "/corrections/rss/"]


def test_readers_pages(client, newsroom):
    """Nothing that a reader sees or hears is in Latin letters but names."""
    found = {page: english_in(client.get(page).text) for page in PAGES}
    assert found == dict.fromkeys(PAGES, set())


def test_no_reader_gets_another_language(client, newsroom):
    """One page for all: what a browser asks for and what a cookie says changes no byte."""
    page = client.get("/vidkryto/").content
    client.cookies["django_language"] = "en"
    assert client.get("/vidkryto/", headers={"accept-language": "en-GB, de;q=0.5"}).content == page


def test_feeds(client, newsroom):
    left = list(sentences())
    for address in FEEDS:
        page = html.unescape(client.get(address).text)
        assert "Порт" in page
        assert [sentence for sentence in left if sentence in page] == []


def test_days_are_written_as_ukrainian_declines_them(client, newsroom):
    """In the newsroom's zone, which is two hours ahead of the server's clock in November."""
    assert "28 листопада 2026, 14:05" in client.get("/vidkryto/").text


def test_desk(client, newsroom, person):
    """Every page of the desk that opens by its address."""
    world = one_of_everything(person)
    client.force_login(world.people["super"])
    client.raise_request_exception = False
    left = [
        sentence for sentence in sentences() if sentence != "News Feed"
    ]  # a section of the world has this name
    seen = 0
    for address in desk_addresses():
        if "logout" in address or address.startswith(WITH_ENGLISH):
            continue
        answer = client.get(address_in(world, address))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            seen += 1
            assert [sentence for sentence in left if sentence in html.unescape(answer.text)] == [], address
    assert seen > 50


def test_the_desks_parts_stand_in_one_order_in_all_languages(client, newsroom, person):
    """Stories first: a hand finds them where they were yesterday, and "Матеріали" is no reason to move them."""
    client.force_login(person("Chief"))
    row = client.get("/admin/articles/tag/").text.partition('<nav class="desk-nav"')[2].partition("</nav>")[0]
    models = re.findall(r'href="/admin/\w+/(\w+)/"', row)
    assert models == ["article", "section", "tag", "image", "recording", "author", "entry", "user", "group"]
