"""The lite pages: the same words as the full ones, and nothing else to load."""

import re

import pytest

from articles import arranging, workflow
from articles.models import PublishedArrangement
from images.models import Image
from tests.articles.stories import HOUR, NOON, republish, story, text_of
from tests.factories import (
    AuthorFactory,
    ImageFactory,
    SectionFactory,
    figure,
    gallery,
    related_card,
    side_by_side,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

EMBED = '<div data-block="embed" data-url="https://youtu.be/abcdefghijk" data-title="The sluice"></div>'
#: Bytes of a lite page.
MOST = 20_000


def picture(number, **fields):
    words = {"alt_text": f"Seen {number}", "caption": f"Caption {number}.", "credit": f"Maker {number}"}
    return ImageFactory(**words, **fields)


@pytest.fixture
def whole():
    """A story with every block and every public word there is."""
    blocks = [
        figure(picture(1)),
        figure(picture(2), decorative="yes"),
        gallery(figure(picture(3)), figure(picture(4))),
        side_by_side(figure(picture(5)), figure(picture(6)), caption="Both of them."),
        related_card(story(9, slug="quoted", headline="The quoted one")),
        EMBED,
    ]
    article = story(
        slug="ferry",
        headline="Ferry & tide",
        standfirst="An hour late.",
        seo_title="Why the ferry was late",
        body='<h2>The tide</h2><p>It was <a href="/quoted/">the tide</a>.</p>' + "".join(blocks),
        authors=[AuthorFactory(name="Mara Venn", slug="mara-venn")],
        lead_image=picture(0),
        editors_note="This story was first printed on paper.",
    )
    article.refresh_from_db()
    article.standfirst = "Two hours late."
    workflow.save(article=article, by=None)
    workflow.correct(article=article, text="It was two hours.", by=None)
    return article


def without(text, *tags):
    """The words of a page as one line, without the elements of these names."""
    for tag in ("head", "style", "script", *tags):
        text = re.sub(rf"<{tag}\b.*?</{tag}>", " ", text, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_lite_story_says_what_the_story_says(client, whole):
    """Every word in the order of the page: byline, times, pictures in words, note, text, correction, tags."""
    page = text_of(client, "/lite/ferry/")
    said = without(page)
    in_order = [
        "Harbour",
        "Ferry &amp; tide",
        "Two hours late.",
        "By Mara Venn",
        "Published 4 May 2026, 11:59 UTC",
    ]
    in_order += ["Updated 4 May 2026, 12:00 UTC", "1 min read", "Picture: Seen 0", "Caption 0. (Maker 0)"]
    in_order += [
        "Show the picture",
        "This story was first printed on paper.",
        "The tide",
        "It was the tide .",
    ]
    in_order += [f"Picture: Seen {number} Caption {number}. (Maker {number})" for number in (1, 3, 4)]
    in_order += [
        "Picture: Seen 5 (Maker 5)",
        "Picture: Seen 6 (Maker 6)",
        "Both of them.",
        "Related The quoted one",
        "YouTube The sluice",
        "It was two hours.",
        "ferry",
    ]
    place = 0
    for words in in_order:
        assert words in said[place:], words
        place = said.index(words, place)
    assert "Seen 2" not in said and "Caption 2. (Maker 2)" in said  # called decorative here
    assert "<title>Why the ferry was late" in page
    for address in (
        "/quoted/",
        "/lite/quoted/",
        "https://youtu.be/abcdefghijk",
        "/lite/author/mara-venn/",
        "/lite/tag/ferry/",
        "/lite/section/harbour/",
    ):
        assert f'href="{address}"' in page
    assert len(re.findall(r'<a href="/uploads/renditions/00/\w+\.jpg">', page)) == 7


def test_every_word_of_the_text_of_a_full_page_is_on_the_lite_one(client, whole):
    """Asked of the page itself, so that a new part of it cannot be forgotten here."""
    full = text_of(client, "/ferry/")
    article = re.search(r"<article class=\"story\".*?</article>", full, re.S)[0]
    # The lite page names authors and does not introduce them; a card there is its headline.
    article = re.sub(
        r'<section class="authors".*?</section>|<p class="story__address".*?</p>', " ", article, flags=re.S
    )
    article = re.sub(r'<p class="share".*?</p>', " ", article, flags=re.S)
    article = re.sub(
        r'<p class="related__excerpt">.*?</p>|<p class="embed__choice".*?</p>', " ", article, flags=re.S
    )
    said = without(text_of(client, "/lite/ferry/"))
    known = set(re.findall(r"\w+", said))
    missing = set(re.findall(r"\w+", without(article))) - known
    assert missing <= {"Correction"} | {"Corrections"}, missing


@pytest.mark.parametrize(
    "address",
    ["/lite/", "/lite/news-feed/", "/lite/author/mara-venn/", "/lite/ferry/", "/lite/nothing-left/"],
)
def test_nothing_but_words_is_loaded(client, whole, address):
    """No picture, no script, no style inside; one small stylesheet and the icon of the tab."""
    workflow.withdraw(article=story(8, slug="nothing-left"), reason="It was wrong.", by=None)
    response = client.get(address)
    page = response.content.decode()
    assert not re.search(r"<(?:img|picture|source|script|style|iframe|svg|video)\b|\bstyle=|srcset", page)
    assert re.findall(r'<link rel="(?:stylesheet|icon|preload)" href="([^"]+)"', page) == [
        "/static/css/lite.css",
        "/static/img/favicon.svg",
    ]
    assert len(response.content) < MOST


def test_around_a_story_stands_little(client):
    """Of a story's own words a reader gets each; all else is a few kilobytes, however many stories there are."""
    for number in range(30):
        story(number + 1)
    story(slug="long", body=f"<p>{'word ' * 1000}</p>")
    assert len(client.get("/lite/long/").content) < 5 * 1000 + 6000
    for address in ("/lite/", "/lite/news-feed/", "/lite/section/harbour/", "/lite/tag/ferry/"):
        assert len(client.get(address).content) < MOST


def test_a_full_page_and_its_lite_twin_know_each_other(client, whole):
    """In the head for machines, below the page for people; search engines keep the full one."""
    full, lite = text_of(client, "/ferry/"), text_of(client, "/lite/ferry/")
    assert re.search(r'<link rel="alternate" type="text/html" title="[^"]+" href="/lite/ferry/">', full)
    assert '<a href="/lite/ferry/">This page without pictures</a>' in full.partition("<footer")[2]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/ferry/">' in lite
    assert '<a href="/ferry/">This story with pictures</a>' in lite


@pytest.mark.parametrize(
    "address", ["/", "/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/"]
)
def test_a_list_and_its_lite_twin_know_each_other(client, whole, address):
    """And have the same stories."""
    full, lite = text_of(client, address), text_of(client, f"/lite{address}")
    assert re.search(rf'<link rel="alternate" type="text/html" title="[^"]+" href="/lite{address}">', full)
    assert f'<a href="/lite{address}">This page without pictures</a>' in full.partition("<footer")[2]
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in lite
    assert f'<a href="{address}">This page with pictures</a>' in lite
    assert '<a href="/lite/ferry/">' in lite and '<a href="/ferry/">' in full


def test_the_lite_front_page_has_what_the_front_page_has_in_its_order(client):
    """The lead and what stands beside it, the feed, then each section's; no story twice."""
    town, culture = SectionFactory(name="Town", slug="town"), SectionFactory(name="Culture", slug="culture")
    for number in range(40):
        story(number, slug=f"story-{number}", section=(town, culture)[number % 2])
    full, lite = text_of(client, "/"), text_of(client, "/lite/")
    order = re.findall(r'<a href="/lite/(story-\d+)/">', lite)
    assert set(order) == set(re.findall(r'<a href="/(story-\d+)/"', full))
    assert len(order) == len(set(order)) and order[0] == "story-0"
    assert text_of(client, "/news-feed/?before=" + re.search(r"/lite/news-feed/\?before=([^\"]+)", lite)[1])


def test_the_lite_front_page_opens_with_what_breaks(client, person):
    """In the desk's words, where it chose some."""
    breaking = story(slug="storm")
    words = {"breaking": [breaking.pk], "breaking_until": NOON + HOUR, "breaking_words": "The storm is here"}
    words = PublishedArrangement().words() | words
    arranging.save(section=None, words=words, by=person("Editor"), opened_version=0)
    arranging.publish(section=None, by=person("Editor"))
    assert '<strong>Breaking</strong> <a href="/lite/storm/">The storm is here</a>' in text_of(
        client, "/lite/"
    )


@pytest.mark.parametrize("part", ["section", "tag", "author"])
def test_a_lite_list_of_nothing_public_was_never_there(client, part):
    assert text_of(client, f"/lite/{part}/nobody/", 404) == text_of(client, "/nothing/", 404)


def test_the_lite_list_of_the_feeds_own_section_is_the_lite_feed(client):
    response = client.get("/lite/section/news-feed/")
    assert (response.status_code, response["Location"]) == (301, "/lite/news-feed/")


def test_the_lite_feed_is_the_news_feed_page_by_page(client):
    """The same stories in the same order, by plain links to the end."""
    outside = SectionFactory(name="Culture", slug="culture", in_news_feed=False)
    story(0, slug="a-play", section=outside)
    for number in range(45):
        story(number + 1, slug=f"story-{number}")
    found, address = [], "/lite/news-feed/"
    while address:
        page = text_of(client, address)
        found += re.findall(r'<h2><a href="/lite/([\w-]+)/">', page)
        more = re.search(r'<a href="(\?before=[^"]+)" rel="next">Show more</a>', page)
        assert ("noindex" in page) == ("before" in address)
        address = more and f"/lite/news-feed/{more[1]}"
    assert found == [f"story-{number}" for number in range(45)]


def test_a_later_page_of_the_lite_feed_is_found_at_its_old_address(client):
    """It stood below /lite/ before the front page did."""
    response = client.get("/lite/?before=1772442060000000-20")
    assert (response.status_code, response["Location"]) == (
        301,
        "/lite/news-feed/?before=1772442060000000-20",
    )


def test_an_empty_lite_feed_says_so(client):
    assert "Nothing published here yet." in text_of(client, "/lite/news-feed/")
    assert "The first story will stand here." in text_of(client, "/lite/")


def test_a_lite_story_goes_where_its_story_goes(client, clock):
    """Moved: one hop to the lite page at the new address. Withdrawn with a successor: there, for the time being."""
    article, other = story(1, slug="first"), story(2, slug="other")
    clock.shift(HOUR)
    republish(article, slug="second")
    response = client.get("/lite/first/")
    assert (response.status_code, response["Location"]) == (301, "/lite/second/")
    workflow.withdraw(article=article, by=None, reason="Twice.", successor=other)
    response = client.get("/lite/second/")
    assert (response.status_code, response["Location"]) == (302, "/lite/other/")


def test_a_withdrawn_story_gives_its_reason_and_no_word_more(client):
    workflow.withdraw(article=story(slug="gone", standfirst="Secret now"), by=None, reason="It was <wrong>.")
    page = text_of(client, "/lite/gone/", 410)
    assert "<p>It was &lt;wrong&gt;.</p>" in page
    assert "noindex" in page
    assert "Secret now" not in page


def test_an_expired_story_says_that_its_time_has_passed(client, clock):
    workflow.expire(article=story(slug="notice"), at=NOON + HOUR, by=None)
    assert client.get("/lite/notice/").status_code == 200
    clock.move_to(NOON + HOUR)
    assert "after its time had passed" in text_of(client, "/lite/notice/", 410)


def test_an_address_that_never_was_is_answered_like_any_other(client):
    assert text_of(client, "/lite/nothing/", 404) == text_of(client, "/nothing/", 404)


def test_a_picture_that_may_not_be_shown_is_not_offered_here_either(client):
    """Its place says why, as on the full page."""
    kept = picture(1)
    story(slug="ferry", lead_image=kept, body=f"<p>Tide.</p>{figure(kept)}")
    Image.objects.filter(pk=kept.pk).update(restriction=Image.Restriction.DO_NOT_USE)
    page = text_of(client, "/lite/ferry/")
    assert "Seen 1" not in page and ".jpg" not in page
    assert str(Image.Refusal.DO_NOT_USE.label) in page


def test_a_lite_story_reads_from_right_to_left_where_the_language_does(client, settings):
    settings.LANGUAGE_CODE = "ar"
    story(slug="ferry")
    assert '<html lang="ar" dir="rtl">' in text_of(client, "/lite/ferry/")


def test_a_lite_story_costs_what_its_page_costs(client, django_assert_max_num_queries):
    blocks = "".join(figure(picture(number)) + related_card(story(number + 1)) for number in range(8))
    story(slug="ferry", body=f"<p>Tide.</p>{blocks}")
    with django_assert_max_num_queries(8):
        client.get("/lite/ferry/")
