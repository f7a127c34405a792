"""Scheduling, moving, cancelling, withdrawing, expiring: what each does, and the sentence of each refusal."""

from datetime import timedelta

import pytest

from articles import workflow
from articles.models import Withdrawal
from tests.articles.stories import HOUR, NOON, change, refused, shown
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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
    sentence = "The story is under embargo until 4 May 2026, 13:00 UTC. Choose a moment from then on."
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


def test_a_clock_that_is_set_back_a_little_is_waited_out(article, clock):
    """The next version begins where the one before it began; readers lose nothing."""
    first = workflow.publish(article=article, by=None)
    clock.shift(-workflow.STEP)
    change(article, headline="Ferry later")
    second = workflow.publish(article=article, by=None, kind="update")
    first.refresh_from_db()
    assert (first.visible_until, second.visible_from) == (NOON, NOON)


def test_a_clock_that_is_set_back_far_stops_every_verb(article, clock):
    """A version that readers have would look like one to come: nothing is done, and the sentence says why."""
    workflow.publish(article=article, by=None)
    clock.shift(-HOUR)
    change(article, headline="Ferry later")
    sentence = (
        "This machine's clock says 4 May 2026, 11:00 UTC, but the last work on this was done at "
        "4 May 2026, 12:00 UTC. Nothing was changed. Ask your technical staff to set the clock, then try again."
    )
    refused(sentence, workflow.publish, article=article, kind="update")
    refused(sentence, workflow.withdraw, article=article, reason="Wrong.")
    refused(sentence, workflow.cancel_schedule, article=article)
    refused(sentence, workflow.expire, article=article, at=NOON + HOUR)
    refused(sentence, workflow.schedule, article=article, at=NOON + HOUR, kind="update")
    clock.shift(HOUR)
    assert shown(article) == "Ferry late"


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
def test_withdrawing_needs_a_reason_and_a_place_to_lead_to(live, article, wish, sentence):
    wish = {"reason": "It was wrong.", **wish}
    if "successor" in wish:
        wish["successor"] = {"itself": live, "draft": article}[wish["successor"]]
    refused(sentence, workflow.withdraw, article=live, **wish)
    assert not Withdrawal.objects.exists()


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


def test_an_end_in_the_past_or_of_nothing_is_refused(live, article, clock):
    refused(
        "A story can only go after 4 May 2026, 12:00 UTC. To take it off now, withdraw it.",
        workflow.expire,
        article=live,
        at=NOON,
    )
    nowhere = "This story is neither on the site nor scheduled."
    refused(nowhere, workflow.expire, article=article, at=NOON + HOUR)
    workflow.expire(article=live, at=NOON + HOUR, by=None)
    clock.shift(2 * HOUR)
    refused(nowhere, workflow.expire, article=live, at=None)
