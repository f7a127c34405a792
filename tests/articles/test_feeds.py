"""RSS, Atom and JSON Feed: what a reader's program gets."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import workflow
from articles.feeds import FEED_SIZE
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImageFactory,
    RecordingFactory,
    SectionFactory,
    figure,
    published,
    recording,
    related_card,
    side_by_side,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
BELOW = ["/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/"]
FORMATS = ["rss/", "atom/", "feed.json"]
EMBED = '<div data-block="embed" data-url="https://youtu.be/abcdefghijk" data-title="The sluice"></div>'
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


def test_recordings_are_handed_to_programs_that_play_them(client):
    """With address, kind, weight and length; RSS has room for one. Those that nobody may hear are left out."""
    sound = RecordingFactory(title="Foghorn & bell", seconds=95, bytes=90_000)
    film = RecordingFactory(title="The gate", is_film=True, file=f"recordings/00/{'a' * 32}.mp4")
    ended = RecordingFactory()
    body = f"<p>Fog.</p>{recording(ended)}{recording(sound)}{recording(film)}{recording(sound)}"
    published(body=body, lead_image=ImageFactory(), at=NOON)
    ended.not_after = NOON
    ended.save()
    addresses = [f"{SITE}/uploads/{one.file.name}" for one in (sound, film)]
    item = channel_of(client).find("item")
    said = {"url": addresses[0], "length": "90000", "type": "audio/mpeg"}
    assert [one.attrib for one in item.findall("enclosure")] == [said]
    assert item.find(f"{MEDIA}content").get("medium") == "image"
    atom = ElementTree.fromstring(client.get("/atom/").content)  # noqa: S314 (our own bytes)
    links = [link.attrib for link in atom.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert links == [
        {
            "rel": "enclosure",
            "href": addresses[0],
            "type": "audio/mpeg",
            "length": "90000",
            "title": "Foghorn & bell",
        },
        {
            "rel": "enclosure",
            "href": addresses[1],
            "type": "video/mp4",
            "length": "90000",
            "title": "The gate",
        },
    ]
    [written] = client.get("/feed.json").json()["items"]
    assert [one["url"] for one in written["attachments"]] == addresses
    assert written["attachments"][0] == {
        "url": addresses[0], "mime_type": "audio/mpeg", "title": "Foghorn & bell",
        "size_in_bytes": 90_000, "duration_in_seconds": 95,
    }  # fmt: skip


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


# --- The whole text, in each format ------------------------------------------------------------------------


@pytest.fixture
def whole():
    """A story with every block there is, corrected an hour after it was published, and one that it quotes."""
    quoted = published(at=NOON - timedelta(days=1), headline="The quoted one", slug="quoted")
    words = {"alt_text": "Two boats", "caption": "The quay.", "credit": "Arda Example"}
    links = '<a href="/quoted/?a=1&amp;b=2">ours</a> <a href="https://example.org/">theirs</a>'
    links += ' <a href="mailto:a@b.example">mail</a>'
    pair = side_by_side(figure(ImageFactory(**words)), figure(ImageFactory(**words)), caption="Both.")
    article = published(
        at=NOON - timedelta(hours=2),
        headline="Ferry & tide",
        slug="ferry",
        standfirst="An hour <late>.",
        body=f"<p>It was {links}.</p>{figure(ImageFactory(**words))}{pair}{related_card(quoted)}{EMBED}",
        section=SectionFactory(name="Harbour", slug="harbour"),
        authors=[
            AuthorFactory(name="Mara Venn", slug="mara-venn"),
            AuthorFactory(name="Ada Hale", slug="ada"),
        ],
        tags=["ferry"],
        lead_image=ImageFactory(alt_text="The ferry", caption="At last.", credit="Mo Example"),
        editors_note="First printed on paper.",
    )
    article.refresh_from_db()
    article.standfirst = "Two hours <late>."
    workflow.save(article=article, by=None)
    workflow.correct(article=article, text="It was two hours.", by=None, at=NOON + timedelta(hours=1))
    return article


def atom_of(client, address="/atom/"):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own bytes)


def json_of(client, address="/feed.json"):
    response = client.get(address)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


def contents(client):
    """The HTML of the newest story in each of the three formats."""
    return [
        channel_of(client).findtext(f"item/{ENCODED}"),
        atom_of(client).findtext(f"{ATOM}entry/{ATOM}content"),
        json_of(client)["items"][0]["content_html"],
    ]


def test_the_whole_story_is_the_same_in_each_format(client, whole, noon):
    """Standfirst, lead picture, note, text, pictures, links for card and video, correction. All addresses are full."""
    noon.shift(timedelta(hours=1))
    [content] = set(contents(client))
    in_order = [
        "<p><strong>Two hours &lt;late&gt;.</strong></p>",
        f'<img src="{SITE}/uploads/renditions/00/',
        'width="1200" height="800" alt="The ferry"><figcaption>At last. (Mo Example)</figcaption></figure>',
        "First printed on paper.",
        f'<a href="{SITE}/quoted/?a=1&amp;b=2" rel="noopener">ours</a>',
        '<a href="https://example.org/" rel="noopener">theirs</a>',
        '<a href="mailto:a@b.example" rel="noopener">mail</a>',
        'alt="Two boats"><figcaption>The quay. (Arda Example)</figcaption></figure>',
        'alt="Two boats"><figcaption>(Arda Example)</figcaption></figure>',
        "<p>Both.</p>",
        f'<a href="{SITE}/quoted/">The quoted one</a>',
        '<a href="https://youtu.be/abcdefghijk">The sluice</a>',
        "4 May 2026, 13:00 UTC",
        "<p>It was two hours.</p>",
    ]
    place = 0
    for words in in_order:
        assert words in content[place:], words
        place = content.index(words, place)
    assert not any(word in content for word in ("data-", "class=", "<script", 'href="/', 'src="/'))


def test_each_format_says_who_what_and_when(client, whole, noon):
    """Authors in their order, section and tags, first publication and the last change that readers are told of."""
    noon.shift(timedelta(hours=1))
    first, changed = "2026-05-04T10:00:00+00:00", "2026-05-04T13:00:00+00:00"
    people = [("Mara Venn", f"{SITE}/author/mara-venn/"), ("Ada Hale", f"{SITE}/author/ada/")]
    entry = atom_of(client).find(f"{ATOM}entry")
    assert [
        (one.findtext(f"{ATOM}name"), one.findtext(f"{ATOM}uri")) for one in entry.findall(f"{ATOM}author")
    ] == people
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == ["Harbour", "ferry"]
    assert (entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")) == (first, changed)
    assert entry.findtext(f"{ATOM}summary").endswith("Two hours <late>.")
    assert atom_of(client).findtext(f"{ATOM}updated") == changed
    item = json_of(client)["items"][0]
    assert [(one["name"], one["url"]) for one in item["authors"]] == people
    assert item["tags"] == ["Harbour", "ferry"]
    assert (item["date_published"], item["date_modified"]) == (first, changed)
    rss = channel_of(client).find("item")
    assert [one.text for one in rss.findall("category")] == ["Harbour", "ferry"]
    assert rss.findtext(f"{ATOM}updated") == changed
    assert {item["id"], entry.findtext(f"{ATOM}id"), rss.findtext("guid")} == {item["id"]}
    assert {item["url"], entry.find(f"{ATOM}link").get("href"), rss.findtext("link")} == {f"{SITE}/ferry/"}


def test_a_correction_to_come_is_in_no_feed(client, whole):
    """Neither its words nor its time."""
    for content in contents(client):
        assert "It was two hours." not in content
        assert "An hour &lt;late&gt;." in content
    assert json_of(client)["items"][0]["date_modified"] == "2026-05-04T10:00:00+00:00"


def test_a_typo_moves_no_time(client):
    article = published(at=NOON - timedelta(hours=1), slug="ferry")
    article.refresh_from_db()
    article.body = "<p>Other words.</p>"
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="typo")
    [item] = json_of(client)["items"]
    assert "Other words." in item["content_html"]
    assert item["date_modified"] == item["date_published"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("below", BELOW)
def test_every_feed_names_itself_and_is_named_by_its_page(client, whole, below, form):
    """Full address inside, rel=alternate in the head of the page it belongs to."""
    address = f"{below}{form}"
    if form == "feed.json":
        feed = json_of(client, address)
        named, page = feed["feed_url"], feed["home_page_url"]
    elif form == "atom/":
        links = {
            link.get("rel"): link.get("href") for link in atom_of(client, address).findall(f"{ATOM}link")
        }
        named, page = links["self"], links["alternate"]
    else:
        channel = channel_of(client, address)
        named, page = channel.find(f"{ATOM}link").get("href"), channel.findtext("link")
    assert (named, page) == (f"{SITE}{address}", f"{SITE}{below}")
    head = client.get(below).content.decode().partition("</head>")[0]
    kind = {"rss/": "rss+xml", "atom/": "atom+xml", "feed.json": "feed+json"}[form]
    assert f'<link rel="alternate" type="application/{kind}" title="' in head
    assert f'href="{address}">' in head


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", ["section", "tag", "author"])
def test_there_is_no_feed_of_any_format_without_a_story(client, part, form):
    SectionFactory(name="Harbour", slug="harbour")
    ArticleFactory(tags=["ferry"], authors=[AuthorFactory(slug="mara-venn")])
    slug = {"section": "harbour", "tag": "ferry", "author": "mara-venn"}[part]
    assert client.get(f"/{part}/{slug}/{form}").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_costs_the_same_for_one_story_and_many(client, form):
    """However many pictures, cards, authors, tags and corrections they have."""

    def cost(count, address):
        for number in range(count):
            card = related_card(published(at=NOON - timedelta(days=9)))
            article = published(
                at=NOON - timedelta(hours=2),
                body=f"<p>Tide.</p>{figure(ImageFactory()) * 2}{card}",
                section=SectionFactory(name="Harbour", slug="harbour"),
                authors=[AuthorFactory(), AuthorFactory()],
                tags=["ferry", f"tag {number}"],
                lead_image=ImageFactory(),
            )
            article.refresh_from_db()
            article.standfirst = "Changed"
            workflow.save(article=article, by=None)
            workflow.correct(article=article, text="It was wrong.", by=None)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = {
        address: cost(1, address)
        for address in (f"/{form}", f"/section/harbour/{form}", f"/tag/ferry/{form}")
    }
    assert few == {address: cost(7, address) for address in few}
    assert max(few.values()) <= 8


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_that_did_not_change_is_not_sent_again(client, whole, form):
    """By ETag alone: a story that went leaves the newest time where it was."""
    first = client.get(f"/{form}")
    assert "Last-Modified" not in first
    again = client.get(f"/{form}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    workflow.withdraw(article=whole, by=None, reason="Wrong.")
    assert client.get(f"/{form}", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/rss/", "/atom/", "/feed.json", "/corrections/atom/", "/tag/ferry/atom/"]
)
def test_a_hub_is_named_when_there_is_one(client, settings, whole, address):
    """In the header and inside, with the feed's own address: what WebSub asks for. Without one there is neither."""
    hub = "https://hub.example/"
    without = client.get(address)
    assert "Link" not in without
    assert b"hub" not in without.content
    settings.FEED_HUB = hub
    response = client.get(address)
    assert response["Link"] == f'<{SITE}{address}>; rel="self", <{hub}>; rel="hub"'
    if address.endswith("json"):
        assert response.json()["hubs"] == [{"type": "WebSub", "url": hub}]
    else:
        tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own bytes)
        links = {link.get("rel"): link.get("href") for link in tree.iter(f"{ATOM}link")}
        assert links["hub"] == hub
        assert links["self"] == f"{SITE}{address}"


def test_corrections_come_as_atom_too(client, whole, noon):
    """Each with its text, its moment and the way to its place in the story."""
    noon.shift(timedelta(hours=1))
    [entry] = atom_of(client, "/corrections/atom/").findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Ferry & tide"
    assert entry.findtext(f"{ATOM}summary") == "It was two hours."
    assert entry.findtext(f"{ATOM}updated") == "2026-05-04T13:00:00+00:00"
    assert entry.find(f"{ATOM}link").get("href").startswith(f"{SITE}/ferry/#correction-")


def test_an_atom_feed_has_what_its_standard_demands(client, settings, whole):
    """One id, one title, one time; an author of the whole for entries without one; ids that are no two alike."""
    settings.CHECK_LEVELS = {"byline": "off"}
    published(authors=[])
    feed = atom_of(client)
    for element in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{element}")) == 1
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for element in ("id", "title", "updated", "published", "summary", "content"):
            assert len(entry.findall(f"{ATOM}{element}")) == 1, element
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


@pytest.mark.parametrize("form", FORMATS)
def test_a_pasted_control_character_takes_no_feed_away(client, form):
    published(headline="Ferry\x0blate", body="<p>It was\x0b late.</p>", tags=["a\x0bb"])
    content = client.get(f"/{form}").content
    assert b"Ferry late" in content
    assert b"\x0b" not in content
