"""A story at its address: the whole page, its changes, where it moved and why it went."""

import re

import pytest

from articles import workflow
from tests.articles.stories import HOUR, NOON, republish, story, text_of
from tests.factories import (
    AuthorFactory,
    ImageFactory,
    RecordingFactory,
    figure,
    gallery,
    recording,
    related_card,
    side_by_side,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_story_is_whole(client):
    """Kicker, headline, standfirst, byline, times, picture with its words, note, text, tags, author's box."""
    mara = AuthorFactory(name="Mara Venn", role="News Editor", biography="Mara lives by the water.")
    image = ImageFactory(alt_text="Two boats", caption="The quay.", credit="Arda Example/Agency")
    article = story(
        headline="Ferry & tide",
        standfirst="An hour late.",
        body="<p>It was the tide.</p>",
        authors=[mara],
        lead_image=image,
        editors_note="This story was first printed on paper.",
        seo_title="Why the ferry was late",
        seo_description="The tide it was.",
    )
    page = text_of(client, article.get_absolute_url())
    in_order = [
        *[
            "<title>Why the ferry was late",
            'content="The tide it was."',
            'href="/section/harbour/"',
            "Ferry &amp; tide",
        ],
        *[
            "An hour late.",
            "Mara Venn",
            "4 May 2026, 11:59 UTC",
            "1 min read",
            'alt="Two boats"',
            "The quay.",
        ],
        *[
            "(Arda Example/Agency)",
            "This story was first printed on paper.",
            "<p>It was the tide.</p>",
        ],
        *['href="/tag/ferry/"', "News Editor", "Mara lives by the water."],
    ]
    place = 0
    for words in in_order:
        assert words in page[place:], words
        place = page.index(words, place)
    assert "Updated" not in page


def test_a_story_with_everything_costs_eight_queries(client, django_assert_num_queries):
    """Gallery, recording, card, correction and tags: each kind of thing is asked for once."""
    images = [figure(ImageFactory()) for _number in range(3)]
    parts = [
        gallery(*images),
        recording(RecordingFactory(title="Foghorn")),
        related_card(story(slug="other")),
    ]
    article = story(slug="everything", tags=["Tide", "Ferry"], authors=[AuthorFactory(), AuthorFactory()])
    republish(article, kind="correction", correction="It was the bell.", body="<p>Fog.</p>" + "".join(parts))
    for address in ("/everything/", "/lite/everything/"):
        with django_assert_num_queries(8):
            page = text_of(client, address)
        assert "Foghorn" in page and "It was the bell." in page


def test_the_words_of_a_figure_are_its_first_or_last_element(client):
    """HTML allows a caption nowhere else."""
    player = recording(RecordingFactory(title="Foghorn", credit="The harbour", transcript="(A horn.)"))
    pair = side_by_side(figure(ImageFactory()), figure(ImageFactory()), caption="Both.")
    story(
        slug="everything",
        body=f"<p>Fog.</p>{figure(ImageFactory())}{player}{pair}",
        lead_image=ImageFactory(),
    )
    page = text_of(client, "/everything/")
    captions = re.findall(r"(<figure[^>]*>\s*)?<figcaption.*?</figcaption>(\s*</figure>)?", page, re.S)
    assert len(captions) == 6
    assert all(first or last for first, last in captions)


@pytest.mark.parametrize(("kind", "moved"), [("typo", False), ("update", True), ("correction", True)])
def test_updated_is_printed_when_something_changed_for_readers(client, kind, moved):
    """A typo leaves the page's times alone; a correction stands below the text with its date."""
    article = story(60, slug="tide", standfirst="Before")
    article.standfirst = "After"
    article.save()
    workflow.publish(article=article, by=None, kind=kind, correction="It was sixty-four.")
    page = text_of(client, "/tide/")
    assert "After" in page
    assert ("Updated" in page) == moved
    assert ("It was sixty-four." in page) == (kind == "correction")


def test_corrections_stay_and_the_newest_comes_first(client, clock):
    """Each is dated with the moment readers could first see it."""
    article = story(slug="tide")
    for number in range(2):
        clock.shift(HOUR)
        article.standfirst = f"Standfirst, corrected {number}"
        article.save()
        workflow.correct(article=article, text=f"Correction number {number}.", by=None)
    article.standfirst = "To come"
    article.save()
    workflow.correct(article=article, text="Correction still to come.", by=None, at=NOON + 9 * HOUR)
    page = text_of(client, "/tide/")
    assert page.index("Correction number 1.") < page.index("Correction number 0.")
    assert "still to come" not in page


def test_an_old_address_leads_to_the_new_one_in_one_hop(client, clock):
    """However often the story moved."""
    article = story(slug="first")
    for slug in ("second", "third", "fourth"):
        clock.shift(HOUR)
        republish(article, slug=slug)
    for old in ("first", "second", "third"):
        response = client.get(f"/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/fourth/")
        assert client.get(response["Location"]).status_code == 200
    assert 'rel="canonical" href="http://127.0.0.1:8000/fourth/"' in text_of(client, "/fourth/")


def test_a_new_address_that_is_still_to_come_is_not_there_yet(client, clock):
    """Until the moment of the update the story stays at its old address, and the new one is nothing."""
    article = story(slug="old")
    article.slug = "new"
    article.save()
    workflow.schedule(article=article, at=NOON + HOUR, by=None, kind="update")
    assert (client.get("/old/").status_code, client.get("/new/").status_code) == (200, 404)
    clock.move_to(NOON + HOUR)
    assert (client.get("/old/").status_code, client.get("/new/").status_code) == (301, 200)


def test_a_withdrawn_story_gives_its_reason(site, client):
    """In paragraphs, at every address it had, and kept out of search engines."""
    page = text_of(client, "/withdrawn/", 410)
    assert "<p>We could not confirm it.</p>" in page
    assert "<p>We are sorry.</p>" in page
    assert "noindex" in page
    assert "Standfirst 1" not in page


def test_an_expired_story_says_that_its_time_has_passed(client, clock):
    workflow.expire(article=story(slug="notice"), at=NOON + HOUR, by=None)
    assert client.get("/notice/").status_code == 200
    clock.move_to(NOON + HOUR)
    assert "It was taken off after its time had passed." in text_of(client, "/notice/", 410)


def test_a_withdrawn_story_leads_to_its_successor(client, clock):
    """In one hop to where that one is today; when it goes too, the reason is given instead."""
    successor, gone = story(slug="successor"), story(1, slug="gone")
    workflow.withdraw(article=gone, reason="There is a fuller story.", by=None, successor=successor)
    clock.shift(HOUR)
    republish(successor, slug="moved")
    response = client.get("/gone/")
    assert (response.status_code, response["Location"]) == (302, "/moved/")
    workflow.withdraw(article=successor, reason="It was wrong.", by=None)
    assert "There is a fuller story." in text_of(client, "/gone/", 410)


def test_the_last_reason_counts_also_when_two_publications_share_a_moment(client):
    """A version that was replaced in the same instant does not hide why the story went."""
    article = story(slug="tide")
    for standfirst in ("Second words", "Third words"):
        republish(article, standfirst=standfirst)
    workflow.withdraw(article=article, reason="It was wrong.", by=None)
    assert "It was wrong." in text_of(client, "/tide/", 410)


def test_an_address_without_its_slash_is_led_to_it(site, client):
    """People type addresses; the answer needs no cookie either."""
    response = client.get("/ferry-late")
    assert (response.status_code, response["Location"]) == (301, "/ferry-late/")


PARTS = "".join(
    f"<h2>{title}</h2><p>{'word ' * 300}</p>" for title in ("The tide", "Море & люди", "The tide")
)


def test_a_long_read_lists_its_parts(client):
    """From three headings and four minutes on, by plain links that stay when a part is added; so does the lite page."""
    page = text_of(client, story(slug="long", body=PARTS).get_absolute_url())
    contents = page[page.index('<nav class="contents"') : page.index('<div class="prose"')]
    anchors = ["part-the-tide", "part-more-liudy", "part-the-tide-2"]
    assert re.findall(r'href="#([^"]+)">', contents) == anchors
    assert "Море &amp; люди</a>" in contents
    assert re.findall(r'<h2 id="([^"]+)">(?:The|Море)', page) == anchors
    assert '<a href="#part-the-tide">' in text_of(client, "/lite/long/")

    short = story(1, slug="short", body="<h2>One</h2><p>a</p><h2>Two</h2><h2>Three</h2>")
    page = text_of(client, short.get_absolute_url())
    assert 'class="contents"' not in page
    assert '<h2 id="part-one">' in page


def test_a_story_is_handed_on_without_another_site(client):
    """A mail needs no script; the buttons wait for one. A preview has no address that could be handed on."""
    page = text_of(client, story(slug="ferry", headline="Ferry & tide").get_absolute_url())
    row = page[page.index('<p class="share"') :].partition("</p>")[0]
    assert (
        'href="mailto:?subject=Ferry%20%26%20tide&amp;body=http%3A%2F%2F127.0.0.1%3A8000%2Fferry%2F"' in row
    )
    assert row.count("<button") == row.count(" hidden>") == 2
    assert set(re.findall(r"https?://[^/\"]+", row)) == {"http://127.0.0.1:8000"}


@pytest.mark.parametrize(("kind", "said"), [("opinion", "Opinion"), ("analysis", "Analysis"), ("news", None)])
def test_readers_are_told_what_is_not_news(client, kind, said):
    """By a sentence on the story, and in its headline on lists for those who hear them."""
    article = story(slug="piece", kind=kind)
    page, feed = text_of(client, "/piece/"), text_of(client, "/news-feed/")
    spoken = re.search(
        r'<h3[^>]*><a href="/piece/">(?:\s*<span class="visually-hidden">(\w+): </span>)?', feed
    )
    assert spoken[1] == said
    assert ('class="story__kind"' in page) == bool(said)
    assert article.kind == kind
