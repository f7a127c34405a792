"""A story at its address: the whole page, its changes, where it moved and why it went."""

import pytest

from articles import workflow
from tests.articles.stories import HOUR, NOON, republish, story, text_of
from tests.factories import AuthorFactory, ImageFactory

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
            "(<span",
            "Arda Example/Agency",
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
    assert "Standfirst" not in page


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
