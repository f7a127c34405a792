"""Times typed in the newsroom's zone: shown, stored and fired instants agree, and a doubtful hour is asked about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, PublishedVersion
from articles.moments import MomentField, clock, instants, offset, readings
from tests.factories import ArticleFactory

ZONES = [
    "Africa/Cairo",
    "America/Los_Angeles",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Kyiv",
    "Europe/London",
    "Pacific/Auckland",
]
SECOND = timedelta(seconds=1)


def changes_of(zone, year=2026):
    """[(moment in UTC, gained)] of a year's clock changes; `gained` is negative where an hour is doubled."""
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    found, step = [], timedelta(minutes=30)
    while moment < end:
        before, after = (at.astimezone(zone).utcoffset() for at in (moment - SECOND, moment))
        if before != after:
            found.append((moment, after - before))
        moment += step
    return found


CASES = [
    (name, number, where) for name in ZONES for number in (0, 1) for where in ("at the change", "normal")
]


def typed_at(name, number, where):
    """(zone, what somebody types, how many moments it means) around one change of a zone."""
    zone = ZoneInfo(name)
    change, gained = changes_of(zone)[number]
    wall_before = (change - SECOND).astimezone(zone).replace(tzinfo=None) + SECOND
    middle = wall_before + gained / 2  # inside the gap, or inside the doubled stretch
    if where == "normal":
        return zone, wall_before.replace(microsecond=0) + timedelta(days=2, minutes=7), 1
    return zone, middle, 0 if gained > timedelta(0) else 2


class Form(forms.Form):
    at = MomentField()


def post(naive, chosen="", name="at"):
    return {
        f"{name}_0": naive.strftime("%d/%m/%Y"),
        f"{name}_1": naive.strftime("%H:%M:%S"),
        f"{name}_2": chosen,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "number", "where"), CASES)
def test_shown_stored_and_fired_instants_agree(name, number, where):
    """In ten zones, at both changes of 2026: what the form takes is what is stored, fires and is shown again."""
    zone, naive, count = typed_at(name, number, where)
    with timezone.override(zone), time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        first = Form(post(naive))
        assert first.is_valid() == (count == 1)
        answers = (
            [""] if count == 1 else [value for value, _words in first.fields["at"].widget.widgets[2].choices]
        )
        assert len(answers) == (1 if count == 1 else 2)
        stored = []
        for answer in answers:
            form = Form(post(naive, answer))
            assert form.is_valid(), form.errors
            at = form.cleaned_data["at"]
            version = workflow.schedule(article=ArticleFactory(), at=at, by=None)
            version.refresh_from_db()
            assert version.visible_from == at
            assert not PublishedVersion.objects.live(at - SECOND).filter(pk=version.pk).exists()
            assert PublishedVersion.objects.live(at).filter(pk=version.pk).exists()
            local = at.astimezone(zone)
            if count:
                assert local.replace(tzinfo=None, fold=0) == naive
            assert local.strftime("%H:%M") in clock(version.visible_from)
            shown = Form(initial={"at": version.visible_from})["at"]
            typed_again = Form(post(local, str(shown.field.widget.decompress(at)[2] or "")))
            assert typed_again.is_valid()
            assert typed_again.cleaned_data["at"] == at
            stored.append(at)
        assert stored == sorted(set(stored))


@given(
    naive=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 12, 31)),
    name=st.sampled_from(ZONES),
)
def test_every_time_means_one_moment_two_or_none(naive, name):
    """Each moment found shows the time typed; a time without one has its two neighbours, a gap apart."""
    zone = ZoneInfo(name)
    found = instants(naive, zone)
    for moment in found:
        assert moment.astimezone(zone).replace(tzinfo=None, fold=0) == naive
    assert len(readings(naive, zone)) == (1 if len(found) == 1 else 2)


@pytest.fixture
def london(settings):
    settings.TIME_ZONE = "Europe/London"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


@pytest.fixture
def january():
    with time_machine.travel(datetime(2026, 1, 5, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def test_a_doubled_hour_asks_which_one(january, london, desk):
    """01:30 on the night the clocks go back: two choices in words, and the chosen one is scheduled."""
    article = ArticleFactory(standfirst="What happened.", tags=["Harbour"])
    address = reverse("admin:articles_article_schedule", args=[article.pk])
    naive = datetime(2026, 10, 25, 1, 30)
    asked = desk.post(address, post(naive)).content.decode()
    assert "The clocks go back on 25 October 2026, so 01:30 happens twice." in asked
    assert "First 01:30 (summer time, UTC+1)" in asked
    assert "Second 01:30 (UTC+0)" in asked
    assert not article.versions.exists()
    answer = desk.post(address, post(naive, "2026-10-25T01:30:00+00:00"))
    assert answer.status_code == 302
    assert article.versions.get().visible_from == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_missing_hour_offers_its_neighbours(january, london, desk):
    """01:30 on the night the clocks go forward never comes: the nearest times on both sides are offered."""
    article = ArticleFactory(standfirst="What happened.", tags=["Harbour"])
    address = reverse("admin:articles_article_schedule", args=[article.pk])
    naive = datetime(2026, 3, 29, 1, 30)
    asked = desk.post(address, post(naive)).content.decode()
    assert "01:30 never happens" in asked
    assert "00:30, before the clocks change (UTC+0)" in asked
    assert "02:30, after the clocks change (summer time, UTC+1)" in asked
    desk.post(address, post(naive, "2026-03-29T01:30:00+00:00"))
    assert article.versions.get().visible_from == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_choice_counts_only_for_the_time_it_was_offered_for(january, london):
    """Somebody answers the question and changes the date as well: the answer is not kept for another night."""
    stale = "2026-10-25T00:30:00+00:00"
    other = Form(post(datetime(2026, 10, 26, 1, 30), stale))
    assert other.is_valid()
    assert other.cleaned_data["at"] == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    later = Form(post(datetime(2027, 10, 31, 1, 30), stale))
    assert not later.is_valid()


def test_a_stored_doubled_hour_is_not_asked_about_again(january, london):
    """An embargo at the second 01:30 comes back as the second, and saving the form again changes nothing."""
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    drawn = str(Form(initial={"at": at})["at"])
    assert 'value="2026-10-25T01:30:00+00:00"' in drawn
    assert drawn.count("checked") == 1
    again = Form(post(datetime(2026, 10, 25, 1, 30), "2026-10-25T01:30:00+00:00"), initial={"at": at})
    assert not again.has_changed()
    assert again.is_valid()
    assert again.cleaned_data["at"] == at


def test_the_question_survives_the_look_for_changes(january, london):
    """A form asked whether it changed still shows the choices beside its error."""
    form = Form(post(datetime(2026, 10, 25, 1, 30)), initial={"at": datetime(2026, 6, 1, tzinfo=UTC)})
    assert form.has_changed()
    assert "First 01:30" in str(form["at"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"at_0": "05/06/2026", "at_1": ""}, "Enter both, a date and a time."),
        ({"at_0": "", "at_1": "10:00"}, "Enter both, a date and a time."),
        ({"at_0": "", "at_1": ""}, "This field is required."),
        ({"at_0": "someday", "at_1": "10:00"}, "Enter a valid date."),
        ({"at_0": "31/12/9999", "at_1": "23:59:59"}, "Enter a date and a time."),
    ],
)
def test_half_a_moment_is_refused_with_a_sentence(london, data, message):
    """Only a date, only a time, nonsense, a date beyond the calendar: each has its sentence."""
    with timezone.override(ZoneInfo("America/New_York")):
        form = Form(data)
        assert form.errors["at"] == [message]


def test_an_emptied_moment_is_none_even_with_an_answer_left():
    """Lifting an end that fell into a doubled hour needs no second look at the radio buttons."""

    class Optional(forms.Form):
        at = MomentField(required=False)

    form = Optional({"at_0": "", "at_1": "", "at_2": "2026-10-25T00:30:00+00:00"})
    assert form.is_valid()
    assert form.cleaned_data["at"] is None


def test_the_zone_stands_beside_every_time(london, desk):
    """The story form, schedule and end: each input of a time names the newsroom's zone."""
    article = ArticleFactory(standfirst="What happened.", tags=["Harbour"])
    for page in ("change", "schedule", "expire"):
        address = reverse(f"admin:articles_article_{page}", args=[article.pk])
        assert "Europe/London time" in desk.get(address).content.decode(), page


def test_the_story_form_keeps_an_embargo(january, london, desk):
    """The embargo typed into the story form is stored as the moment meant, in the newsroom's zone."""
    article = ArticleFactory(standfirst="What happened.", tags=["Harbour"])
    form = desk.get(reverse("admin:articles_article_change", args=[article.pk])).context["adminform"].form
    row = article.bylines.get()
    data = {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
        if name != "embargo"
    }
    data |= post(datetime(2026, 7, 1, 9, 0), name="embargo")
    data |= {"bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 1, "bylines-0-id": row.pk}
    data |= {"bylines-0-author": row.author_id, "bylines-0-article": article.pk, "bylines-0-position": 0}
    data |= {"tags": "", "read_more": "", "_continue": "1"}
    answer = desk.post(reverse("admin:articles_article_change", args=[article.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert Article.objects.get().embargo == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def test_an_embargo_names_its_end_with_the_zone(january, london, desk):
    """Before the embargo's end a schedule is refused with the time and zone; from the end on it is taken."""
    article = ArticleFactory(
        standfirst="What happened.", tags=["Harbour"], embargo=datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    )
    address = reverse("admin:articles_article_schedule", args=[article.pk])
    early = desk.post(address, post(datetime(2026, 7, 1, 8, 59, 59))).content.decode()
    assert "under embargo until 1 July 2026, 09:00 BST" in early
    assert desk.post(address, post(datetime(2026, 7, 1, 9, 0))).status_code == 302
    assert article.versions.get().visible_from == article.embargo


@pytest.mark.parametrize(
    ("name", "said"),
    [("Europe/London", "UTC+0"), ("America/St_Johns", "UTC-3:30"), ("Asia/Kathmandu", "UTC+5:45")],
)
def test_offsets_are_said_shortly(name, said):
    """Whole hours without minutes, others with them."""
    assert offset(datetime(2026, 1, 1, tzinfo=ZoneInfo(name))) == said
