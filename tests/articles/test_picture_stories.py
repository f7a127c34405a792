"""Where a picture is used: which stories, how public, as what, with which words, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import picture_stories, workflow
from images.models import Image
from images.uses import SHORT, State, uses_of
from tests.articles.stories import HOUR, NOON, change, republish
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImageFactory,
    SectionFactory,
    figure,
    gallery,
    published,
    side_by_side,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:images_image_changelist")


@pytest.fixture
def image(db, clock):
    return ImageFactory(
        title="Quay", alt_text="A harbour at dusk", caption="The harbour", credit="Arda Example"
    )


def found(image, user, **options):
    """[(title, state)] of the uses."""
    return [(use.title, use.state) for use in uses_of(image, user, timezone.now(), **options).listed]


def change_url(image):
    return reverse("admin:images_image_change", args=[image.pk])


def test_each_story_stands_once_as_public_as_it_is(image, editor):
    """Live, scheduled, only on the desk, only in the past; profile and section between them, by their own names."""
    published(headline="Live", lead_image=image)
    scheduled = ArticleFactory(headline="Tomorrow", lead_image=image)
    workflow.schedule(article=scheduled, at=NOON + timedelta(days=1), by=None)
    ArticleFactory(headline="Draft", body=f"<p>It rained.</p>{figure(image)}")
    past = published(at=NOON - HOUR, headline="Past", lead_image=image)
    republish(past, lead_image=None)
    over = published(headline="Draft over a live story")
    change(over, lead_image=image)
    AuthorFactory(name="Mara Venn", portrait=image)
    SectionFactory(name="Town", slug="town", stand_in=image)
    published(headline="Another picture", lead_image=ImageFactory())
    assert found(image, editor) == [
        ("Live", State.LIVE),
        ("Tomorrow", State.SCHEDULED),
        ("Author: Mara Venn", State.THING),
        ("Section: Town", State.THING),
        ("Draft over a live story", State.DESK),
        ("Draft", State.DESK),
        ("Past", State.PAST),
    ]


def test_the_clock_alone_moves_a_story_from_scheduled_to_live_to_past(image, editor, clock):
    """Nothing has to run: the same rows, asked at another moment."""
    story = ArticleFactory(headline="Ferry late", lead_image=image)
    workflow.schedule(article=story, at=NOON + HOUR, by=None)
    assert found(image, editor) == [("Ferry late", State.SCHEDULED)]
    clock.move_to(NOON + HOUR)
    assert found(image, editor) == [("Ferry late", State.LIVE)]
    republish(story, lead_image=None)
    clock.move_to(NOON + 2 * HOUR)
    [use] = uses_of(image, editor, timezone.now()).listed
    assert (use.state, use.at) == (State.PAST, NOON + HOUR)


def test_a_cancelled_schedule_leaves_the_desk_copy(image, editor):
    """What was never public is no past version."""
    story = ArticleFactory(lead_image=image)
    workflow.schedule(article=story, at=NOON + HOUR, by=None)
    workflow.cancel_schedule(article=story, by=None)
    assert [state for _title, state in found(image, editor)] == [State.DESK]


def test_as_what_it_stands_and_with_which_words(image, editor):
    """Every place of one story, and only the words that are others than the library's."""
    other = ImageFactory()
    body = (
        f"<p>It rained.</p>{figure(image, caption='The quay on Monday', credit='Arda Example')}"
        f"{gallery(figure(image, alt='Nets'), figure(other))}"
        f"{side_by_side(figure(other), figure(image), caption='Before and after')}"
        f"{figure(image, decorative='yes')}"
    )
    published(lead_image=image, lead_caption="The harbour", lead_credit="Jo Petrov", body=body)
    [use] = uses_of(image, editor, timezone.now()).listed
    assert [(place.name, [(str(label), said) for label, said in place.words]) for place in use.places] == [
        ("Lead picture", [("Credit here", "Jo Petrov")]),
        ("In the text", [("Caption here", "The quay on Monday")]),
        ("In a gallery", [("Alternative text here", "Nets")]),
        ("Side by side", [("Caption here", "Before and after")]),
        ("In the text", [("Decorative", "nothing is read aloud")]),
    ]


def test_readers_words_are_told_and_that_the_desk_copy_has_it_no_more(image, editor):
    """While a story is live the words are those that readers have, not the desk's."""
    story = published(lead_image=image, lead_caption="As readers have it")
    change(story, lead_caption="As the desk has it")
    [use] = uses_of(image, editor, timezone.now()).listed
    assert (use.places[0].words[0][1], use.note) == ("As readers have it", "")
    change(story, lead_image=None)
    [use] = uses_of(image, editor, timezone.now()).listed
    assert use.note == "The desk copy does not have it any more."


def test_the_form_costs_the_same_for_one_use_and_for_many(image, editor, desk):
    """A page of uses is read, however many there are, and it leads to the others."""
    costs = []
    desk.get(change_url(image))
    for number in (1, SHORT + 5):
        for _n in range(number):
            published(body=f"<p>It rained.</p>{figure(image)}")
        with CaptureQueriesContext(connection) as queries:
            answer = desk.get(change_url(image))
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert answer.context["uses"].counts == [(State.LIVE, SHORT + 6)]
    assertContains(answer, f"All {SHORT + 6} uses")
    page = desk.get(reverse("admin:images_image_uses", args=[image.pk]))
    assert len(page.context["uses"].listed) == SHORT + 6


def test_all_uses_are_met_once_page_by_page(image, editor):
    """Any size of page, and a number that is none gives a page all the same."""
    stories = {published(lead_image=image).headline for _n in range(5)}
    met = [title for number in (1, 2, 3) for title, _state in found(image, editor, number=number, size=2)]
    assert (len(met), set(met)) == (5, stories)
    assert len(found(image, editor, number="x", size=2)) == 2


def test_cards_count_stories_and_not_rows(image, desk):
    """A story counts once, whatever it has of versions and places; without stories the card says only that."""
    story = published(at=NOON - HOUR, lead_image=image, body=f"<p>It rained.</p>{figure(image)}")
    republish(story, standfirst="Wet")
    ArticleFactory(lead_image=image)
    AuthorFactory(portrait=ImageFactory(title="Face"))
    for view in ("grid", "list"):
        answer = desk.get(LIST, {"view": view})
        assertContains(answer, "Used in 2 stories")
        assertContains(answer, "Where it is used")


def test_a_logo_in_very_many_stories_is_not_counted(image, monkeypatch):
    """Counting is bounded: beyond that the card only says that it is used."""
    monkeypatch.setattr(picture_stories, "MOST", 2)
    for _n in range(3):
        published(lead_image=image)
    assert picture_stories.count([image.pk]) == {}
    assert len(picture_stories.standing(image, timezone.now())) == 2


@pytest.mark.parametrize(("role", "sees"), [("Picture desk", True), ("Profile keeper", False)])
def test_headlines_that_are_not_public_are_for_those_who_may_read_stories(role, sees, image, client, person):
    """Others learn that there is a story and how public it is, and get no link."""
    draft = ArticleFactory(headline="A secret", lead_image=image)
    live = published(headline="Everybody knows", lead_image=image)
    client.force_login(person(role))
    answer = client.get(change_url(image))
    assertContains(answer, "Everybody knows")
    link = 'href="{}"'.format(reverse("admin:articles_article_change", args=[live.pk]))
    if sees:
        assertContains(answer, draft.headline)
        assertContains(answer, link)
    else:
        assertContains(answer, "A story that you may not see")
        assertNotContains(answer, draft.headline)
        assertNotContains(answer, link)


def test_a_picture_in_use_stays_and_the_sentence_names_where(image, desk):
    """One by one and together: what uses it is named with a link, not by the index's rows."""
    story = published(headline="Ferry late", lead_image=image)
    link = '<a href="{}">Ferry late</a> (Live now)'.format(
        reverse("admin:articles_article_change", args=[story.pk])
    )
    one = desk.post(reverse("admin:images_image_delete", args=[image.pk]), {"post": "yes"})
    assertContains(one, "This picture is in use, so it cannot be deleted.", status_code=one.status_code)
    assertContains(one, link, status_code=one.status_code)
    many = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
    assertContains(desk.post(LIST, many), link)
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_new_picture_says_that_nobody_has_it(image, desk):
    """A sentence, not a hole."""
    assertContains(desk.get(change_url(image)), "It stands in no story, profile or section")
