"""The conflict page: what differs between two texts of a story, for each difference both sides, and who changed it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import rendering, workflow
from articles.compare_words import apart
from tests.articles.desk_forms import admin, filled
from tests.articles.stories import change
from tests.factories import ArticleFactory, AuthorFactory, figure
from tests.images.pictures import make_picture


@pytest.fixture
def names(db):
    """{first name: author} of four."""
    return {name: AuthorFactory(name=name, slug=name.lower()) for name in ("Anna", "Ben", "Cal", "Dora")}


@pytest.fixture
def conflict(desk):
    """conflict(story, theirs, **typed) is the page's conflict when `theirs()` saves before the typed form is sent."""

    def meet(story, theirs, **typed):
        workflow.keep_revision(article=story, by=None)
        data = filled(desk, admin("change", story.pk), **typed)
        theirs()
        response = desk.post(admin("change", story.pk), data)
        return response.context["conflict"]

    return meet


def rows(*bylines):
    """The form's byline as [(author, role)]."""
    data = {"bylines-TOTAL_FORMS": len(bylines), "bylines-INITIAL_FORMS": 0}
    for number, (author, role) in enumerate(bylines):
        data |= {f"bylines-{number}-{name}": "" for name in ("id", "DELETE")}
        data |= {f"bylines-{number}-author": author.pk, f"bylines-{number}-role": role}
        data[f"bylines-{number}-position"] = number
    return {name: value for name, value in data.items() if not name.endswith("DELETE")}


def test_each_author_is_a_difference_of_its_own(conflict, names):
    """Who only one side has, another role, another order; who is the same on both is there for the module alone."""
    anna, ben, cal, dora = names.values()
    story = ArticleFactory(authors=[anna, ben])

    def theirs():
        workflow.save(article=story, by=None, bylines=[(ben, ""), (cal, "photography"), (anna, "")])

    found = conflict(story, theirs, **rows((anna, "reporting"), (ben, ""), (dora, "")))
    people = found["people"]
    assert [(one["name"], one["mine"], one["theirs"], one["same"], one["untouched"]) for one in people] == [
        ("Anna", "Anna (reporting)", "Anna", False, False),
        ("Ben", "Ben", "Ben", True, True),
        ("Cal", None, "Cal (photography)", False, True),
        ("Dora", "Dora", None, False, False),
    ]
    assert found["order"] == {"mine": "Anna, Ben", "theirs": "Ben, Anna", "untouched": True}
    places = [json.loads(one["rows"])["place"] for one in people]
    by_side = {
        side: sorted(names, key=lambda name: places[list(names).index(name)][side]) for side in places[0]
    }
    assert by_side == {"mine": ["Anna", "Ben", "Cal", "Dora"], "theirs": ["Ben", "Dora", "Cal", "Anna"]}


def test_a_byline_on_which_both_agree_is_no_difference(conflict, names):
    """With another headline alone, nobody is asked about names."""
    story = ArticleFactory(authors=[names["Anna"], names["Ben"]])
    found = conflict(story, lambda: change(story, headline="Theirs"), headline="Mine")
    assert [one["same"] for one in found["people"]] == [True, True]
    assert found["order"] is None
    assert found["rows"] == []


def test_what_only_they_changed_is_marked(conflict):
    """A field and a paragraph that I did not touch, and one that they added; not what I deleted or wrote."""
    story = ArticleFactory(headline="First", standfirst="Old.", body="<p>One.</p><p>Two.</p><p>Gone.</p>")

    def theirs():
        change(story, standfirst="New.", body="<p>One!</p><p>Two.</p><p>Gone.</p><hr>")

    found = conflict(story, theirs, headline="Mine", body="<p>One.</p><p>Two, say I.</p>")
    assert {field["name"]: field["untouched"] for field in found["fields"]} == {
        "headline": False,
        "standfirst": True,
    }
    assert {row["theirs"]: row["untouched"] for row in found["rows"] if not row["same"]} == {
        "<p>One!</p>": True,
        "<p>Two.</p>": False,
        "<p>Gone.</p>": False,
        "<hr>": True,
    }


def test_a_picture_is_shown_by_its_words(conflict):
    """Its name and the words of this use, each with its label, and what differs in them marked."""
    picture = make_picture(title="Quay")
    story = ArticleFactory(body=figure(picture, caption="Boats at the quay."))
    mine = figure(picture, caption="Boats at the pier.", credit="Ada")
    found = conflict(story, lambda: change(story, body=figure(picture, caption="Two boats.")), body=mine)
    [row] = found["rows"]
    name = str(picture)
    assert row["mine_shown"].startswith(f"<p>Picture: {name}</p><p>Caption: ")
    assert "<p><mark>Credit: Ada</mark></p>" in row["mine_shown"]
    assert "<mark>Two boats</mark>" in row["theirs_shown"]


def test_words_are_marked_inside_of_their_markup():
    """Links and bold stay what they are; a reference like &amp; is one sign."""
    one, other = "<p>Tea &amp; <em>milk, hot</em>.</p>", "<p>Tea &lt; <em>milk</em> now.</p>"
    assert apart(one, other) == (
        "<p>Tea <mark>&amp;</mark> <em>milk<mark>, hot</mark></em>.</p>",
        "<p>Tea <mark>&lt;</mark> <em>milk</em> <mark>now</mark>.</p>",
    )
    assert apart("", other) == ("", other)


words = st.text(st.sampled_from("ab &<>\"'=ñ日.\n"), max_size=12)
bodies = st.lists(
    st.tuples(st.sampled_from(["<p>", "<h2>", "<p><b>", "<p><a href='/x>y'>"]), words), max_size=4
)


@given(bodies, bodies)
def test_marking_changes_nothing_else(one, other):
    """Without the marks each side is what it was, whatever stands in it."""
    texts = [
        rendering.clean("".join(tag + text.replace("<", "&lt;") for tag, text in side))
        for side in (one, other)
    ]
    for text, marked in zip(texts, apart(*texts), strict=True):
        assert re.sub("</?mark>", "", marked) == text.lstrip()
        assert rendering.clean(marked) == rendering.clean(text)
