"""The desk's verbs: what each does, and the sentence of each refusal."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import workflow
from articles.models import Address, Article, Correction, PublishedVersion, Revision, StaleCopy, Withdrawal
from articles.workflow import Refusal
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    """It is noon until a test moves the clock."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article():
    return ArticleFactory(headline="Ferry late", slug="ferry")


@pytest.fixture
def live():
    """A story that went public an hour ago."""
    return published(at=NOON - HOUR, headline="Ferry late", slug="ferry-late")


def change(article, **words):
    """Save the desk copy with other words."""
    article.refresh_from_db()
    for name, value in words.items():
        setattr(article, name, value)
    workflow.save(article=article, by=None)
    return article


def shown(article, at=None):
    """The headline that readers see at a moment, or None."""
    version = PublishedVersion.objects.live(at or timezone.now()).filter(article=article).first()
    return version and version.headline


def refused(sentence, verb, **wish):
    """The verb is refused with these words, and nothing public was written."""
    before = list(PublishedVersion.objects.order_by("pk").values()), list(Address.objects.values())
    with pytest.raises(Refusal) as caught:
        verb(by=None, **wish)
    assert (list(PublishedVersion.objects.order_by("pk").values()), list(Address.objects.values())) == before
    assert sentence in [str(message) for message in caught.value.messages]


# --- Publishing -------------------------------------------------------------------------------------------


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
            "The story is under embargo. Choose a moment after the embargo ends.",
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
        ({"alt_text": ""}, "{} has no alternative text. Write what is seen."),
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


# --- Scheduling -------------------------------------------------------------------------------------------


def test_a_scheduled_story_goes_live_by_itself(article):
    """No job has to run: the moment itself makes it public."""
    version = workflow.schedule(article=article, at=NOON + HOUR, by=None)
    assert version.first_published_at == NOON + HOUR
    assert shown(article, NOON + HOUR - timedelta(microseconds=1)) is None
    assert shown(article, NOON + HOUR) == "Ferry late"


def test_a_scheduled_story_is_the_copy_of_the_moment_it_was_scheduled(article):
    """What the desk writes afterwards waits for the next publication."""
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    change(article, headline="Half-finished")
    assert shown(article, NOON + HOUR) == "Ferry late"


def test_scheduling_again_replaces_what_was_scheduled(live):
    """A story has one scheduled version at a time."""
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    change(live, headline="Ferry cancelled")
    workflow.schedule(article=live, at=NOON + 2 * HOUR, by=None, kind="update")
    assert shown(live, NOON + HOUR) == "Ferry late"
    assert shown(live, NOON + 2 * HOUR) == "Ferry cancelled"
    assert live.versions.count() == 2


def test_moving_a_schedule_moves_its_times_and_not_its_words(article):
    """The place in every list moves along: section, tag and byline repeat the time."""
    article.tags.set(["ferry"])
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    change(article, headline="Half-finished")
    version = workflow.reschedule(article=article, at=NOON + 3 * HOUR, by=None)
    assert (version.headline, version.visible_from) == ("Ferry late", NOON + 3 * HOUR)
    assert version.first_published_at == NOON + 3 * HOUR
    for row in (version.bylines.get(), version.version_tags.get()):
        assert row.first_published_at == NOON + 3 * HOUR


@pytest.mark.parametrize("moved", [timedelta(minutes=30), 5 * HOUR])
def test_moving_an_update_moves_the_end_of_what_is_live(live, moved):
    """Earlier or later, there is no gap and no overlap."""
    change(live, headline="Ferry cancelled")
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    version = workflow.reschedule(article=live, at=NOON + moved, by=None)
    assert version.updated_at == NOON + moved
    assert version.first_published_at == NOON - HOUR
    assert shown(live, NOON + moved - timedelta(microseconds=1)) == "Ferry late"
    assert shown(live, NOON + moved) == "Ferry cancelled"


def test_cancelling_leaves_what_is_live(live):
    """The live version is open-ended again, or ends when the cancelled one would have."""
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    workflow.expire(article=live, at=NOON + 2 * HOUR, by=None)
    workflow.cancel_schedule(article=live, by=None)
    [version] = live.versions.all()
    assert version.visible_until == NOON + 2 * HOUR


def test_the_past_and_the_present_are_no_schedule(article):
    for at in (NOON, NOON - HOUR):
        refused(
            "That moment has passed: it is 4 May 2026, 12:00 UTC. Choose a later one, or publish now.",
            workflow.schedule,
            article=article,
            at=at,
        )


def test_a_schedule_after_the_embargo_is_no_breach():
    """The embargo counts at the moment of publication, not at the moment of the click."""
    article = ArticleFactory(embargo=NOON + HOUR)
    sentence = "The story is under embargo. Choose a moment after the embargo ends."
    refused(sentence, workflow.schedule, article=article, at=NOON + HOUR - timedelta(seconds=1))
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    refused(
        "The embargo lasts until 4 May 2026, 13:00 UTC.",
        workflow.reschedule,
        article=article,
        at=NOON + timedelta(minutes=59),
    )


def test_nothing_scheduled_cannot_be_moved_or_cancelled(live):
    sentence = "Nothing of this story is scheduled."
    refused(sentence, workflow.reschedule, article=live, at=NOON + HOUR)
    refused(sentence, workflow.cancel_schedule, article=live)


def test_a_schedule_is_not_moved_into_the_past(article):
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    refused(
        "That moment has passed: it is 4 May 2026, 12:00 UTC. Choose a later one, or publish now.",
        workflow.reschedule,
        article=article,
        at=NOON,
    )


def test_a_schedule_is_not_moved_past_the_storys_end(article):
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    workflow.expire(article=article, at=NOON + 2 * HOUR, by=None)
    refused(
        "The story goes off the site at 4 May 2026, 14:00 UTC, before that moment.",
        workflow.reschedule,
        article=article,
        at=NOON + 2 * HOUR,
    )


def test_a_return_is_not_moved_into_the_time_before_the_end(live):
    """A story that expires and comes back later cannot come back before it went."""
    workflow.expire(article=live, at=NOON + HOUR, by=None)
    workflow.schedule(article=live, at=NOON + 3 * HOUR, by=None, kind="update")
    refused(
        "The story is on the site until 4 May 2026, 13:00 UTC; its next publication cannot begin before.",
        workflow.reschedule,
        article=live,
        at=NOON + timedelta(minutes=30),
    )


# --- Going off the site -----------------------------------------------------------------------------------


def test_withdrawing_ends_the_story_and_what_was_to_follow(live, editor):
    """The reason is kept for readers, with who said so."""
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    version = workflow.withdraw(article=live, reason=" It was wrong. ", by=editor)
    assert shown(live) is None
    assert shown(live, NOON + 2 * HOUR) is None
    assert version.visible_until == NOON
    assert (version.withdrawal.reason, version.withdrawal.made_by) == ("It was wrong.", editor)


def test_withdrawing_can_be_recorded_for_a_moment_in_the_past(live):
    workflow.withdraw(article=live, reason="It was wrong.", by=None, at=NOON - timedelta(minutes=5))
    assert shown(live, NOON - timedelta(minutes=6)) == "Ferry late"
    assert shown(live, NOON - timedelta(minutes=5)) is None


def test_withdrawing_what_is_not_on_the_site_is_refused(article):
    sentence = "This story is not on the site. To take back a scheduled publication, cancel it."
    refused(sentence, workflow.withdraw, article=article, reason="It was wrong.")
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    refused(sentence, workflow.withdraw, article=article, reason="It was wrong.")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"reason": " "}, "Tell readers in a sentence why the story is gone."),
        ({"at": NOON + HOUR}, "That moment is still to come. Set when the story expires instead."),
        ({"successor": "itself"}, "A withdrawn story cannot lead to itself."),
        ({"successor": "draft"}, "The story to lead readers to is not on the site."),
    ],
)
def test_withdrawing_needs_a_reason_and_a_place_to_lead_to(live, article_named, wish, sentence):
    wish = {"reason": "It was wrong.", **wish}
    if "successor" in wish:
        wish["successor"] = {"itself": live, "draft": article_named}[wish["successor"]]
    refused(sentence, workflow.withdraw, article=live, **wish)
    assert not Withdrawal.objects.exists()


@pytest.fixture
def article_named():
    return ArticleFactory()


def test_a_story_goes_at_the_moment_set_and_stays_when_that_is_lifted(live):
    workflow.expire(article=live, at=NOON + HOUR, by=None)
    assert shown(live, NOON + HOUR - timedelta(microseconds=1)) == "Ferry late"
    assert shown(live, NOON + HOUR) is None
    workflow.expire(article=live, at=None, by=None)
    assert shown(live, NOON + HOUR) == "Ferry late"


def test_the_end_belongs_to_the_last_version(live):
    """With an update scheduled, the story ends after it."""
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    workflow.expire(article=live, at=NOON + 2 * HOUR, by=None)
    refused(
        "A story can only go after 4 May 2026, 13:00 UTC. To take it off now, withdraw it.",
        workflow.expire,
        article=live,
        at=NOON + HOUR,
    )
    assert shown(live, NOON + HOUR) == "Ferry late"


def test_an_end_in_the_past_or_of_nothing_is_refused(live, article_named, clock):
    refused(
        "A story can only go after 4 May 2026, 12:00 UTC. To take it off now, withdraw it.",
        workflow.expire,
        article=live,
        at=NOON,
    )
    nowhere = "This story is neither on the site nor scheduled."
    refused(nowhere, workflow.expire, article=article_named, at=NOON + HOUR)
    workflow.expire(article=live, at=NOON + HOUR, by=None)
    clock.shift(2 * HOUR)
    refused(nowhere, workflow.expire, article=live, at=None)


# --- Addresses --------------------------------------------------------------------------------------------


def test_a_slug_belongs_to_one_story_for_ever(live):
    """Also after the story took another one, and after it was withdrawn."""
    sentence = "Another story was published at /ferry-late/, and the address stays with it. Change the slug."
    change(live, slug="ferry-cancelled")
    workflow.publish(article=live, by=None, kind="typo")
    workflow.withdraw(article=live, reason="It was wrong.", by=None)
    refused(sentence, workflow.publish, article=ArticleFactory(slug="ferry-late"))


def test_a_slug_that_never_became_public_is_free_again(article, live):
    """Claimed for a scheduled version, given back when the schedule is cancelled."""
    change(article, slug="harbour")
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    assert Address.objects.get(slug="harbour").article == article
    workflow.cancel_schedule(article=article, by=None)
    assert not Address.objects.filter(slug="harbour").exists()
    assert Address.objects.get(slug="ferry-late").article == live


def test_cancelling_keeps_the_address_that_the_live_version_has(live):
    workflow.schedule(article=live, at=NOON + HOUR, by=None, kind="update")
    workflow.cancel_schedule(article=live, by=None)
    assert Address.objects.get(slug="ferry-late").article == live


def test_a_story_may_take_its_old_slug_back(live, clock, client):
    """Both addresses stay its own, and each leads to where the story is, in one hop."""
    for slug in ("ferry-cancelled", "ferry-late", "ferry-sunk"):
        clock.shift(HOUR)
        change(live, slug=slug)
        workflow.publish(article=live, by=None, kind="typo")
    for old in ("ferry-late", "ferry-cancelled"):
        response = client.get(f"/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/ferry-sunk/")
    assert client.get("/ferry-sunk/").status_code == 200


# --- The desk copy ----------------------------------------------------------------------------------------


def test_every_save_keeps_a_revision(article, editor):
    """Words, byline and tags as the save left them, with its number and its author."""
    author = AuthorFactory()
    kept = workflow.save(article=article, by=editor, bylines=[(author, "photography")], tags=["tide", "ebb"])
    assert (kept.version, kept.made_by, kept.reason) == (2, editor, "saved")
    assert kept.snapshot["headline"] == "Ferry late"
    assert kept.snapshot["bylines"] == [{"author_id": author.pk, "role": "photography"}]
    assert kept.snapshot["tags"] == ["ebb", "tide"]
    article.refresh_from_db()
    assert (article.version, article.saved_by) == (2, editor)


def test_the_second_of_two_savers_is_refused(article):
    """Whoever read the older copy overwrites nothing."""
    mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    theirs.headline = "Theirs"
    workflow.save(article=theirs, by=None)
    mine.headline = "Mine"
    with pytest.raises(StaleCopy):
        workflow.save(article=mine, by=None, tags=["mine"])
    article.refresh_from_db()
    assert (article.headline, article.version, article.tags.count()) == ("Theirs", 2, 0)
    assert Revision.objects.count() == 1


def test_restoring_brings_everything_back_and_publishes_nothing(live):
    """As a new save, so that it can be taken back in turn."""
    author, image, culture = AuthorFactory(), ImageFactory(), SectionFactory(name="Culture", slug="culture")
    change(live, headline="Old words", section=culture, lead_image=image, read_more=[5, 3], kind="opinion")
    old = workflow.save(article=live, by=None, bylines=[(author, "text")], tags=["old"])
    change(live, headline="New words", section=SectionFactory(), lead_image=None, read_more=[], kind="news")
    workflow.save(article=live, by=None, bylines=[(AuthorFactory(), "")], tags=["new"])
    kept = workflow.restore(revision=old, by=None)
    live = Article.objects.get(pk=live.pk)
    assert (live.headline, live.section, live.lead_image) == ("Old words", culture, image)
    assert (live.read_more, live.kind, list(live.tags.names())) == ([5, 3], "opinion", ["old"])
    assert [(row.author, row.role) for row in live.bylines.all()] == [(author, "text")]
    assert (kept.reason, kept.version) == ("restored", live.version)
    assert shown(live) == "Ferry late"


def test_restoring_leaves_out_what_was_deleted(article):
    """A deleted author's byline and a deleted picture go; a deleted section stays as it is now."""
    stays, leaves, image = AuthorFactory(), AuthorFactory(), ImageFactory()
    culture = SectionFactory(name="Culture", slug="culture")
    change(article, section=culture, lead_image=image, headline="Old words")
    old = workflow.save(article=article, by=None, bylines=[(leaves, ""), (stays, "text")])
    news = SectionFactory()
    change(article, section=news, lead_image=None)
    workflow.save(article=article, by=None, bylines=[(stays, "")])
    leaves.delete()
    image.delete()
    culture.delete()
    workflow.restore(revision=old, by=None)
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.section, article.lead_image) == ("Old words", news, None)
    assert [(row.author, row.role) for row in article.bylines.all()] == [(stays, "text")]


def test_restoring_keeps_todays_slug_when_the_old_one_is_anothers(article):
    """Another story may have taken it on the desk or in public."""
    old = workflow.save(article=article, by=None)
    change(article, slug="ferry-cancelled")
    published(slug="ferry")
    workflow.restore(revision=old, by=None)
    article.refresh_from_db()
    assert article.slug == "ferry-cancelled"


def test_an_old_revision_knows_no_younger_fields(article):
    """A field that came later keeps today's value."""
    old = workflow.save(article=article, by=None)
    del old.snapshot["standfirst"]
    change(article, standfirst="Written today")
    workflow.restore(revision=old, by=None)
    article.refresh_from_db()
    assert article.standfirst == "Written today"


def test_a_picture_in_a_text_is_protected_as_long_as_it_is_shown(article):
    """On the desk and in public; a picture that no text holds can go."""
    image, spare = ImageFactory(), ImageFactory()
    change(article, body=f"<p>Tide.</p>{figure(image)}{figure(image)}{figure(spare)}")
    assert article.pictures.count() == 2
    change(article, body=f"<p>Tide.</p>{figure(image)}")
    assert [row.image for row in article.pictures.all()] == [image]
    spare.delete()
