"""Rights that end, on the desk's front page: what somebody has to do something about, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import workflow
from articles.rights_front import SHORT, STORIES, ending_rights
from tests.articles.stories import HOUR, NOON, republish
from tests.factories import ArticleFactory, ImageFactory, figure, published

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
DAY = timedelta(days=1)


def told(user):
    """{list: [(picture, [headlines])]}"""
    lists = ending_rights(user, timezone.now())
    return {
        name: [(str(line["image"]), [headline for headline, _url in line["stories"]]) for line in lines]
        for name, lines in lists.items()
    }


def test_pictures_of_live_and_scheduled_stories_are_told_the_most_pressing_first(editor, clock):
    """Ends soon by its moment, ended by the last to end; what ends later, or stands in a draft, is not told."""
    for title, end in (("Week", 7 * DAY), ("Tomorrow", DAY), ("Later", 15 * DAY)):
        published(headline=f"Story of {title}", lead_image=ImageFactory(title=title, not_after=NOON + end))
    coming = ImageFactory(title="Coming", not_after=NOON + 3 * DAY)
    story = ArticleFactory(headline="Scheduled", body=f"<p>It rained.</p>{figure(coming)}")
    workflow.schedule(article=story, at=NOON + 2 * DAY, by=None)
    for title, ago in (("Long over", 40 * DAY), ("Just over", DAY)):
        image = ImageFactory(title=title)
        published(headline=f"Story of {title}", lead_image=image)
        image.not_after = NOON - ago
        image.save()
    ArticleFactory(lead_image=ImageFactory(title="Draft", not_after=NOON + DAY))
    ImageFactory(title="Unused", not_after=NOON + DAY)
    assert told(editor) == {
        "soon": [
            ("Tomorrow", ["Story of Tomorrow"]),
            ("Coming", ["Scheduled"]),
            ("Week", ["Story of Week"]),
        ],
        "ended": [("Just over", ["Story of Just over"]), ("Long over", ["Story of Long over"])],
    }


def test_the_clock_moves_a_picture_from_soon_to_ended(editor, clock):
    """Nothing has to run."""
    published(headline="Ferry late", lead_image=ImageFactory(title="Quay", not_after=NOON + DAY))
    clock.move_to(NOON + DAY)
    assert told(editor) == {"soon": [], "ended": [("Quay", ["Ferry late"])]}


def test_a_story_that_is_gone_or_goes_before_needs_nothing(editor, clock):
    """Replaced, or off the site before the rights end; one that stays longer is told."""
    image = ImageFactory(title="Quay", not_after=NOON + 2 * DAY)
    story = published(at=NOON - HOUR, lead_image=image)
    republish(story, lead_image=None)
    short = published(headline="Short", lead_image=image)
    workflow.expire(article=short, at=NOON + DAY, by=None)
    assert told(editor)["soon"] == []
    workflow.expire(article=short, at=NOON + 3 * DAY, by=None)
    assert told(editor)["soon"] == [("Quay", ["Short"])]


def test_the_lists_are_short_and_lead_on(desk, clock):
    """At most SHORT pictures and STORIES of each, with links to the forms and to all the rest."""
    many = ImageFactory(title="In many", not_after=NOON + HOUR)
    stories = [published(lead_image=many) for _n in range(STORIES + 2)]
    for number in range(SHORT + 1):
        published(lead_image=ImageFactory(title=f"Picture {number}", not_after=NOON + DAY))
    answer = desk.get(INDEX)
    lines = answer.context["ending_rights"]["soon"]
    assert len(lines) == SHORT
    assert (len(lines[0]["stories"]), lines[0]["more"]) == (STORIES, 2)
    assertContains(answer, reverse("admin:images_image_change", args=[many.pk]))
    assertContains(answer, reverse("admin:images_image_uses", args=[many.pk]))
    assertContains(answer, reverse("admin:articles_article_change", args=[stories[-1].pk]))
    assertContains(answer, "?rights=ending")


def test_an_empty_list_is_a_sentence(desk):
    """With the number of days that the settings say."""
    assertContains(desk.get(INDEX), "No picture on the site loses its rights within 14 days.")


def test_the_questions_are_the_same_for_one_and_for_many(editor, clock):
    """Five at most, however many pictures and stories there are."""
    costs = []
    for number in (1, 8):
        for _n in range(number):
            published(lead_image=ImageFactory(not_after=NOON + DAY))
        with CaptureQueriesContext(connection) as queries:
            ending_rights(editor, timezone.now())
        costs.append(len(queries))
    assert costs[1] <= costs[0] <= 6


@pytest.mark.parametrize(
    ("role", "sees"), [("Picture desk", True), ("Reporter", True), ("Profile keeper", False)]
)
def test_only_those_who_may_read_stories_see_them(role, sees, client, person, clock):
    """The others have the stock front page."""
    published(headline="Ferry late", lead_image=ImageFactory(title="Quay", not_after=NOON + DAY))
    client.force_login(person(role))
    answer = client.get(INDEX)
    (assertContains if sees else assertNotContains)(answer, "Quay")
