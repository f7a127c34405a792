"""The readers' pages: what each address answers, with which headers, at which cost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Section
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    ImageFactory,
    SectionFactory,
    figure,
    published,
    related_card,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: Every kind of readers' page, by the name of its route and the slug it needs.
PAGES = {
    "/": 200,
    "/news-feed/": 200,
    "/section/harbour/": 200,
    "/tag/ferry/": 200,
    "/author/mara-venn/": 200,
    "/ferry-late/": 200,
    "/rss/": 200,
    "/section/harbour/rss/": 200,
    "/tag/ferry/rss/": 200,
    "/author/mara-venn/rss/": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/sitemap-stories.xml": 200,
    "/nothing-here/": 404,
    "/section/nothing-here/": 404,
    "/old-address/": 301,
    "/withdrawn/": 410,
}


@pytest.fixture(autouse=True)
def clock():
    """It is noon until a test moves the clock."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def story(number=0, **fields):
    """A live story like those in a busy newsroom, `number` minutes before noon."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    return published(
        at=NOON - timedelta(minutes=number + 1),
        **{
            "section": harbour,
            "tags": ["ferry"],
            "lead_image": ImageFactory(),
            "standfirst": f"Standfirst {number}",
            **fields,
        },
    )


def republish(article, *, kind="typo", **words):
    for name, value in words.items():
        setattr(article, name, value)
    article.save()
    return workflow.publish(article=article, by=None, kind=kind, correction=words.pop("correction", ""))


@pytest.fixture
def site():
    """A site with every kind of address in PAGES."""
    mara = AuthorFactory(name="Mara Venn", slug="mara-venn")
    article = story(slug="old-address", headline="Ferry late", authors=[mara])
    republish(article, slug="ferry-late")
    workflow.withdraw(
        article=story(1, slug="withdrawn"), reason="We could not confirm it.\n\nWe are sorry.", by=None
    )
    return article


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# --- For everybody the same -------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_every_public_answer_is_the_same_for_everybody(site, client, desk, address, status):
    """No cookie, nothing that varies with one, and an editor who is signed in gets the same bytes."""
    stranger = Client().get(address)
    assert stranger.status_code == status
    assert not stranger.cookies
    assert {part.strip() for part in stranger.get("Vary", "").split(",")} <= {"", "Accept-Encoding"}
    member = desk.get(
        address, headers={"user-agent": "x", "accept-language": "uk", "referer": "https://x.example/"}
    )
    assert member.content == stranger.content
    assert not member.cookies
    assert "Cookie" not in member.get("Vary", "")


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_every_public_answer_may_be_kept_and_is_checked_again(site, client, address, status):
    """A page that changed is never shown from a cache, also where it says that nothing is there."""
    assert client.get(address)["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("address", [address for address, status in PAGES.items() if status != 404])
def test_readers_addresses_take_nothing(site, address):
    """Only GET and HEAD are answered, without asking for a token that readers do not have."""
    reader = Client(enforce_csrf_checks=True)
    for method in (reader.post, reader.put, reader.delete, reader.patch):
        response = method(address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_head_answers_like_get_without_a_body(site, client, address, status):
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (status, b"")
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert head.get(name) == got.get(name)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("address", [address for address, status in PAGES.items() if status == 200])
def test_an_unchanged_page_is_not_sent_again(site, client, address, encoding):
    """The ETag follows the content, compressed or not: the second visit costs no bytes."""
    headers = {"accept-encoding": encoding}
    etag = client.get(address, headers=headers)["ETag"]
    response = client.get(address, headers={**headers, "if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("address", ["/", "/rss/", "/sitemap-stories.xml", "/section/harbour/"])
def test_a_page_whose_story_went_is_sent_again(site, client, clock, address):
    """A withdrawn story leaves every copy, also of a program that asks by time alone: it may move no time."""
    other = story(30)
    before = client.get(address)
    clock.shift(HOUR)
    workflow.withdraw(article=other, reason="It was wrong.", by=None)
    asked = {"if-none-match": before["ETag"]}
    assert client.get(address, headers=asked).status_code == 200
    asked = {"if-modified-since": before.get("Last-Modified", "Mon, 04 May 2026 12:00:00 GMT")}
    assert client.get(address, headers=asked).status_code == 200


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_the_policy_allows_no_inline_code_and_no_nonce(site, client, address, status):
    """A nonce in a page that is kept would be everybody's."""
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce-" not in policy
    assert " style=" not in response.content.decode()
    assert "<style" not in response.content.decode()


# --- Cost -------------------------------------------------------------------------------------------------


def cost(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_as_many_queries_with_one_story_as_with_twenty(client, site):
    """At most eight, whatever stands on the page."""
    addresses = [address for address, status in PAGES.items() if status == 200]
    client.get("/")
    one = {address: cost(client, address) for address in addresses}
    mara = site.bylines.get().author
    for number in range(20):
        section = SectionFactory(name=f"Section {number % 5}", slug=f"section-{number % 5}")
        story(number, authors=[mara, AuthorFactory(portrait=ImageFactory())], tags=["ferry", f"tag {number}"])
        story(number + 40, section=section, tags=["ferry"], authors=[mara])
    twenty = {address: cost(client, address) for address in addresses}
    assert twenty == one
    assert max(twenty.values()) <= 8, twenty


def test_a_rich_story_costs_what_a_plain_one_costs_and_one_query_each_for_pictures_and_corrections(
    client, site
):
    """Twenty pictures, cards, picks, tags and authors are fetched together."""
    plain = cost(client, "/ferry-late/")
    others = [story(number + 10) for number in range(20)]
    body = "".join(figure(ImageFactory()) + related_card(other) for other in others)
    rich = story(
        5,
        slug="rich",
        body=f"<p>Tide.</p>{body}",
        read_more=[other.pk for other in others],
        tags=[f"tag {number}" for number in range(20)],
        authors=[AuthorFactory(portrait=ImageFactory()) for _number in range(20)],
    )
    rich.standfirst = "Corrected"
    rich.save()
    workflow.correct(article=rich, text="It was sixty-four.", by=None)
    assert cost(client, "/rich/") <= min(plain + 2, 8)


# --- Each page --------------------------------------------------------------------------------------------


def test_an_empty_newsroom_has_pages(client):
    """Before the first story there is a front page, a feed and a design for errors."""
    assert "Nothing published yet" in text_of(client, "/")
    assert "Nothing published here yet" in text_of(client, "/news-feed/")
    assert "<item>" not in text_of(client, "/rss/")
    assert "There is nothing at this address" in text_of(client, "/nothing/", 404)


def test_no_story_stands_on_the_front_page_twice(client):
    """Lead, top stories, feed and sections share none, and the newest story with a picture leads."""
    feed = SectionFactory()
    for number in range(30):
        section = feed if number % 3 else SectionFactory(name="Culture", slug="culture")
        story(
            number, slug=f"story-{number}", section=section, lead_image=ImageFactory() if number % 2 else None
        )
    context = client.get("/").context
    assert context["lead"].slug == "story-1"
    shown = [context["lead"], *context["top"], *context["news_feed"]]
    shown += [item for _section, stories in context["blocks"] for item in stories]
    assert len({item.article_id for item in shown}) == len(shown)
    assert [section.slug for section, _stories in context["blocks"]] == ["culture", "news-feed"]
    page = client.get("/").content.decode()
    feed_and_blocks = page[page.index("<main") :]
    assert all(feed_and_blocks.count(f'href="/story-{number}/"') <= 1 for number in range(30))


def test_show_more_on_the_front_page_goes_on_where_its_feed_ends(client):
    """The next page of the feed begins with the story after the last one in the column."""
    for number in range(40):
        story(number, slug=f"story-{number}", section=SectionFactory())
    context = client.get("/").context
    following = client.get("/news-feed/", {"before": context["news_feed_cursor"]}).context["page"].stories
    last = int(context["news_feed"][-1].slug.removeprefix("story-"))
    assert following[0].slug == f"story-{last + 1}"


def test_the_feed_leaves_out_sections_that_are_no_part_of_it(client):
    """They have a page and a place on the front page of their own."""
    notices = SectionFactory(name="Notices", slug="notices", in_news_feed=False)
    story(1, headline="Road closed", section=notices)
    story(2, headline="Ferry late")
    feed = text_of(client, "/news-feed/")
    assert "Ferry late" in feed
    assert "Road closed" not in feed
    assert "Road closed" in text_of(client, "/section/notices/")
    assert "Road closed" in text_of(client, "/")
    assert "Road closed" in text_of(client, "/rss/")


@pytest.mark.parametrize("address", ["/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/"])
def test_lists_page_by_links_without_script(client, address):
    """Show more is a link to the next page; the last page has none, and later pages stay out of the index."""
    mara = AuthorFactory(slug="mara-venn")
    for number in range(45):
        story(number, slug=f"story-{number}", authors=[mara])
    seen, pages, query = [], 0, ""
    while query is not None:
        response = client.get(address + query)
        page = response.context["page"]
        assert ("noindex" in response.content.decode()) == bool(pages)
        seen += [item.slug for item in page.stories]
        pages += 1
        link = f'href="?before={page.next_cursor}"'
        assert (link in response.content.decode()) == bool(page.next_cursor)
        query = f"?before={page.next_cursor}" if page.next_cursor else None
    assert pages == 3
    assert seen == [f"story-{number}" for number in range(45)]


@pytest.mark.parametrize("address", ["/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/"])
def test_a_page_beyond_the_last_story_says_so(site, client, address):
    """An old bookmark is answered; the section, tag or author is still there."""
    assert "No older stories." in text_of(client, f"{address}?before=0-0")


def test_unknown_query_arguments_change_nothing(site, client):
    """Campaign marks and curiosity get the page itself."""
    assert client.get("/?utm_source=x&page=9&debug=1").content == client.get("/").content
    assert client.get("/ferry-late/?before=9&x=%00").content == client.get("/ferry-late/").content


def test_a_section_tag_or_author_without_a_live_story_is_not_there(client):
    """What is being prepared stays unknown: the answer is that of an address that never existed."""
    section = SectionFactory(name="Weather", slug="weather")
    author = AuthorFactory(slug="new-writer")
    ArticleFactory(section=section, authors=[author], tags=["storm"])
    for part in ("section/weather", "author/new-writer", "tag/storm"):
        missing = text_of(client, f"/{part}-never/", 404)
        assert text_of(client, f"/{part}/", 404) == missing
        assert client.get(f"/{part}/rss/").status_code == 404
    assert "Weather" not in text_of(client, "/")


def test_the_news_feeds_own_section_has_one_address(client):
    """Its page is the feed; the address below /section/ leads there."""
    published(section=SectionFactory(description="All of it, as it comes."))
    response = client.get("/section/news-feed/")
    assert (response.status_code, response["Location"]) == (301, "/news-feed/")
    assert Section.objects.get().get_absolute_url() == "/news-feed/"
    assert "All of it, as it comes." in text_of(client, "/news-feed/")


# --- Stories at their addresses ---------------------------------------------------------------------------


def test_a_story_is_whole(client):
    """Kicker, headline, standfirst, byline, times, picture with its words, note, text, tags, author's box."""
    mara = AuthorFactory(name="Mara Venn", role="News Editor", biography="Mara lives by the water.")
    image = ImageFactory(alt_text="Two boats", caption="The quay.", credit="Arda Example/Agency")
    article = story(
        headline="Ferry & tide",
        standfirst="An hour late.",
        body="<p>It was the tide.</p>",
        authors=[mara],
        lead_image=image,
        editors_note="This story was first printed on paper.",
        seo_title="Why the ferry was late",
        seo_description="The tide it was.",
    )
    page = text_of(client, article.get_absolute_url())
    in_order = [
        *[
            "<title>Why the ferry was late",
            'content="The tide it was."',
            'href="/section/harbour/"',
            "Ferry &amp; tide",
        ],
        *[
            "An hour late.",
            "Mara Venn",
            "4 May 2026, 11:59 UTC",
            "1 min read",
            'alt="Two boats"',
            "The quay.",
        ],
        *[
            "(<span",
            "Arda Example/Agency",
            "This story was first printed on paper.",
            "<p>It was the tide.</p>",
        ],
        *['href="/tag/ferry/"', "News Editor", "Mara lives by the water."],
    ]
    place = 0
    for words in in_order:
        assert words in page[place:], words
        place = page.index(words, place)
    assert "Updated" not in page


@pytest.mark.parametrize(("kind", "moved"), [("typo", False), ("update", True), ("correction", True)])
def test_updated_is_printed_when_something_changed_for_readers(client, kind, moved):
    """A typo leaves the page's times alone; a correction stands below the text with its date."""
    article = story(60, slug="tide", standfirst="Before")
    article.standfirst = "After"
    article.save()
    workflow.publish(article=article, by=None, kind=kind, correction="It was sixty-four.")
    page = text_of(client, "/tide/")
    assert "After" in page
    assert ("Updated" in page) == moved
    assert ("It was sixty-four." in page) == (kind == "correction")


def test_corrections_stay_and_the_newest_comes_first(client, clock):
    """Each is dated with the moment readers could first see it."""
    article = story(slug="tide")
    for number in range(2):
        clock.shift(HOUR)
        article.standfirst = f"Standfirst, corrected {number}"
        article.save()
        workflow.correct(article=article, text=f"Correction number {number}.", by=None)
    article.standfirst = "To come"
    article.save()
    workflow.correct(article=article, text="Correction still to come.", by=None, at=NOON + 9 * HOUR)
    page = text_of(client, "/tide/")
    assert page.index("Correction number 1.") < page.index("Correction number 0.")
    assert "still to come" not in page


def test_an_old_address_leads_to_the_new_one_in_one_hop(client, clock):
    """However often the story moved."""
    article = story(slug="first")
    for slug in ("second", "third", "fourth"):
        clock.shift(HOUR)
        republish(article, slug=slug)
    for old in ("first", "second", "third"):
        response = client.get(f"/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/fourth/")
        assert client.get(response["Location"]).status_code == 200
    assert 'rel="canonical" href="http://127.0.0.1:8000/fourth/"' in text_of(client, "/fourth/")


def test_a_new_address_that_is_still_to_come_is_not_there_yet(client, clock):
    """Until the moment of the update the story stays at its old address, and the new one is nothing."""
    article = story(slug="old")
    article.slug = "new"
    article.save()
    workflow.schedule(article=article, at=NOON + HOUR, by=None, kind="update")
    assert (client.get("/old/").status_code, client.get("/new/").status_code) == (200, 404)
    clock.move_to(NOON + HOUR)
    assert (client.get("/old/").status_code, client.get("/new/").status_code) == (301, 200)


def test_a_withdrawn_story_gives_its_reason(site, client):
    """In paragraphs, at every address it had, and kept out of search engines."""
    page = text_of(client, "/withdrawn/", 410)
    assert "<p>We could not confirm it.</p>" in page
    assert "<p>We are sorry.</p>" in page
    assert "noindex" in page
    assert "Standfirst" not in page


def test_an_expired_story_says_that_its_time_has_passed(client, clock):
    workflow.expire(article=story(slug="notice"), at=NOON + HOUR, by=None)
    assert client.get("/notice/").status_code == 200
    clock.move_to(NOON + HOUR)
    assert "It was taken off after its time had passed." in text_of(client, "/notice/", 410)


def test_a_withdrawn_story_leads_to_its_successor(client, clock):
    """In one hop to where that one is today; when it goes too, the reason is given instead."""
    successor, gone = story(slug="successor"), story(1, slug="gone")
    workflow.withdraw(article=gone, reason="There is a fuller story.", by=None, successor=successor)
    clock.shift(HOUR)
    republish(successor, slug="moved")
    response = client.get("/gone/")
    assert (response.status_code, response["Location"]) == (302, "/moved/")
    workflow.withdraw(article=successor, reason="It was wrong.", by=None)
    assert "There is a fuller story." in text_of(client, "/gone/", 410)


def test_the_last_reason_counts_also_when_two_publications_share_a_moment(client):
    """A version that was replaced in the same instant does not hide why the story went."""
    article = story(slug="tide")
    for standfirst in ("Second words", "Third words"):
        republish(article, standfirst=standfirst)
    workflow.withdraw(article=article, reason="It was wrong.", by=None)
    assert "It was wrong." in text_of(client, "/tide/", 410)


def test_an_address_without_its_slash_is_led_to_it(site, client):
    """People type addresses; the answer needs no cookie either."""
    response = client.get("/ferry-late")
    assert (response.status_code, response["Location"]) == (301, "/ferry-late/")


@pytest.mark.parametrize(
    "address", ["/nothing-here/", "/section/nothing/", "/a/b/c/", "/uploads/nothing.jpg"]
)
def test_what_is_not_there_is_said_in_the_papers_design(site, client, address):
    """With the way to the front page, and the sections."""
    page = text_of(client, address, 404)
    assert "There is nothing at this address" in page
    assert 'href="/section/harbour/"' in page
    assert "noindex" in page


def test_a_failure_is_said_without_the_database(rf, settings, django_assert_num_queries):
    """The page must come even when the database is what failed."""
    view = reverse("front-page")
    with django_assert_num_queries(0):
        client = Client(raise_request_exception=False)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("articles.views.timezone.now", lambda: 1 / 0)
            response = client.get(view)
    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


def test_markup_in_the_desks_words_is_text(client):
    """Only the body is markup; headline, standfirst, note, tag and section are words."""
    hostile = "<script>alert(1)</script>"
    article = story(
        headline=hostile,
        slug="hostile",
        standfirst=hostile,
        editors_note=hostile,
        seo_title=hostile[:100],
        seo_description=hostile,
        lead_caption=hostile,
        lead_credit=hostile,
        lead_alt=hostile,
        tags=[hostile],
        section=SectionFactory(name=hostile, slug="hostile", description=hostile),
    )
    tag = article.tags.get()
    for address in ("/", "/hostile/", "/news-feed/", "/section/hostile/", tag.get_absolute_url(), "/rss/"):
        assert "<script>alert" not in text_of(client, address)
