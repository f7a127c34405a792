"""The clock and the stories that the tests of stories begin with."""

import pytest
import time_machine

from articles import workflow
from tests.articles.stories import HOUR, NOON, republish, story
from tests.factories import ArticleFactory, AuthorFactory, published


@pytest.fixture
def clock():
    """It is noon until a test moves the clock."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article(db, clock):
    """A story that nobody has published."""
    return ArticleFactory(headline="Ferry late", slug="ferry")


@pytest.fixture
def live(db, clock):
    """A story that went public an hour ago."""
    return published(at=NOON - HOUR, headline="Ferry late", slug="ferry-late")


@pytest.fixture
def site(db, clock):
    """A site with every kind of address in PAGES."""
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn")
    article = story(slug="old-address", headline="Ferry late", authors=[mara])
    republish(article, slug="ferry-late")
    workflow.withdraw(
        article=story(1, slug="withdrawn"), reason="We could not confirm it.\n\nWe are sorry.", by=None
    )
    return article
