"""The desk's page of an arrangement: every button without script, and who may press which."""

import re

import pytest
from django.urls import reverse

from articles import arranging, workflow
from articles.models import ArrangementRevision, PublishedArrangement
from tests.articles.arrangements import arrange, save
from tests.articles.stories import HOUR, NOON, story
from tests.factories import ArticleFactory, SectionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FRONT = reverse("admin:arrange")


@pytest.fixture
def stories():
    """Eight stories on the site, the newest first."""
    return [story(number, slug=f"story-{number}", headline=f"Story {number}") for number in range(8)]


def sent(version=0, **fields):
    """The form as it is sent: its stories as lists of ids, and one button."""
    ids = {name: [one.pk for one in value] for name, value in fields.items() if isinstance(value, list)}
    return {"opened_version": version, **fields, **ids}


def moment(name, day, time):
    return {f"{name}_0": day, f"{name}_1": time}


def lists(response):
    """{part: [headlines]} of the page, and what fills the rest as {part: [headlines]}."""
    parts = response.context["parts"]
    return {part.name: [row["headline"] for row in part.rows] for part in parts if part.rows}, {
        part.name: part.fills for part in parts if part.fills
    }


def test_the_page_shows_what_is_put_where_and_what_fills_itself(desk, stories):
    save(top=[stories[6]])
    response = desk.get(FRONT)
    assert lists(response) == (
        {"top": ["Story 6"]},
        {"lead": ["Story 0"], "top": ["Story 1", "Story 2", "Story 3"]},
    )
    assert "Readers see" not in response.content.decode()


def test_buttons_move_stories_without_saving(desk, stories):
    """Up, down, out, and from a search; a story that is elsewhere on the page comes from there."""
    both = sent(lead=stories[:3], top=[stories[4]])
    for button, wanted in {
        "_up": ["Story 1", "Story 0", "Story 2"],
        "_down": ["Story 0", "Story 2", "Story 1"],
        "_out": ["Story 0", "Story 2"],
    }.items():
        response = desk.post(FRONT, {**both, button: f"lead:{stories[1].pk}"})
        assert lists(response)[0] == {"lead": wanted, "top": ["Story 4"]}
        assert "Not saved yet." in response.content.decode()
    found = desk.post(FRONT, {**both, "q": "story 7", "_find": ""})
    assert f'name="_add" value="lead:{stories[7].pk}"' in found.content.decode()
    response = desk.post(FRONT, {**both, "_add": f"lead:{stories[4].pk}"})
    assert lists(response)[0] == {"lead": ["Story 0", "Story 1", "Story 2", "Story 4"]}
    assert not ArrangementRevision.objects.exists()


@pytest.mark.parametrize("what", ["lead:x", "lead", "nothing:1", "lead:999999999999999999999", "", "top:0"])
def test_a_button_that_says_nonsense_moves_nothing(desk, stories, what):
    for button in ("_up", "_down", "_out", "_add"):
        response = desk.post(FRONT, {**sent(lead=stories[:2]), button: what})
        assert lists(response)[0] == {"lead": ["Story 0", "Story 1"]}


def test_save_then_publish_then_undo(desk, stories, client):
    """Saving is seen by nobody; publishing by everybody; undo gives back what was there."""
    desk.post(FRONT, {**sent(lead=[stories[5]]), "_save": ""})
    assert client.get("/").context["lead"].slug == "story-0"
    desk.post(FRONT, {**sent(1, lead=[stories[6]]), "_publish": ""})
    assert client.get("/").context["lead"].slug == "story-6"
    assert "undo" in desk.get(FRONT).content.decode().lower()
    response = desk.post(FRONT, {**sent(2, lead=[stories[6]]), "_put_back": ""}, follow=True)
    assert "Readers have the arrangement before again." in response.content.decode()
    assert client.get("/").context["lead"].slug == "story-0"
    assert arranging.of().lead == [stories[6].pk]


def test_the_preview_is_the_readers_page_with_the_draft_at_its_moment(desk, stories):
    """Nothing is written, and a story that goes live by then is there."""
    coming = ArticleFactory(headline="Coming", slug="coming")
    workflow.schedule(article=coming, at=NOON + HOUR, by=None)
    from_form = sent(lead=[coming, stories[5]], _preview="")
    before = desk.post(FRONT, from_form)
    assert before.templates[0].name == "articles/front_page.html"
    assert before.context["lead"].slug == "story-5"
    assert "no-store" in before["Cache-Control"]
    later = desk.post(FRONT, {**from_form, **moment("at", "2026-05-04", "13:00")})
    assert later.context["lead"].slug == "coming"
    assert not ArrangementRevision.objects.exists()


def test_schedule_asks_for_a_moment_and_for_which_of_two_hours(desk, stories, settings, clock):
    """An empty moment, one that passed, and an hour that happens twice are asked about; then it is scheduled."""
    settings.TIME_ZONE = "Europe/Kyiv"
    form = sent(lead=[stories[5]], _schedule="")
    assert "Say when it begins." in desk.post(FRONT, form).content.decode()
    past = desk.post(FRONT, {**form, **moment("at", "2026-05-04", "09:00")}).content.decode()
    assert "That moment has passed" in past
    doubled = {**sent(1, lead=[stories[5]], _schedule=""), **moment("at", "2026-10-25", "03:30")}
    page = desk.post(FRONT, doubled).content.decode()
    assert "happens twice" in page
    second = re.findall(r'name="at_2" value="([^"]+)"', page)[1]
    desk.post(FRONT, {**doubled, "at_2": second})
    assert PublishedArrangement.objects.get().visible_from.isoformat() == "2026-10-25T01:30:00+00:00"
    response = desk.post(FRONT, {**sent(1, lead=[stories[5]]), "_cancel": ""}, follow=True)
    assert "The schedule is cancelled." in response.content.decode()
    assert not PublishedArrangement.objects.exists()


def test_the_bar_needs_an_end_and_lists_have_an_end(desk, stories):
    page = desk.post(FRONT, sent(breaking=[stories[1]], lead=stories[2:8], _save="")).content.decode()
    assert "Say when the bar ends." in page
    assert "“Lead” has room for 4; take a story out." in page
    form = sent(breaking=[stories[1]], breaking_words="Ferry aground", _publish="")
    desk.post(FRONT, {**form, **moment("breaking_until", "2026-05-04", "15:00")})
    live = PublishedArrangement.objects.get()
    assert (live.breaking_words, live.breaking_until) == ("Ferry aground", NOON + 3 * HOUR)


def test_two_editors_at_once_lose_nothing(desk, stories, person):
    """The second is told who saved what; theirs is in the form, and the next press is a decision."""
    other = person("Editor", first_name="Mara", last_name="Venn")
    save(lead=[stories[3]], by=other)
    response = desk.post(FRONT, sent(0, lead=[stories[5]], _publish=""))
    page = response.content.decode()
    assert "Mara Venn saved this arrangement at 4 May 2026, 12:00 UTC" in page
    assert "Lead: “Story 3”" in page
    assert lists(response)[0] == {"lead": ["Story 5"]}
    assert not PublishedArrangement.objects.exists()
    assert 'name="opened_version" value="1"' in page
    desk.post(FRONT, sent(1, lead=[stories[5]], _publish=""))
    assert PublishedArrangement.objects.get().lead == [stories[5].pk]


def test_the_history_brings_back(desk, stories, editor):
    """Each save with its person, and one click back into the desk's arrangement; what was in the form is kept."""
    arrange(lead=[stories[3]], by=editor)
    save(lead=[stories[4]], by=editor)
    first = ArrangementRevision.objects.last()
    assert "Ines Calder" in desk.get(FRONT).content.decode()
    desk.post(FRONT, {**sent(2, lead=[stories[6]]), "_bring_back": first.pk})
    kept = [one.lead[0] for one in ArrangementRevision.objects.all()]
    assert kept == [stories[number].pk for number in (3, 6, 4, 3)]
    assert arranging.of().lead == [stories[3].pk]
    assert desk.post(FRONT, {**sent(4), "_bring_back": "9" * 30}).status_code == 404
    for unread in ({"opened_version": "x"}, {}):
        for button in ("_bring_back", "_save", "_publish", "_schedule", "_preview"):
            assert desk.post(FRONT, {**unread, button: first.pk}).status_code == 200
    assert arranging.of().version == 4


def test_a_section_has_its_page_and_the_news_feed_has_none(desk, stories, client):
    """What is not of the section is said to stay off its page."""
    other = story(9, headline="Elsewhere", section=SectionFactory(name="Town", slug="town"))
    address = reverse("admin:arrange_section", args=["harbour"])
    page = desk.post(address, sent(top=[stories[5], other], _add=""))
    assert lists(page) == ({"top": ["Story 5", "Elsewhere"]}, {"top": ["Story 0", "Story 1", "Story 2"]})
    assert page.content.decode().count("of another section, so not on this page") == 1
    assert (
        desk.post(address, sent(top=[stories[5]], _preview="")).context["page"].stories[0].slug == "story-5"
    )
    desk.post(address, sent(top=[stories[5]], _publish=""))
    assert client.get("/section/harbour/").context["page"].stories[0].slug == "story-5"
    SectionFactory()
    assert desk.get(reverse("admin:arrange_section", args=["news-feed"])).status_code == 404


def test_who_only_reads_sees_the_page_without_buttons(client, person, stories):
    """And its preview; a form that is sent all the same is refused."""
    save(lead=[stories[5]])
    client.force_login(person("Reporter"))
    page = client.get(FRONT).content.decode()
    assert "Story 5" in page
    assert not re.search(r'name="_(save|publish|up|put_back|find)"', page)
    assert client.get(f"{FRONT}?preview").context["lead"].slug == "story-5"
    assert client.post(FRONT, sent(1, lead=[stories[1]], _publish="")).status_code == 403


def test_the_page_costs_the_same_with_more_stories(desk, stories, django_assert_max_num_queries):
    arrange(lead=stories[:4], top=stories[4:8])
    for number in range(5):
        save(lead=[stories[number]])
    with django_assert_max_num_queries(24):
        desk.get(FRONT)
