"""Arrangements of pages: saved apart, public during intervals, kept when refused, put back, and in the log."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles import arranging
from articles.models import ArrangementRevision, PublishedArrangement
from articles.next_change import next_change
from articles.workflow import Refusal
from log.models import Entry
from tests.articles.arrangements import arrange, save
from tests.articles.stories import HOUR, NOON, story
from tests.factories import SectionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def ferry():
    return story(1, headline="Ferry late")


@pytest.fixture
def bridge():
    return story(2, headline="Bridge shut")


def leads(at=NOON):
    """The ids that lead the front page's public arrangement at a moment; None where there is none."""
    live = PublishedArrangement.objects.live(at).filter(section=None).first()
    return live and live.lead


def refused(sentence, verb, **wish):
    """The verb is refused with these words, and nothing public was written."""
    before = list(PublishedArrangement.objects.values())
    with pytest.raises(Refusal) as caught:
        verb(by=None, **wish)
    assert list(PublishedArrangement.objects.values()) == before
    assert sentence in caught.value.messages


def test_saving_is_not_publishing(ferry, bridge):
    """A save is counted and kept; readers get what is published."""
    save(lead=[ferry])
    assert leads() is None
    assert arranging.of().version == 1
    arranging.publish(by=None)
    save(lead=[bridge])
    assert leads() == [ferry.pk]
    assert [kept.lead for kept in ArrangementRevision.objects.all()] == [[bridge.pk], [ferry.pk]]


def test_the_same_arrangement_is_neither_saved_nor_published_twice(ferry):
    arrange(lead=[ferry])
    assert save(lead=[ferry]) == ArrangementRevision.objects.get()
    refused("Readers have this arrangement already. Nothing was changed.", arranging.publish)


def test_whoever_comes_second_is_refused_and_nothing_is_lost(ferry, bridge, editor, person):
    """Theirs stays, mine is kept aside once, and knowing theirs I can save over it or bring mine back."""
    other = person("Editor")
    save(lead=[ferry], by=other, opened_version=0)
    for _press in range(2):
        kept = save(lead=[bridge], by=editor, opened_version=0)
        assert kept.reason == ArrangementRevision.Reason.REFUSED
    assert arranging.of().lead == [ferry.pk]
    assert [(one.made_by, one.lead) for one in ArrangementRevision.objects.all()] == [
        (editor, [bridge.pk]),
        (other, [ferry.pk]),
    ]
    arranging.bring_back(revision=kept, by=editor, opened_version=1)
    assert (arranging.of().lead, arranging.of().version) == ([bridge.pk], 2)


def test_a_schedule_comes_true_by_the_clock(ferry, bridge, clock):
    """The present arrangement ends where the next begins; publishing before that leaves the schedule in place."""
    arrange(lead=[ferry])
    save(lead=[bridge])
    arranging.schedule(at=NOON + 2 * HOUR, by=None)
    assert (leads(), leads(NOON + 2 * HOUR)) == ([ferry.pk], [bridge.pk])
    assert next_change(NOON) == NOON + 2 * HOUR
    clock.shift(HOUR)
    arrange(top=[ferry])
    assert [leads(NOON + hours * HOUR) for hours in range(3)] == [[ferry.pk], [], [bridge.pk]]


def test_one_arrangement_waits_and_can_be_taken_back(ferry, bridge):
    arrange(lead=[ferry])
    for hours in (2, 3):
        save(lead=[bridge], top=[ferry] * (hours % 2))
        arranging.schedule(at=NOON + hours * HOUR, by=None)
    assert leads(NOON + 2 * HOUR) == [ferry.pk]
    arranging.cancel_schedule(by=None)
    assert PublishedArrangement.objects.get().visible_until is None
    refused("Nothing of this page is scheduled.", arranging.cancel_schedule)
    sentence = "That moment has passed: it is 4 May 2026, 12:00 UTC. Choose a later one, or publish now."
    refused(sentence, arranging.schedule, at=NOON)


def test_one_step_back_and_forth(ferry, bridge, clock):
    """What readers had before is theirs again; the desk's own arrangement stays."""
    refused("Nothing was arranged here yet.", arranging.put_back)
    for wanted in ([ferry], [bridge]):
        clock.shift(HOUR)
        arrange(lead=wanted)
    seen = []
    for _press in range(3):
        clock.shift(HOUR)
        arranging.put_back(by=None)
        seen.append(PublishedArrangement.objects.get(visible_until=None).lead)
    assert seen == [[ferry.pk], [bridge.pk], [ferry.pk]]
    assert arranging.of().lead == [bridge.pk]


def test_before_the_first_arrangement_everything_fills_itself(ferry):
    arrange(lead=[ferry])
    arranging.put_back(by=None)
    assert leads() == []


def test_each_page_has_its_own(ferry):
    """The front page and each section; the database holds one of each and keeps the intervals apart."""
    town = SectionFactory(slug="town")
    arrange(section=town, top=[ferry])
    arrange(lead=[ferry])
    assert sorted(str(one.section_id) for one in PublishedArrangement.objects.live(NOON)) == sorted(
        ["None", str(town.pk)]
    )
    live = PublishedArrangement.objects.get(section=town)
    for moments in ((NOON - HOUR, NOON + HOUR), (NOON + HOUR, NOON + 2 * HOUR), (NOON + HOUR, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedArrangement.objects.create(
                arrangement=live.arrangement, visible_from=moments[0], visible_until=moments[1]
            )


def test_what_readers_had_never_changes(ferry):
    live = arrange(lead=[ferry])
    live.lead = []
    with pytest.raises(TypeError):
        live.save()
    assert leads() == [ferry.pk]


def test_the_log_says_who_arranged_what_when(ferry, bridge, editor):
    town = SectionFactory(slug="town", name="Town")
    arrange(lead=[ferry, bridge], by=editor)
    arrange(section=town, top=[bridge], by=editor)
    arranging.schedule(at=NOON + HOUR, by=editor)
    arranging.cancel_schedule(by=editor)
    arranging.put_back(by=editor)
    entries = Entry.objects.filter(kind__startswith="front.").order_by("pk")
    assert [(one.kind, one.subject_text, one.text) for one in entries] == [
        ("front.published", "Front page", "Lead: “Ferry late”, “Bridge shut”"),
        ("front.published", "Town", "Top: “Bridge shut”"),
        ("front.scheduled", "Front page", "From 4 May 2026, 13:00 UTC: Lead: “Ferry late”, “Bridge shut”"),
        ("front.schedule-cancelled", "Front page", "It was to begin at 4 May 2026, 13:00 UTC"),
        ("front.put-back", "Front page", "Nothing arranged: all places fill themselves"),
    ]


def test_a_clock_that_was_set_back_is_refused(ferry, clock):
    arrange(lead=[ferry])
    clock.shift(-timedelta(hours=1))
    save()
    sentence = (
        "This machine's clock says 4 May 2026, 11:00 UTC, but the last work on this was done at "
        "4 May 2026, 12:00 UTC. Nothing was changed. Ask your technical staff to set the clock, then try again."
    )
    refused(sentence, arranging.publish)
