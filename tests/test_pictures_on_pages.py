"""One walk over every kind of page that prints a picture: none of them forgets its words, its size or its credit.

Each picture of the paper has words of its own, so that a page can be asked whose picture it shows. Which templates
print pictures is read from templates/: one that no page here renders fails the walk.
"""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import workflow
from images.models import Image
from images.places import PLACES, Words
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImageFactory,
    SectionFactory,
    figure,
    gallery,
    related_card,
    side_by_side,
)
from tests.images.pictures import drawn, make_picture, picture_bytes
from tests.images.test_bulk import change, dry_run
from tests.images.test_replacing import offered

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TEMPLATES = Path(settings.BASE_DIR) / "templates"
PRINTS = re.compile(r"{% (?:figure|picture) |<img\b")

#: Readers' pages, and what the desk shows of readers' pages.
PAGES = [
    *["/", "/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/", "/corrections/"],
    *["/ferry-late/", "/bridge-closed/"],
]
FEEDS = [
    f"{below}{form}/"
    for below in ("/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/")
    for form in ("rss", "atom")
]
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
VOID = {"img", "source", "meta", "link", "br", "hr", "input"}

#: An empty alternative text is right for a picture in one of these: each has a headline or a name beside it.
SPEAKS_ITSELF = {"card", "feed-item", "related", "author-box"}


class Pictures(HTMLParser):
    """Collects each <img> of a page: its attributes, the classes around it, and the figcaption of its figure."""

    def __init__(self, text):
        super().__init__()
        self.around, self.found, self.figures, self.open_figures, self.in_caption = [], [], [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = (attrs.get("class") or "").split()
        if tag == "figure":
            place = classes[-1].removeprefix("figure--") if classes else ""  # in a feed there are no classes
            self.figures.append({"place": place, "caption": None})
            self.open_figures.append(self.figures[-1])
        if tag == "figcaption":
            self.in_caption, self.open_figures[-1]["caption"] = True, ""
        if tag == "img":
            self.found.append(
                {
                    **attrs,
                    "around": {name for _tag, names in self.around for name in names},
                    "figure": self.open_figures[-1] if self.open_figures else None,
                }
            )
        if tag not in VOID:
            self.around.append((tag, classes))

    def handle_endtag(self, tag):
        self.in_caption = self.in_caption and tag != "figcaption"
        if tag == "figure":
            self.open_figures.pop()
        while self.around and tag not in VOID:
            if self.around.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.in_caption:
            self.open_figures[-1]["caption"] += data


@pytest.fixture(autouse=True)
def noon(settings):
    settings.SITE_URL = "https://lantern.example"
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pictures():
    """{fingerprint in the file's name: picture}: a new one for each use, with words of its own."""
    known = {}

    def new(**fields):
        number = len(known) + 1
        words = {"alt_text": f"Seen {number}", "caption": f"Caption {number}.", "credit": f"Maker {number}"}
        image = ImageFactory(**words, **fields)
        known[image.sha256[-32:]] = image
        return image

    new.known = known
    return new


@pytest.fixture
def paper(pictures, settings):
    """A front page's worth of stories in two sections, one with every block a body can have, one corrected."""
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn", portrait=pictures())
    sections = [SectionFactory(name=name, slug=name.lower()) for name in ("Harbour", "Town")]
    stories = []

    def publish(number, **fields):
        fields = {"section": sections[number % 2], "authors": [mara], "tags": ["ferry"], **fields}
        article = ArticleFactory(lead_image=pictures(), **fields)
        workflow.publish_past(article=article, at=NOON - timedelta(hours=number + 1))
        stories.append(article)
        return article

    for number in range(2, 24):
        publish(number)
    upright = [figure(pictures(width=800, height=1200)) for _number in range(4)]
    body = [
        figure(pictures(), decorative="yes"),
        figure(pictures(), size="wide"),
        related_card(stories[5]),
        gallery(figure(pictures()), figure(pictures()), upright[0]),
        side_by_side(figure(pictures()), upright[1]),
        side_by_side(*upright[2:]),
        figure(pictures(restriction=Image.Restriction.DO_NOT_USE)),
    ]
    settings.CHECK_LEVELS = {"rights": "off"}
    publish(1, slug="bridge-closed", body=f"<p>It rained.</p>{''.join(body)}")
    late = publish(0, slug="ferry-late", body="<p>It was the tide.</p>" + figure(pictures()))
    late.refresh_from_db()
    late.standfirst = "An hour late."
    workflow.save(article=late, by=None)
    workflow.correct(article=late, text="It was an hour.", by=None)
    return late


def templates_that_print():
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if PRINTS.search(path.read_text())
    }


def desk_pages(article):
    """The desk's pages that print pictures with the tags of templates/."""
    image = article.lead_image
    story = reverse("admin:articles_article_preview", args=[article.pk])
    yield from (story, f"{story}?as=card", f"{story}?as=share")
    yield reverse("admin:articles_article_change", args=[article.pk])
    yield reverse("admin:arrange")
    yield from (reverse("admin:images_image_changelist") + view for view in ("", "?view=list"))
    yield reverse("admin:images_image_change", args=[image.pk])


def upload_answers(client):
    """The upload page after a file that the library has and one that looks like it."""
    large, small = (picture_bytes(picture=drawn("harbour-dawn", width)) for width in (900, 500))
    address = reverse("admin:images_image_add")
    for content in (large, small):
        yield client.post(address, {"file": SimpleUploadedFile("dawn.jpg", content)}, follow=True)
    yield client.post(address, {"file": SimpleUploadedFile("dawn.jpg", large)})


def changing_answers(client):
    """The pages that change many pictures, take that back, and replace a file."""
    image = make_picture()
    yield dry_run(client, image, credit="Agency X")
    change(client, image, credit="Agency X")
    yield client.get(reverse("admin:images_image_bulk_undo"))
    yield client.get(reverse("admin:images_image_replace", args=[image.pk]))
    yield client.get(reverse("admin:images_image_compare", args=[image.pk, offered(image).pk]))


def shown(response, known):
    """(<img> with what stands around it, the picture it shows) of one answer."""
    for seen in Pictures(response.content.decode()).found:
        name = re.search(r"/renditions/../([0-9a-f]+)\.jpg", seen["src"])
        yield seen, known[name[1]]


def test_every_template_that_prints_a_picture_is_on_a_page_of_this_walk(client, person, paper):
    """A new one has to be shown to the tests below."""
    client.force_login(person("Chief"))
    rendered = set()
    for address in [*PAGES, *FEEDS, *desk_pages(paper)]:
        response = client.get(address)
        assert response.status_code == 200, address
        rendered |= {template.name for template in response.templates}
    for response in [*upload_answers(client), *changing_answers(client)]:
        rendered |= {template.name for template in response.templates}
    assert templates_that_print() - rendered == set()


def test_every_picture_has_a_size_and_says_what_it_shows_or_is_silent_for_a_reason(client, paper, pictures):
    """Width and height, so that nothing jumps; alt text, unless a headline or a name says it already."""
    counted = 0
    for address in PAGES:
        for seen, image in shown(client.get(address), pictures.known):
            counted += 1
            assert seen["width"].isdecimal(), address
            assert seen["height"].isdecimal(), address
            silent = not seen["alt"]
            decorative = (
                seen["figure"] and seen["figure"]["place"] == "column" and address == "/bridge-closed/"
            )
            assert not silent or decorative or seen["around"] & SPEAKS_ITSELF, (address, seen)
            assert silent or seen["alt"] == image.alt_text
    assert counted > 100


def test_every_picture_with_words_below_it_names_its_maker(client, paper, pictures):
    """Caption and credit, or the credit alone, wherever images/places.py says so."""
    places = set()
    for address in PAGES:
        for seen, image in shown(client.get(address), pictures.known):
            if seen["figure"] is None:
                continue
            place = seen["figure"]["place"]
            places.add(place)
            caption = " ".join(seen["figure"]["caption"].split())
            expected = {Words.ALL: f"{image.caption} ({image.credit})", Words.CREDIT: f"({image.credit})"}
            assert caption == expected[PLACES[place].words], address
    assert places == {name for name, place in PLACES.items() if place.words is not Words.NONE}


@pytest.mark.parametrize("address", FEEDS)
def test_feeds_carry_the_picture_with_its_words(client, paper, pictures, address):
    """A reader's program shows it where our page does not stand around it."""
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 (our own bytes)
    items = feed.findall("channel/item") or feed.findall(f"{ATOM}entry")
    assert items
    for item in items:
        content = item.find(f"{MEDIA}content")
        image = pictures.known[content.get("url")[-36:-4]]
        assert (content.get("width"), content.get("height")) == ("1200", "800")
        assert content.get("medium") == "image"
        assert content.findtext(f"{MEDIA}description") == image.caption
        assert content.findtext(f"{MEDIA}credit") == image.credit
        if address.endswith("rss/"):
            assert item.find("enclosure").get("url") == content.get("url")


@pytest.mark.parametrize("address", ["/feed.json", "/section/harbour/feed.json", "/tag/ferry/feed.json"])
def test_a_whole_text_in_a_feed_shows_each_picture_with_its_words(client, paper, pictures, address):
    """Its size, what is seen, caption and credit, or the caption that two share; the address is a full one."""
    counted = 0
    for item in client.get(address).json()["items"]:
        image = pictures.known[item["image"][-36:-4]]
        assert item["_picture"] == {"alt": image.alt_text, "caption": image.caption, "credit": image.credit}
        for seen in Pictures(item["content_html"]).found:
            counted += 1
            image = pictures.known[re.search(r"([0-9a-f]{32})\.jpg", seen["src"])[1]]
            assert seen["src"].startswith("https://lantern.example/uploads/")
            assert (seen["width"], seen["height"]) == ("1200", "800")
            assert seen["alt"] in (image.alt_text, "")
            assert seen["figure"]["caption"] == f"{image.caption} ({image.credit})"
    assert counted > 10


def test_a_shared_link_says_what_its_picture_shows(client, paper, pictures):
    """Other sites are told the picture's size and alternative text."""
    for address in ("/", "/ferry-late/", "/author/mara-venn/"):
        page = client.get(address).content.decode()
        said = dict(re.findall(r'<meta property="og:(image[:a-z]*)" content="([^"]*)">', page))
        image = pictures.known[said["image"][-36:-4]]
        assert said["image"].startswith("https://lantern.example/uploads/")
        assert (said["image:width"], said["image:height"]) == ("1200", "800")
        assert said["image:alt"] == image.alt_text
