"""The list of stories on the desk."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import SavedView, Tag
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
    return {article.headline for article in listed_rows(response)}


def listed_rows(response):
    assert response.status_code == 200
    return response.context["cl"].result_list


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
        {"author": author.slug},
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


#: Of the list, whatever it is asked: session, person and rights (4), saved views, the choices of four filters,
#: the count, the page's stories, their columns, their bylines.
QUERIES = 13


def test_the_list_costs_the_same_for_one_row_and_for_fifty(desk, editor):
    """Thirteen queries as it opens, with each filter, with words, in another order and as a kept view."""
    section, author = SectionFactory(), AuthorFactory(user=editor)
    fields = {"section": section, "authors": [author], "tags": ["Harbour"], "assignee": editor}
    tomorrow = timezone.now() + timedelta(days=1)

    def story():
        article = published(headline="Ferry", **fields)
        workflow.save(article=article, by=editor)
        workflow.schedule(article=article, at=tomorrow, kind="typo", by=None)

    view = f"q=ferry&section__id__exact={section.pk}&o=-2"
    SavedView.objects.create(user=editor, name="Ferries", query=view)
    questions = ["", view, "q=ferr+harb", "mine=assigned", "mine=drafts", "public=live", "public=scheduled"]
    questions += ["state__exact=draft", f"section__id__exact={section.pk}", "kind__exact=news", "tag=harbour"]
    questions += [f"author={author.slug}", f"assignee__id__exact={editor.pk}", "o=1", "o=-2", "o=4", "o=5"]
    questions += [f"saved_at__gte={quote(str(timezone.now() - timedelta(days=7)))}"]

    def costs():
        for question in questions:
            with CaptureQueriesContext(connection) as captured:
                response = desk.get(f"{LIST}?{question}")
            yield question, len(listed_rows(response)), len(captured)

    story()
    desk.get(LIST)  # the session notes the first visit
    assert list(costs()) == [(question, 1, QUERIES) for question in questions]
    for _number in range(49):
        story()
    assert list(costs()) == [(question, 50, QUERIES) for question in questions]


def test_the_list_is_ordered_by_what_readers_have(desk):
    """Newest on the site first, or last; what is not on it stands at one end."""
    now = timezone.now()
    for days in (3, 1, 2):
        published(headline=f"{days} days", at=now - timedelta(days=days))
    rows = [article.headline for article in listed_rows(desk.get(LIST, {"o": "-2"}))]
    assert rows == ["1 days", "2 days", "3 days"]
    rows = [article.headline for article in listed_rows(desk.get(LIST, {"o": "2"}))]
    assert rows == ["3 days", "2 days", "1 days"]


def test_the_list_has_pages(desk):
    """Fifty stories stand on a page, the others on the next, each once."""
    for number in range(53):
        ArticleFactory(headline=str(number))
    pages = [listed(desk.get(LIST, {"p": number})) for number in (1, 2)]
    assert [len(page) for page in pages] == [50, 3]
    assert pages[0] | pages[1] == {str(number) for number in range(53)}


def test_filters_offer_what_is_in_use(desk):
    """Authors who stand in a byline and tags that stories have; the address may name any other tag."""
    ArticleFactory(authors=[AuthorFactory(name="Ann Venn")], tags=["Boats"])
    AuthorFactory(name="Never Named")
    Tag.objects.create(name="Forgotten", slug="forgotten")
    html = desk.get(LIST).content.decode()
    assert "Ann Venn" in html
    assert "?tag=boats" in html
    assert "Never Named" not in html
    assert "Forgotten" not in html
    assert "Forgotten" in desk.get(LIST, {"tag": "forgotten"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=" + "x" * 5000, "p=0", "p=99999", "p=x", "o=99", "o=-1.x", "all=", "public=", "e=1",
        "section__id__exact=x", "section__id__exact=" + "9" * 40, "state__exact=x", "nonsense=1",
        "author=x", "author=%00", "tag=x", "bylines__author__id__exact=x", "public=live&public=gone",
        "kind__exact=%00", "_to_field=body",
    ],
)  # fmt: skip
def test_odd_questions_to_the_list_get_an_answer(query, desk):
    """A list, a redirect to the list or a refusal; never an error page."""
    ArticleFactory()
    assert desk.get(f"{LIST}?{query}").status_code in (200, 302, 400)
