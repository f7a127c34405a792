"""The desk finds a story by any of its words; whatever is typed is a query and never an error."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, search
from images.search_words import asked
from tests.factories import ArticleFactory, AuthorFactory

FIGURE = (
    '<figure data-block="figure" data-id="3" data-caption="Möwen am Kai" data-credit="Jo Petrov"></figure>'
)


def found(words):
    return list(search.matching(Article.objects.order_by("pk"), words).values_list("headline", flat=True))


@pytest.fixture
def story(db):
    return ArticleFactory(
        headline="Zürich straße: Ёлка и Мэр",
        standfirst="A standfirst about herring.",
        slug="address-words",
        body=f"<p>The <strong>har</strong>bour closed.</p>{FIGURE}<p>港の市場が開く。</p>",
        lead_caption="Lanterns at dusk",
        authors=[AuthorFactory(name="Beatrix Maule")],
        tags=["Sluice gates"],
    )


@pytest.mark.parametrize(
    "words",
    [
        "zurich", "ZÜRICH", "Strasse", "straße", "елка", "МЭР", "мэ", "herring", "harbour", "har clos", "mowen",
        "petrov jo", "lantern", "市場", "港", "市場が", "address-words", "herr zur", "harbour!", '"harbour" (closed',
    ],
)  # fmt: skip
def test_a_story_is_found_by_its_words(story, words):
    """Headline, standfirst, body, captions, credits, address; beginnings, accents, case and signs do not matter."""
    ArticleFactory(headline="Another", body="<p>Fishing.</p>")
    assert found(words) == [story.headline]


@pytest.mark.parametrize("words", ["arbour", "harbour fishing", "市開", "!!!", "'", "NOT", "h"])
def test_other_words_do_not_find_it(story, words):
    """Every word has to be there; the middle of a word is no word, and signs alone find nothing."""
    assert found(words) == []


def test_no_words_ask_for_everything(story):
    """An empty search is no search."""
    assert found("") == found("   ") == [story.headline]


def test_authors_and_tags_are_found_after_the_save(story, editor):
    """Names are those that the save wrote, for the form, the importer and restoring alike."""
    first = workflow.save(article=story, by=editor)
    assert found("beatrix sluice") == [story.headline]
    workflow.save(article=story, by=editor, bylines=[(AuthorFactory(name="Cy Colley"), "")], tags=["Boats"])
    assert (found("beatrix"), found("cy colley boats")) == ([], [story.headline])
    workflow.restore(revision=first, by=editor)
    assert found("beatrix sluice") == [story.headline]


def test_the_form_of_the_admin_searches(story, desk, django_assert_max_num_queries):
    """The list's own search box finds words of the body, at a constant number of queries."""
    for number in range(12):
        ArticleFactory(headline=f"Harbour {number}")
    with django_assert_max_num_queries(18):
        answer = desk.get(reverse("admin:articles_article_changelist"), {"q": "herring HARB"})
    assert [article.headline for article in answer.context["cl"].result_list] == [story.headline]


def test_what_was_rewritten_is_found_by_its_new_words_only(story):
    """The index follows every save, in the same transaction."""
    story.headline, story.body = "New", "<p>Other words.</p>"
    story.save()
    assert (found("harbour"), found("other words")) == ([], ["New"])


def test_a_deleted_story_is_forgotten(story):
    """Nobody finds its words, and the index keeps none of them."""
    Article.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_desk_search")
        assert cursor.fetchone() == (0,)


def test_the_index_can_be_written_anew(story, capsys):
    """What came past the desk, such as a renamed author, is found after rebuild_search."""
    author = story.bylines.get().author
    author.name = "Renamed Person"
    author.save()
    assert found("renamed") == []
    call_command("rebuild_search")
    assert capsys.readouterr().out.startswith(
        "1 stories, 0 pictures and 0 recordings can be found at the desk.\n"
    )
    assert found("renamed sluice harbour") == [story.headline]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_query(story, text):
    """No text that somebody types is an error."""
    found(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(st.text(min_size=1, max_size=60))
def test_what_is_indexed_is_found(story, text):
    """Any text that leaves words in a story finds that story again, in any script."""
    story.standfirst = text.replace("\x00", "")
    story.save()
    if asked(story.standfirst):
        assert found(story.standfirst) == [story.headline]
