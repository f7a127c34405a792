"""The byline in the story form."""

import re

import pytest

from tests.articles.desk_forms import admin, errors_of, filled
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db


def names(article):
    return [byline.author.name for byline in article.bylines.select_related("author")]


@pytest.fixture
def story():
    """Two authors, the second with the number 7."""
    story = ArticleFactory(authors=[AuthorFactory(name="Ann"), AuthorFactory(name="Bea")])
    story.bylines.filter(author__name="Bea").update(position=7)
    return story


def save(desk, story, **rows):
    address = admin("change", story.pk)
    return desk.post(address, filled(desk, address, _continue="", **rows))


def test_a_row_without_a_number_stands_last(desk, story):
    """New authors follow those who are there, in the order of their rows."""
    cal, dee = AuthorFactory(name="Cal"), AuthorFactory(name="Dee")
    rows = {"bylines-TOTAL_FORMS": "4", "bylines-2-author": cal.pk, "bylines-3-author": dee.pk}
    assert save(desk, story, **rows).status_code == 302
    assert names(story) == ["Ann", "Bea", "Cal", "Dee"]
    assert [byline.position for byline in story.bylines.all()] == [0, 7, 8, 9]


def test_numbers_put_authors_in_order(desk, story):
    """The way without script, and what the buttons write."""
    new = AuthorFactory(name="Cal")
    rows = {"bylines-TOTAL_FORMS": "3", "bylines-2-author": new.pk, "bylines-2-position": "0"}
    save(desk, story, **rows, **{"bylines-0-position": "2", "bylines-1-position": "1"})
    assert names(story) == ["Cal", "Bea", "Ann"]


def test_an_author_can_be_removed_and_another_take_the_place(desk, story):
    """In one save; the box to tick has a name."""
    new = AuthorFactory(name="Cal")
    html = desk.get(admin("change", story.pk)).content.decode()
    assert 'aria-label="Remove this author"' in html
    save(desk, story, **{"bylines-0-DELETE": "on", "bylines-TOTAL_FORMS": "3", "bylines-2-author": new.pk})
    assert names(story) == ["Bea", "Cal"]


@pytest.mark.parametrize("number", ["-1", "40000", "x", "9" * 40])
def test_an_impossible_number_is_a_sentence(number, desk, story):
    """Next to the row, and nothing is stored."""
    _errors, byline = errors_of(save(desk, story, **{"bylines-0-position": number}))
    assert byline
    story.refresh_from_db()
    assert story.version == 1


def test_a_story_with_authors_has_no_empty_row(desk, story):
    """One without has one, for the first."""
    count = "bylines-TOTAL_FORMS"
    assert filled(desk, admin("change", story.pk))[count] == "2"
    assert filled(desk, admin("change", ArticleFactory(authors=[]).pk))[count] == "1"


def test_every_column_of_the_table_has_words(desk, story):
    """Also the first, which nobody sees."""
    page = desk.get(admin("change", story.pk)).content.decode()
    heads = re.findall(r"<th\b[^>]*>(.*?)</th>", page.partition('id="bylines-group"')[2], flags=re.DOTALL)
    assert len(heads) == 5
    assert all(re.sub("<[^>]*>", "", head).strip() for head in heads)
