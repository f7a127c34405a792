"""Which slugs stories get, and which they may have."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from articles import workflow
from articles.models import Article, Tag
from articles.models.article import free_slug
from articles.slugs import RESERVED, refuse_reserved
from authors.slugs import MAX_LENGTH, make_slug
from tests.factories import ArticleFactory, published


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ferry fire: what we know", "ferry-fire-what-we-know"),
        ("  Ünïcode — façade & Co.  ", "unicode-facade-co"),
        ("Згурський та Юрій", "zghurskyi-ta-yurii"),
        ("Єнакієве, Їжакевич, Йосип", "yenakiieve-yizhakevych-yosyp"),
        ("Знам’янка", "znamianka"),
        ("Ґалаґан і Щука", "galagan-i-shchuka"),
        ("Пожар в порту", "pozhar-v-portu"),
        ("Съезд объявил мышь", "sezd-obiavil-mysh"),
        ("東京", "dong-jing"),
        ("!!! …", ""),
        ("", ""),
    ],
)
def test_slugs_are_readable_latin_words(text, slug):
    """Ukrainian follows the official romanisation; other scripts are written as well as Latin letters can."""
    assert make_slug(text) == slug


def test_long_headlines_end_at_a_word():
    """A slug fits its column and never ends in half a word."""
    slug = make_slug("harbour " * 40)
    assert len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"harbour"}
    assert 0 < len(make_slug("x" * 300)) <= MAX_LENGTH


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_the_sites_own_addresses_are_refused(slug):
    """The refusal suggests a slug that is allowed."""
    with pytest.raises(ValidationError, match=f"for example “{slug}-story”"):
        refuse_reserved(slug)
    refuse_reserved(f"{slug}-story")


def test_no_story_can_hide_an_address_of_the_site():
    """Every first word of a route of ours is reserved."""
    for pattern in get_resolver().url_patterns:
        routes = (
            [pattern]
            if not hasattr(pattern, "url_patterns") or str(pattern.pattern)
            else pattern.url_patterns
        )
        for route in routes:
            first = str(route.pattern).lstrip("^").partition("/")[0].partition(".")[0].partition("-<")[0]
            if first and "<" not in first:
                assert first in RESERVED, f"{route.pattern} could be hidden by a story"


@pytest.mark.django_db
def test_a_free_slug_is_free():
    """It keeps off the desk's other stories, what was ever public, and the site's own addresses."""
    story = published(headline="Ferry fire", slug="ferry-fire")
    story.slug = "ferry-fire-report"
    workflow.save(article=story, by=None)
    assert free_slug("Ferry fire") == "ferry-fire-2"
    assert free_slug("Ferry fire report") == "ferry-fire-report-2"
    assert free_slug("Ferry fire", exclude=story.pk) == "ferry-fire"
    assert free_slug("Search") == "search-2"
    assert free_slug("???") == "story"


@pytest.mark.django_db
def test_a_numbered_slug_still_fits():
    """The number takes the place of letters when the slug is as long as it may be."""
    slug = "x" * MAX_LENGTH
    ArticleFactory(slug=slug)
    assert free_slug(slug) == "x" * (MAX_LENGTH - 2) + "-2"


@pytest.mark.django_db
def test_an_article_without_a_slug_gets_one_from_its_headline():
    """Saving fills it in, whoever saves."""
    assert ArticleFactory(headline="Tide tables").slug == "tide-tables"
    assert ArticleFactory(headline="Tide tables").slug == "tide-tables-2"


@pytest.mark.django_db
def test_the_form_refuses_a_slug_that_another_story_had_in_public():
    """A slug belongs to one story for ever, also after that story took another."""
    story = published(slug="tide")
    story.slug = "ebb"
    workflow.save(article=story, by=None)
    with pytest.raises(ValidationError, match="Another story was published at this address"):
        Article(headline="Tide", slug="tide").clean()
    story.slug = "tide"
    story.clean()


@pytest.mark.django_db
def test_tags_have_slugs_in_latin_letters_too():
    """Two tags with the same letters get different addresses; one without any gets a name."""
    assert Tag.objects.create(name="Порт").slug == "port"
    assert Tag.objects.create(name="Port").slug != "port"
    assert Tag.objects.create(name="!").slug == "tag"
