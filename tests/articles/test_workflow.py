"""Publishing: what the verb does, and the sentence of each refusal."""

from datetime import timedelta

import pytest

from articles import workflow
from articles.models import Correction
from articles.workflow import Refusal
from tests.articles.stories import HOUR, NOON, change, refused, shown
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_saving_is_not_publishing(live):
    """The desk copy changes all day; readers see the version that was published."""
    change(live, headline="Ferry cancelled")
    assert shown(live) == "Ferry late"


def test_publishing_copies_the_whole_story(editor):
    """Words, byline with roles and order, tags and pictures of the text are frozen with the version."""
    writer, photographer = AuthorFactory(), AuthorFactory()
    image = ImageFactory()
    article = ArticleFactory(
        standfirst="An hour late.", body=f"<p>Tide.</p>{figure(image)}", tags=["ferry", "harbour"], authors=[]
    )
    workflow.save(article=article, by=None, bylines=[(photographer, "photography"), (writer, "")])
    version = workflow.publish(article=article, by=editor)
    change(article, standfirst="Other words", body="<p>Other words.</p>")
    workflow.save(article=article, by=None, bylines=[(AuthorFactory(), "")], tags=["other"])
    version.refresh_from_db()
    assert (version.kind_of_change, version.made_by, version.article_version) == ("first", editor, 2)
    assert (version.visible_from, version.visible_until) == (NOON, None)
    assert (version.first_published_at, version.updated_at) == (NOON, None)
    assert (version.standfirst, version.excerpt) == ("An hour late.", "An hour late.")
    rows = [(row.author, row.role) for row in version.bylines.all()]
    assert rows == [(photographer, "photography"), (writer, "")]
    assert list(version.tags.names()) == ["ferry", "harbour"]
    assert [row.image for row in version.pictures.all()] == [image]


@pytest.mark.parametrize("kind", ["typo", "update", "correction"])
def test_the_kind_of_change_alone_decides_the_public_times(live, kind):
    """A typo moves nothing; an update and a correction move "Updated"; none moves the first publication."""
    change(live, headline="Ferry cancelled")
    version = workflow.publish(article=live, by=None, kind=kind, correction="It was cancelled, not late.")
    assert version.first_published_at == NOON - HOUR
    assert version.updated_at == (None if kind == "typo" else NOON)
    assert shown(live, NOON - timedelta(seconds=1)) == "Ferry late"
    assert shown(live) == "Ferry cancelled"
    assert Correction.objects.count() == (kind == "correction")


def test_a_typo_keeps_the_time_of_the_update_before(live, clock):
    change(live, headline="Ferry cancelled")
    workflow.publish(article=live, by=None, kind="update")
    clock.shift(HOUR)
    change(live, headline="Ferry cancelled again")
    assert workflow.publish(article=live, by=None, kind="typo").updated_at == NOON


def test_a_correction_says_what_was_wrong(live):
    """Its text is kept with the version that puts it right."""
    version = workflow.correct(article=live, text=" It was sixty-four. ", by=None)
    assert (version.kind_of_change, version.correction.text) == ("correction", "It was sixty-four.")
    later = workflow.correct(article=live, text="It was sixty-five.", by=None, at=NOON + HOUR)
    assert later.visible_from == NOON + HOUR


def test_publishing_a_story_that_was_scheduled_brings_it_forward(article):
    """The first publication happens once, now; nothing waits any more."""
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    workflow.publish(article=article, by=None)
    [version] = article.versions.all()
    assert (version.visible_from, version.visible_until) == (NOON, None)


def test_publishing_keeps_a_scheduled_update(live):
    """A quick repair now does not cancel what is to follow."""
    change(live, headline="Scheduled")
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    change(live, headline="Now")
    workflow.publish(article=live, by=None, kind="typo")
    assert shown(live) == "Now"
    assert shown(live, NOON + HOUR) == "Scheduled"


def test_a_scheduled_typo_hides_no_update(live):
    """An update published before it keeps its place: readers still see when the story was updated."""
    change(live, headline="Scheduled")
    scheduled = workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="typo")
    change(live, headline="Now")
    workflow.publish(article=live, by=None, kind="update")
    scheduled.refresh_from_db()
    assert scheduled.updated_at == NOON


def test_a_story_can_come_back_after_it_was_withdrawn(live, clock):
    """It is the same story: its first publication stays, and it needs a kind of change."""
    workflow.withdraw(article=live, reason="It was wrong.", by=None)
    clock.shift(HOUR)
    version = workflow.publish(article=live, by=None, kind="update")
    assert version.first_published_at == NOON - HOUR
    assert shown(live, NOON + timedelta(minutes=30)) is None
    assert shown(live) == "Ferry late"


def test_publish_past_records_what_happened(article):
    """An importer writes history in its order."""
    workflow.publish_past(article=article, at=NOON - 3 * HOUR)
    change(article, headline="Ferry cancelled")
    workflow.publish_past(article=article, at=NOON - HOUR, kind="update")
    assert shown(article, NOON - 2 * HOUR) == "Ferry late"
    assert shown(article) == "Ferry cancelled"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": " ", "slug": "x"}, "The story has no headline."),
        ({"body": ""}, "The story has no text yet."),
        ({"body": '<div data-block="related-card" data-id="1"></div>'}, "The story has no text yet."),
        ({"authors": []}, "The story has no author. Add a byline."),
        (
            {"embargo": NOON + HOUR},
            "The story is under embargo until 4 May 2026, 13:00 UTC. Choose a moment from then on.",
        ),
    ],
)
def test_an_unfinished_story_is_refused(fields, sentence):
    """Each missing thing is a sentence that says what to do."""
    refused(sentence, workflow.publish, article=ArticleFactory(**fields))


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        ({"credit": ""}, "{} has no credit. Write who made the picture."),
        ({"alt_text": ""}, "{} has no alternative text. Write what is seen, or call the picture decorative."),
    ],
)
def test_a_picture_without_its_words_is_refused(picture, sentence):
    """The lead picture and those in the text; the wording of this use is enough."""
    image = ImageFactory(**picture)
    refused(sentence.format("The lead picture"), workflow.publish, article=ArticleFactory(lead_image=image))
    body = f"<p>Tide.</p>{figure(ImageFactory())}{figure(image)}"
    refused(sentence.format("Picture 2 in the text"), workflow.publish, article=ArticleFactory(body=body))
    body = f"<p>Tide.</p>{figure(image, credit='Mira', alt='A quay')}"
    lead = {"lead_image": image, "lead_credit": "Mira", "lead_alt": "A quay"}
    assert workflow.publish(article=ArticleFactory(body=body, **lead), by=None)


def test_a_picture_that_is_gone_is_refused():
    article = ArticleFactory(body='<p>Tide.</p><figure data-block="figure" data-id="987654"></figure>')
    sentence = "Picture 1 in the text: the picture is no longer in the library. Remove it."
    refused(sentence, workflow.publish, article=article)


def test_all_problems_are_named_at_once():
    """The editor mends everything in one go."""
    article = ArticleFactory(headline=" ", slug="x", body="", authors=[])
    with pytest.raises(Refusal) as caught:
        workflow.publish(article=article, by=None)
    assert len(caught.value.messages) == 3


def test_publishing_the_same_words_again_is_refused(live):
    """A second press of the button makes no version; a note to readers that was forgotten can be added."""
    sentence = "This version is on the site already: the story was not saved since. Change it, then publish."
    for kind in ("typo", "update"):
        refused(sentence, workflow.publish, article=live, kind=kind)
    workflow.correct(article=live, text="It was sixty-four.", by=None)
    refused(sentence, workflow.correct, article=live, text="It was sixty-four. ")


@pytest.mark.parametrize("kind", [None, "", "first", "whim"])
def test_a_public_story_needs_a_kind_of_change(live, kind):
    change(live, headline="Ferry cancelled")
    refused(
        "Readers know this story already. Say what kind of change this is: typo, update or correction.",
        workflow.publish,
        article=live,
        kind=kind,
    )


def test_a_correction_without_words_is_refused(live):
    change(live, headline="Ferry cancelled")
    sentence = "A correction needs its public text: say what was wrong and what is right."
    refused(sentence, workflow.correct, article=live, text=" ")
    refused(sentence, workflow.schedule, article=live, at=NOON + HOUR, kind="correction")


def test_publish_past_refuses_the_future_and_the_wrong_order(live):
    refused(
        "That moment is still to come. Schedule the story instead.",
        workflow.publish_past,
        article=live,
        at=NOON + HOUR,
    )
    refused(
        "The story was published after that moment already.",
        workflow.publish_past,
        article=live,
        at=NOON - 2 * HOUR,
    )
