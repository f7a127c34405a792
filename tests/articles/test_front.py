"""What stands where on the front page and the sections' pages: what the desk arranged, then the newest, none twice."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import arranging, workflow
from articles.front import BLOCK, FEED, front_of, section_page
from articles.models import PublishedArrangement, PublishedVersion
from articles.models.arrangement import MOST
from articles.pages import public_sections
from articles.stream import PAGE_SIZE
from tests.articles.arrangements import arrange
from tests.articles.stories import HOUR, NOON, story, text_of
from tests.factories import ArticleFactory, ImageFactory, SectionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def stories():
    """Twenty stories, the newest first; those with even numbers have a picture."""
    return [
        story(number, slug=f"story-{number}", lead_image=None if number % 2 else ImageFactory())
        for number in range(20)
    ]


def slugs(stories):
    return [one.slug for one in stories]


# --- The front page -------------------------------------------------------------------------------------


def test_what_is_arranged_stands_where_it_was_put(stories, client):
    """Lead, companions and top in the desk's order, with a picture or without; the newest fill what is free."""
    arrange(lead=[stories[11], stories[7]], top=[stories[15]], breaking=[stories[9]])
    page = client.get("/").context
    assert slugs([page["lead"], *page["companions"]]) == ["story-11", "story-7"]
    assert slugs(page["top"]) == ["story-15", "story-0", "story-2", "story-4"]
    assert slugs(page["news_feed"])[:3] == ["story-1", "story-3", "story-5"]
    assert page["breaking"].slug == "story-9"
    assert page["newest"].slug == "story-0"  # its day is the paper's, wherever it stands


def test_a_story_that_is_not_live_leaves_its_place_to_the_next(stories, client, clock):
    """Not yet, no longer, and never: asked when the page is."""
    coming, draft = ArticleFactory(slug="coming"), ArticleFactory(slug="draft")
    workflow.schedule(article=coming, at=NOON + HOUR, by=None)
    arrange(lead=[coming, draft, stories[3], stories[5]], top=[draft, stories[7]])
    page = client.get("/").context
    assert slugs([page["lead"], *page["companions"]]) == ["story-3", "story-5"]
    assert slugs(page["top"])[:2] == ["story-7", "story-0"]
    clock.shift(HOUR)
    page = client.get("/").context
    assert slugs([page["lead"], *page["companions"]]) == ["coming", "story-3", "story-5"]
    workflow.withdraw(article=stories[3], reason="It was wrong.", by=None)
    workflow.withdraw(article=coming, reason="It was wrong.", by=None)
    page = client.get("/").context
    assert slugs([page["lead"], *page["companions"]]) == ["story-5"]


def test_the_bar_ends_by_the_clock(stories, client, clock):
    """With words of its own or the headline, escaped, until its end and not at it."""
    arrange(breaking=[stories[9]], breaking_words="<b>Ferry</b> aground", breaking_until=NOON + HOUR)
    assert '<a href="/story-9/">&lt;b&gt;Ferry&lt;/b&gt; aground</a>' in text_of(client, "/")
    clock.shift(HOUR - timedelta(seconds=1))
    assert client.get("/").context["breaking"].slug == "story-9"
    clock.shift(timedelta(seconds=1))
    assert client.get("/").context["breaking"] is None
    assert 'class="breaking"' not in text_of(client, "/")


def test_a_few_stories_make_a_front_too(client):
    """Without any picture the newest leads."""
    story(3, slug="first", lead_image=None)
    page = client.get("/").context
    assert (page["lead"].slug, page["top"], page["news_feed"]) == ("first", [], [])
    story(1, slug="second", lead_image=None)
    page = client.get("/").context
    assert (page["lead"].slug, slugs(page["news_feed"])) == ("second", ["first"])
    assert page["news_feed_cursor"] == ""  # there is nothing more to show


def test_a_block_opens_with_what_its_section_puts_first(client):
    """Else with its first story that has a picture."""
    town = SectionFactory(name="Town", slug="town", in_news_feed=False)
    own = [story(number, slug=f"town-{number}", section=town, lead_image=None) for number in range(2)]
    own += [story(number, slug=f"town-{number}", section=town) for number in range(2, 6)]
    other = story(9, slug="other")

    def block():
        return slugs(dict(client.get("/").context["blocks"])[town])

    assert block() == ["town-2", "town-0", "town-1", "town-3"]
    arrange(section=town, top=[own[1], other, own[5]])
    assert block() == ["town-1", "town-5", "town-0", "town-2"]


def test_an_arranged_front_page_costs_what_another_costs(stories, client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/")
    arrange(lead=stories[5:9], top=stories[9:13], breaking=[stories[15]])
    arrange(section=stories[0].section, top=stories[14:18])
    with django_assert_num_queries(3):
        client.get("/")


# --- The page of a section --------------------------------------------------------------------------------


def test_a_sections_page_opens_with_what_the_desk_put_there(client):
    """In its order, on the first page only, and no page repeats it."""
    numbers = range(PAGE_SIZE + 12)
    stories = [story(number, slug=f"story-{number}") for number in numbers]
    section = stories[0].section
    arrange(section=section, top=[stories[30], stories[3]])
    first = client.get("/section/harbour/").context["page"]
    second = client.get("/section/harbour/", {"before": first.next_cursor}).context["page"]
    assert slugs(first.stories)[:4] == ["story-30", "story-3", "story-0", "story-1"]
    assert len(first.stories) == PAGE_SIZE
    every = slugs([*first.stories, *second.stories])
    assert sorted(every) == sorted(f"story-{number}" for number in numbers)
    assert second.next_cursor == ""


def test_a_story_of_another_section_does_not_come_in_by_arrangement(stories):
    """A section's page is its stories; one that moved to another section leaves its place."""
    town = SectionFactory(name="Town", slug="town")
    own = story(5, slug="own", section=town)
    arrange(section=town, top=[stories[2], own])
    assert slugs(section_page(NOON, town).stories) == ["own"]


# --- No story twice, whatever is arranged ---------------------------------------------------------------


@pytest.fixture
def archive():
    """Stories of three sections that come and go at different times, so that each moment has another archive."""
    sections = [
        SectionFactory(name=name, slug=name.lower(), in_news_feed=name != "Opinion")
        for name in ("Harbour", "Town", "Opinion")
    ]
    made = []
    for number in range(30):
        made.append(
            story(
                60 * (30 - number),
                section=sections[number % 3],
                lead_image=None if number % 4 == 1 else ImageFactory(),
            )
        )
        if number % 5 == 0:
            workflow.expire(article=made[-1], at=NOON + number * HOUR + HOUR, by=None)
    for number in range(3):
        coming = ArticleFactory(section=sections[number])
        workflow.schedule(article=coming, at=NOON + (number + 1) * 8 * HOUR, by=None)
        made.append(coming)
    return [*(article.pk for article in made), ArticleFactory().pk, 10**9]


@pytest.mark.any_database
def test_no_story_stands_twice_whatever_is_arranged(archive):
    """Nor is any there that is not live, nor a place free while a story waits, at any moment of any archive."""
    ids = st.lists(st.sampled_from(archive), max_size=5)
    hours = st.integers(min_value=-31, max_value=31)

    @settings(
        max_examples=50,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
    @given(lead=ids, top=ids, breaking=ids, of_section=ids, hours=hours)
    def look(lead, top, breaking, of_section, hours):
        at = NOON + hours * HOUR
        sections = public_sections(at)
        own = PublishedArrangement(lead=lead, top=top, breaking=breaking, breaking_until=at + HOUR)
        arrangements = {None: own}
        if sections:
            arrangements[sections[0].pk] = PublishedArrangement(top=of_section)
        front = front_of(at, sections, arrangements)
        blocks = [one for _section, stories in front.blocks for one in stories]
        package = [*filter(None, [front.lead]), *front.companions]
        shown = [*filter(None, [front.breaking]), *package, *front.top, *front.news_feed, *blocks]
        on_page = [one.article_id for one in shown]
        live = {one.article_id: one for one in PublishedVersion.objects.live(at).seen(at)}
        assert len(set(on_page)) == len(on_page)
        assert set(on_page) <= live.keys()
        assert (len(package), len(front.top)) <= (MOST["lead"], MOST["top"])
        missing = [one for pk, one in live.items() if pk not in on_page]
        in_feed = [one for one in missing if one.section.in_news_feed]
        assert front.lead or not (in_feed or front.top or front.news_feed)
        assert len(front.news_feed) >= FEED or not in_feed
        assert len(front.top) == MOST["top"] or not [one for one in in_feed if one.lead]
        for section, stories in front.blocks:
            assert len(stories) == BLOCK or section.pk not in {one.section_id for one in missing}

    look()


def test_the_desks_draft_is_on_no_page(stories):
    """Saving an arrangement changes nothing that readers get."""
    before = Client().get("/").content
    arranging.save(
        words={**PublishedArrangement().words(), "lead": [stories[5].pk]}, by=None, opened_version=0
    )
    assert Client().get("/").content == before
