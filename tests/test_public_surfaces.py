"""One walk over every public address: what the desk has not published is nowhere, one second before and at the moment.

Each story of the desk carries canary words, one for each place where a reader might meet it. The walk asks every
readers' address, as a reader who guesses well would, and looks for them in all that comes back.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse

from articles import workflow
from articles.models import Article, OldAddress, Tag
from articles.search import Question, results
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, related_card

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BEFORE = MOMENT - timedelta(seconds=1)
LONG_AGO = MOMENT - timedelta(days=3)
FAR_CURSOR = f"{'9' * 17}-{'9' * 17}"

#: Every place of a story where its words may come to light.
PLACES = [
    *["headline", "slug", "standfirst", "body", "note", "seotitle", "seodescription", "tag"],
    *["section", "sectionslug", "sectiondescription"],
    *["author", "authorslug", "authorrole", "biography", "bylinerole", "email"],
    *["leadalt", "leadcaption", "leadcredit", "figurealt", "figurecaption", "figurecredit"],
    *["libraryalt", "librarycaption", "librarycredit"],
]
#: Addresses without a story in them, and those that answer machines.
SINGLE = [
    *["front-page", "rss", "atom", "json-feed", "news-feed", "robots", "sitemap", "news-sitemap"],
    *["corrections", "corrections-rss", "corrections-atom"],
    *["search", "archive", "lite", "lite-feed", "new-stories"],
]
WITH_A_MONTH = ["archive-month"]
MONTHS = [("2026", "05"), ("2026", "04"), ("2030", "01")]
PARTS = ["section", "tag", "author"]
LITE = {f"lite-{part}": part for part in PARTS}
FORMATS = ["rss", "atom", "json-feed"]
FEEDS = {f"{part}-{form}": part for part in PARTS for form in FORMATS}
WITH_A_SLUG = [*PARTS, *LITE, *FEEDS, "article", "lite-story"]
#: They hold no words of a story: health, the paper's colour and mark, and renditions whose names are fingerprints of
#: their content.
WORDLESS = {"healthz", "readyz", "upload", "sheet", "icon"}
#: Opens to the holder of a secret only: tests/articles/test_preview_links.py.
SECRET = {"preview"}


def canary(case, place):
    return f"zq{case}{place}qz"


def canaries(case, *, without=()):
    return {canary(case, place) for place in PLACES if place not in without}


def fields(case):
    """The words of a desk copy, every one a canary."""
    own, library = (
        ImageFactory(),
        ImageFactory(
            alt_text=canary(case, "libraryalt"),
            caption=canary(case, "librarycaption"),
            credit=canary(case, "librarycredit"),
        ),
    )
    words = {name: canary(case, f"figure{name}") for name in ("alt", "caption", "credit")}
    return {
        "headline": canary(case, "headline"),
        "slug": canary(case, "slug"),
        "standfirst": canary(case, "standfirst"),
        "editors_note": canary(case, "note"),
        "body": f"<p>{canary(case, 'body')}</p>{figure(own, **words)}{figure(library)}",
        "seo_title": canary(case, "seotitle"),
        "seo_description": canary(case, "seodescription"),
        "section": SectionFactory(
            name=canary(case, "section"),
            slug=canary(case, "sectionslug"),
            description=canary(case, "sectiondescription"),
        ),
        "lead_image": ImageFactory(),
        "lead_alt": canary(case, "leadalt"),
        "lead_caption": canary(case, "leadcaption"),
        "lead_credit": canary(case, "leadcredit"),
    }


def byline(case):
    author = AuthorFactory(
        name=canary(case, "author"),
        slug=canary(case, "authorslug"),
        role=canary(case, "authorrole"),
        biography=canary(case, "biography"),
        email=f"{canary(case, 'email')}@lantern.example",
        portrait=ImageFactory(),
    )
    return [(author, canary(case, "bylinerole"))]


def write(case, article=None):
    """A desk copy with the canaries of a case: a new one, or other words for an old one."""
    article = article or ArticleFactory(authors=[], section=SectionFactory())
    article = Article.objects.get(pk=article.pk)
    for name, value in fields(case).items():
        setattr(article, name, value)
    workflow.save(article=article, by=None, bylines=byline(case), tags=[canary(case, "tag")])
    return article


@dataclass
class World:
    """What readers may know of each case before the moment and at it."""

    stories: dict = field(default_factory=dict)
    before: set = field(default_factory=set)
    after: set = field(default_factory=set)


@pytest.fixture
def world():
    """A story in each of the states that must not leak, and a live one that points to all of them."""
    with time_machine.travel(LONG_AGO, tick=False) as clock:
        stories = {
            case: write(case) for case in ("draft", "scheduled", "old", "withdrawn", "expiring", "live")
        }
        host = ArticleFactory(headline="The host", slug="the-host", section=SectionFactory())
        for case, story in stories.items():  # each says what the host says, in another language
            story.language, story.translation_of = LANGUAGES[case], host
            story.save()
        for case in MOVED_IN:
            OldAddress.objects.create(path=f"/former/{case}", article=stories[case])
        for case in ("old", "withdrawn", "expiring", "live"):
            workflow.publish(article=stories[case], by=None)
        # The body's picture of a withdrawn story, its author and its section are as gone as the story.
        clock.shift(timedelta(hours=1))
        workflow.withdraw(article=stories["withdrawn"], reason="It was wrong.", by=None)
        workflow.schedule(article=stories["scheduled"], at=MOMENT, by=None)
        workflow.schedule(article=write("update", stories["old"]), at=MOMENT, by=None, kind="update")
        workflow.expire(article=stories["expiring"], at=MOMENT, by=None)
        write("changed", stories["live"])
        write("half", stories["scheduled"])  # and what the desk does to a story that waits
        host.body = "<p>All of it.</p>" + "".join(related_card(story) for story in stories.values())
        host.read_more = [story.pk for story in stories.values()]
        host.save()
        workflow.publish(article=host, by=None)
    return World(
        stories=stories,
        before=canaries("old") | canaries("expiring") | canaries("live"),
        after=canaries("scheduled") | canaries("update") | canaries("live"),
    )


LANGUAGES = {"draft": "uk", "scheduled": "pl", "old": "fr", "withdrawn": "de", "expiring": "es", "live": "it"}
#: Stories that the former site had, and this one does not show yet.
MOVED_IN = ["draft", "scheduled"]
CASES = ["draft", "scheduled", "old", "withdrawn", "expiring", "live", "update", "changed", "half"]


def addresses():
    """Every public address, for every slug that any case has, and pages of the lists."""
    slugs = {
        "section": [canary(case, "sectionslug") for case in CASES] + ["news-feed"],
        "tag": list(Tag.objects.values_list("slug", flat=True)),
        "author": [canary(case, "authorslug") for case in CASES],
        "article": [canary(case, "slug") for case in CASES] + ["the-host"],
    }
    slugs["lite-story"] = slugs["article"]
    yield from (reverse(name) for name in SINGLE)
    yield from (f"/sitemap-{part}.xml" for part in ("stories", "sections", "authors", "archive"))
    yield from (reverse(name, args=month) for name in WITH_A_MONTH for month in MONTHS)
    # The beginning of a case's words finds every place of it, and is itself no canary when the page repeats it.
    yield from (f"{reverse('search')}?q=zq{case}" for case in CASES)
    yield f"{reverse('search')}?q=zq&from=2026-05-01&until=2026-05-04&after=1"
    yield "/nothing-was-ever-here/"
    yield from (f"/former/{case}/" for case in MOVED_IN)
    yield f"/news-feed/?before={FAR_CURSOR}"
    yield f"/lite/news-feed/?before={FAR_CURSOR}"
    for name in WITH_A_SLUG:
        for slug in slugs[(FEEDS | LITE).get(name, name)]:
            yield reverse(name, args=[slug])
            if name in (*PARTS, *LITE):
                yield f"{reverse(name, args=[slug])}?before={FAR_CURSOR}"


def walk():
    """{address: (status, all that the answer holds)}"""
    reader, found = Client(), {}
    for address in addresses():
        response = reader.get(address)
        assert response.status_code in (200, 301, 404, 410), address
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        found[address] = (response.status_code, headers + response.content.decode())
    return found


def all_canaries():
    return {canary(case, place) for case in CASES for place in PLACES}


def leaks(found, allowed):
    """{address: canaries it should not know}"""
    words = sorted(all_canaries() - allowed)
    return {address: [w for w in words if w in text] for address, (_status, text) in found.items()}


@pytest.mark.parametrize("moment", [BEFORE, MOMENT], ids=["a second before", "at the moment"])
def test_readers_learn_what_is_public_and_nothing_else(world, moment):
    """Absent everywhere before its time and after its end, present from the first moment on."""
    with time_machine.travel(moment, tick=False):
        found = walk()
    public = world.before if moment == BEFORE else world.after
    leaked = {address: words for address, words in leaks(found, public).items() if words}
    assert leaked == {}
    everything = "\n".join(text for _status, text in found.values())
    assert {word for word in public if word not in everything} == set()


@pytest.mark.parametrize("moment", [BEFORE, MOMENT], ids=["a second before", "at the moment"])
def test_what_is_not_public_is_answered_like_what_never_was(world, moment):
    """Byte for byte: the answer does not tell a secret address from nonsense."""
    hidden = ["draft", "changed", "half", *(["scheduled", "update"] if moment == BEFORE else [])]
    with time_machine.travel(moment, tick=False):
        found = walk()
        nothing = Client().get("/nothing-was-ever-here/").content.decode()
    for case in hidden:
        for address in (
            reverse("article", args=[canary(case, "slug")]),
            reverse("lite-story", args=[canary(case, "slug")]),
            reverse("section", args=[canary(case, "sectionslug")]),
            reverse("tag", args=[canary(case, "tag")]),
            reverse("author", args=[canary(case, "authorslug")]),
            reverse("lite-section", args=[canary(case, "sectionslug")]),
            reverse("lite-tag", args=[canary(case, "tag")]),
            reverse("lite-author", args=[canary(case, "authorslug")]),
            *(reverse(f"author-{form}", args=[canary(case, "authorslug")]) for form in FORMATS),
        ):
            assert found[address][0] == 404
            assert found[address][1].endswith(nothing)


@pytest.mark.parametrize("moment", [BEFORE, MOMENT], ids=["a second before", "at the moment"])
def test_search_and_archive_find_each_place_of_what_is_public_and_of_nothing_else(world, moment):
    """Word by word, because one that is missing on every page would also be missing where it should be found."""
    public = ["live", *(["old", "expiring"] if moment == BEFORE else ["scheduled", "update"])]
    searched = ["headline", "standfirst", "body", "note", "tag", "author", "leadcaption", "leadcredit"]
    searched += ["figurecaption", "figurecredit", "librarycaption", "librarycredit"]
    with time_machine.travel(moment, tick=False):
        for case in CASES:
            for place in searched:
                found = results(Question(canary(case, place)), moment).stories
                assert [story.slug for story in found] == [canary(case, "slug")] * (case in public), place
        listed = Client().get("/archive/2026/05/").context["page"].stories
    assert {story.slug for story in listed} == {canary(case, "slug") for case in public} | {"the-host"}


def test_a_story_that_is_withdrawn_is_gone_in_the_same_moment(world):
    """Its words stay nowhere, its own address gives the reason alone."""
    with time_machine.travel(MOMENT, tick=False):
        workflow.withdraw(article=world.stories["live"], reason="We could not confirm it.", by=None)
        found = walk()
    public = world.after - canaries("live")
    assert {address: words for address, words in leaks(found, public).items() if words} == {}
    for name in ("article", "lite-story"):
        status, text = found[reverse(name, args=[canary("live", "slug")])]
        assert status == 410
        assert "We could not confirm it." in text


def test_a_story_that_moved_leads_to_its_new_address(world):
    """From the moment of the update the old address is a single hop to the new one."""
    with time_machine.travel(MOMENT, tick=False):
        response = Client().get(reverse("article", args=[canary("old", "slug")]))
    assert (response.status_code, response["Location"]) == (301, f"/{canary('update', 'slug')}/")


@pytest.mark.parametrize("moment", [BEFORE, MOMENT], ids=["a second before", "at the moment"])
@pytest.mark.parametrize("form", FORMATS)
def test_each_feed_has_every_word_of_what_is_public(world, moment, form):
    """The whole text with the words of its pictures. What only pages of our own say is not in it."""
    beside = {"seotitle", "seodescription", "sectionslug", "sectiondescription"}
    beside |= {"authorslug", "authorrole", "biography", "bylinerole", "email"}
    public = ["live", *(["old", "expiring"] if moment == BEFORE else ["scheduled", "update"])]
    with time_machine.travel(moment, tick=False):
        feed = Client().get(reverse(form)).content.decode()
    wanted = {canary(case, place) for case in public for place in PLACES if place not in beside}
    assert {word for word in wanted if word not in feed} == set()


def test_a_live_story_shows_only_public_neighbours(world):
    """Cards and picks of what is not public leave no gap that tells of it."""
    with time_machine.travel(BEFORE, tick=False):
        page = Client().get("/the-host/").content.decode()
    for case in ("draft", "scheduled", "withdrawn"):
        assert canary(case, "headline") not in page
        assert f'data-id="{world.stories[case].pk}"' not in page
    assert canary("live", "headline") in page


@pytest.mark.parametrize("moment", [BEFORE, MOMENT], ids=["a second before", "at the moment"])
def test_a_story_leads_to_its_public_translations(world, moment):
    """In its head and in the sitemap, by the clock alone."""
    before = {"live": "live", "old": "old", "expiring": "expiring"}
    after = {"live": "live", "scheduled": "scheduled", "old": "update"}
    public = before if moment == BEFORE else after
    wanted = {LANGUAGES[case]: f"/{canary(words, 'slug')}/" for case, words in public.items()}
    wanted |= {"en-gb": "/the-host/", "x-default": "/the-host/"}
    with time_machine.travel(moment, tick=False):
        page, sitemap = (
            Client().get(path).content.decode() for path in ("/the-host/", "/sitemap-stories.xml")
        )
    [entry] = [url for url in sitemap.split("<url>") if "/the-host/</loc>" in url]
    for text in (page, entry):
        found = re.findall(r'hreflang="([^"]+)" href="[a-z]+://[^/]+([^"]+)"', text)
        assert dict(found) == wanted


def test_the_walk_leaves_no_public_address_out():
    """A new route has to join the walk, or to say that it holds no words."""
    routes = {}
    for pattern in get_resolver().url_patterns:
        if not str(pattern.pattern).startswith("admin/"):
            inner = getattr(pattern, "url_patterns", [pattern])
            routes.update({route.name: route for route in inner})
    sitemap = "django.contrib.sitemaps.views.sitemap"
    assert set(routes) == {*SINGLE, *WITH_A_SLUG, *WITH_A_MONTH, *WORDLESS, *SECRET, sitemap}
