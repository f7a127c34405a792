"""The readers' pages: front page, lists, and what is said when something is not there."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Section
from articles.stream import PAGE_SIZE
from tests.articles.stories import story, text_of
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


# --- Errors -----------------------------------------------------------------------------------------------


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
            patch.setattr("articles.views.now", lambda: 1 / 0)
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
        lead_alt=f"{hostile} in words",
        tags=[hostile],
        section=SectionFactory(name=hostile, slug="hostile", description=hostile),
    )
    tag = article.tags.get()
    for address in ("/", "/hostile/", "/news-feed/", "/section/hostile/", tag.get_absolute_url(), "/rss/"):
        assert "<script>alert" not in text_of(client, address)


# --- New stories on an open page --------------------------------------------------------------------------


def test_an_open_feed_asks_what_is_new_by_one_small_address(client):
    """Feed and front page know their newest place; the address says of each newer one how many there are by then."""
    story(5, slug="older")
    notices = SectionFactory(name="Notices", slug="notices", in_news_feed=False)
    page, front = text_of(client, "/news-feed/"), client.get("/").context
    mine = front["newest_cursor"]
    assert f'data-newest="{mine}" data-asks="/news-feed/new.json"' in page
    assert "data-newest" not in text_of(client, f"/news-feed/?before={mine}")

    story(3, slug="newer")
    story(2, slug="no-part-of-the-feed", section=notices)
    story(1, slug="newest")
    answer = client.get("/news-feed/new.json")
    said = answer.json()
    assert [row["words"] for row in said] == ["1 new story", "2 new stories", "3 new stories"]
    assert said[2]["cursor"] == mine
    again = client.get("/news-feed/new.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304

    for number in range(PAGE_SIZE):
        story(number, slug=f"rush-{number}")
    assert client.get("/news-feed/new.json").json()[-1]["words"] == "Many new stories"
