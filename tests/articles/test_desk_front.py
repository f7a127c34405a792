"""The desk's front page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.desk_front import SHORT
from tests.factories import ArticleFactory, AuthorFactory, published

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


def lists(response):
    """{heading: [headlines]} of the page."""
    return {
        part["heading"]: [story["headline"] for story in part["stories"]]
        for part in response.context["short_lists"]
    }


def test_each_story_stands_where_somebody_looks_for_it(desk, editor):
    """Live by first publication, scheduled by the moment, in review and my drafts by the last save."""
    now = timezone.now()
    published(headline="Old", at=now - timedelta(days=2))
    published(headline="New", at=now - timedelta(days=1))
    for days in (3, 2):
        story = ArticleFactory(headline=f"In {days} days", state="ready")
        workflow.schedule(article=story, at=now + timedelta(days=days), by=None)
    ArticleFactory(headline="Waiting", state="in_review")
    ArticleFactory(headline="Somebody's draft")
    ArticleFactory(headline="Assigned", assignee=editor)
    ArticleFactory(headline="Saved", saved_by=editor)
    authors = [AuthorFactory(user=editor), AuthorFactory()]
    ArticleFactory(headline="Bylined", authors=authors, assignee=editor)
    assert lists(desk.get(INDEX)) == {
        "Live now": ["New", "Old"],
        "Scheduled next": ["In 2 days", "In 3 days"],
        "In review": ["Waiting"],
        "My drafts": ["Bylined", "Saved", "Assigned"],
    }


def test_an_empty_newsroom_reads_sentences(desk):
    """No list is a hole, and a first story is one press away."""
    html = desk.get(INDEX).content.decode()
    for words in (
        "Nothing is on the site yet.",
        "Nothing is scheduled.",
        "You have no draft.",
        "Write a story",
    ):
        assert words in html


def test_the_lists_are_short_and_lead_to_the_long_ones(desk):
    """At most SHORT of each, and every address answers with that list."""
    for _n in range(SHORT + 2):
        published()
    response = desk.get(INDEX)
    assert len(lists(response)["Live now"]) == SHORT
    for part in response.context["short_lists"]:
        assert desk.get(part["url"]).status_code == 200
    found = desk.get(response.context["short_lists"][0]["url"]).context["cl"].result_count
    assert found == SHORT + 2


def test_the_front_page_costs_the_same_for_one_and_for_twenty(desk, editor):
    """No query for a story."""
    counts = []
    desk.get(INDEX)  # a session's first request writes when it began
    for number in (1, 19):
        for _n in range(number):
            published()
            ArticleFactory(state="in_review", saved_by=editor)
            ArticleFactory(assignee=editor, saved_by=editor)
        with CaptureQueriesContext(connection) as queries:
            desk.get(INDEX)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 18


@pytest.mark.parametrize(
    ("role", "sees", "writes"),
    [
        ("Reporter", True, True),
        ("Editor", True, True),
        ("Picture desk", True, False),
        ("Profile keeper", False, False),
        (None, False, False),
    ],
)
def test_only_those_who_may_see_stories_see_them(role, sees, writes, client, person):
    """The others have the stock front page."""
    published(headline="A headline for the desk")
    client.force_login(person(role))
    html = client.get(INDEX).content.decode()
    assert ("A headline for the desk" in html) == sees
    assert ("Write a story" in html) == writes
