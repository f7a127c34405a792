"""The list of stories on the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from tests.articles.desk_forms import admin
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

LIST = admin("changelist")


@pytest.fixture
def states():
    """One story in each state that readers can find it in."""
    now = timezone.now()
    stories = {name: published(headline=name) for name in ("live", "update", "leaves", "gone")}
    stories |= {name: ArticleFactory(headline=name) for name in ("never", "scheduled")}
    workflow.schedule(article=stories["scheduled"], at=now + timedelta(days=1), by=None)
    workflow.save(article=stories["update"], by=None)
    workflow.schedule(article=stories["update"], at=now + timedelta(days=1), kind="typo", by=None)
    workflow.expire(article=stories["leaves"], at=now + timedelta(days=1), by=None)
    workflow.withdraw(article=stories["gone"], reason="It was wrong.", by=None)
    return stories


def listed(response):
    assert response.status_code == 200
    return {article.headline for article in response.context["cl"].result_list}


def test_the_list_says_what_readers_have(desk, states):
    """Each state has words of its own, and the time that matters."""
    html = desk.get(LIST).content.decode()
    for words in ("Live since", "Goes live", "Update", "Leaves", "No longer on the site", "Not public"):
        assert words in html
    assert f"Articles · times in {timezone.localtime().tzname()}" in html


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("live", {"live", "update", "leaves"}),
        ("scheduled", {"scheduled", "update"}),
        ("never", {"never", "scheduled"}),
        ("gone", {"gone"}),
        ("nonsense", {"live", "update", "leaves", "gone", "never", "scheduled"}),
    ],
)
def test_the_list_filters_by_what_readers_see(value, found, desk, states):
    """Every value finds its stories; an unknown one finds all."""
    assert listed(desk.get(LIST, {"public": value})) == found


def test_the_list_filters_by_state_section_kind_and_author(desk):
    """Each of the other filters, with a value that fits one story."""
    author, section = AuthorFactory(), SectionFactory(name="Harbour", slug="harbour")
    one = ArticleFactory(
        headline="One", state="in_review", section=section, kind="opinion", authors=[author, AuthorFactory()]
    )
    ArticleFactory(headline="Two")
    for query in (
        {"state__exact": "in_review"},
        {"section__id__exact": section.pk},
        {"kind__exact": "opinion"},
        {"bylines__author__id__exact": author.pk},
    ):
        assert listed(desk.get(LIST, query)) == {one.headline}


def test_search_finds_headlines_standfirsts_and_authors_once(desk):
    """Words of any of them; a story with two matching authors stands in the list once."""
    authors = [AuthorFactory(name="Ann Venn"), AuthorFactory(name="Bea Venn")]
    workflow.save(
        article=ArticleFactory(headline="Ferry", standfirst="Late again.", authors=authors), by=None
    )
    ArticleFactory(headline="Bridge")
    for words in ("ferry", "LATE", "venn", "ann ferry"):
        response = desk.get(LIST, {"q": words})
        assert [article.headline for article in response.context["cl"].result_list] == ["Ferry"]
    assert listed(desk.get(LIST, {"q": "tram"})) == set()


def test_the_list_names_authors_in_their_order_and_escapes_words(desk):
    """The byline stands below the headline; markup in a headline is only letters."""
    ArticleFactory(
        headline="<b>Bold</b>", authors=[AuthorFactory(name="Zoe First"), AuthorFactory(name="Al Second")]
    )
    ArticleFactory(authors=[])
    html = desk.get(LIST).content.decode()
    assert "<small>Zoe First, Al Second</small>" in html
    assert "<b>Bold" not in html
    assert "No byline yet" in html


def test_the_list_costs_the_same_for_one_and_for_twenty(desk):
    """No query for a row."""
    published()
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(LIST)
    for _n in range(19):
        published(tags=["Harbour"])
    with CaptureQueriesContext(connection) as twenty:
        desk.get(LIST)
    assert len(twenty) <= len(one)
    assert len(twenty) < 16


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=" + "x" * 5000, "p=0", "p=99999", "p=x", "o=99", "o=-1.x", "all=", "public=", "e=1",
        "section__id__exact=x", "section__id__exact=" + "9" * 40, "state__exact=x", "nonsense=1",
        "bylines__author__id__exact=x", "public=live&public=gone", "kind__exact=%00", "_to_field=body",
    ],
)  # fmt: skip
def test_odd_questions_to_the_list_get_an_answer(query, desk):
    """A list, a redirect to the list or a refusal; never an error page."""
    ArticleFactory()
    assert desk.get(f"{LIST}?{query}").status_code in (200, 302, 400)
