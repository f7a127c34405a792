"""The rule of four eyes: nobody publishes alone a story that they wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import review, workflow
from articles.models import Article
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db

SENTENCE = "somebody else has to look at it"


@pytest.fixture(autouse=True)
def rule(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def ines(person):
    return person("Editor")


@pytest.fixture
def tom(person):
    return person("Editor")


@pytest.fixture
def own(ines):
    """A story with Ines in its byline."""
    return ArticleFactory(authors=[AuthorFactory(user=ines)])


def refused(article, by):
    """Whether publishing and scheduling are both refused for the rule's sake."""
    later = timezone.now() + timedelta(hours=1)
    for verb in (
        lambda: workflow.publish(article=article, by=by),
        lambda: workflow.schedule(article=article, at=later, by=by),
    ):
        with pytest.raises(workflow.Refusal, match=SENTENCE) as refusal:
            verb()
        assert refusal.value.code == "four_eyes"
    return not article.versions.exists()


def test_nobody_publishes_alone_what_stands_under_their_name(own, ines, tom):
    """The writer is refused, now and for later; a colleague publishes it."""
    assert refused(own, ines)
    workflow.publish(article=own, by=tom)


def test_a_ghost_is_a_writer_too(ines):
    """Without a byline, whoever made every save wrote it."""
    article = ArticleFactory()
    workflow.save(article=article, by=ines)
    assert refused(article, ines)


def test_a_colleague_who_wrote_along_is_enough(ines, tom):
    """Another person's save means that two have seen the words."""
    article = ArticleFactory()
    workflow.save(article=article, by=ines)
    workflow.save(article=article, by=tom)
    workflow.publish(article=article, by=ines)


def test_calling_it_ready_is_the_second_pair_of_eyes(own, ines, tom):
    """A colleague's Ready lets the writer publish."""
    review.move(article=own, to=Article.State.READY, by=tom)
    workflow.publish(article=own, by=ines)


def test_ones_own_ready_counts_for_nothing(own, ines):
    """The eyes have to be somebody else's."""
    review.move(article=own, to=Article.State.READY, by=ines)
    assert refused(own, ines)


def test_words_written_after_ready_need_another_look(own, ines, tom):
    """What the colleague read is not what would go out."""
    review.move(article=own, to=Article.State.READY, by=tom)
    own.headline = "Something nobody else has seen"
    workflow.save(article=own, by=ines)
    assert refused(own, ines)


def test_a_move_in_review_is_no_writing(ines, tom):
    """A colleague who only moved the story has written nothing of it, so words added later are the writer's alone."""
    article = ArticleFactory()
    workflow.save(article=article, by=ines)
    review.move(article=article, to=Article.State.READY, by=tom)
    workflow.save(article=article, by=ines)
    assert refused(article, ines)


def test_sent_back_is_not_approved(own, ines, tom):
    """Only the last word counts."""
    review.move(article=own, to=Article.State.READY, by=tom)
    review.move(article=own, to=Article.State.DRAFT, by=tom, comment="No.")
    assert refused(own, ines)


def test_commands_answer_to_nobody(own):
    """Importers and the demo publish without a person."""
    workflow.publish(article=own, by=None)


def test_without_the_setting_everybody_publishes_their_own(settings, own, ines):
    """A newsroom of one can work."""
    settings.FOUR_EYES = False
    workflow.publish(article=own, by=ines)


def test_the_page_says_so_before_the_button_is_pressed(client, own, ines):
    """The sentence stands among what is in the way, and the button is off."""
    client.force_login(ines)
    html = client.get(reverse("admin:articles_article_publish", args=[own.pk])).content.decode()
    assert SENTENCE in html
    assert "disabled" in html
