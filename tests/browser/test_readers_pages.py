"""The readers' pages in a real browser: by keyboard, with and without script, and what axe says of each."""

import re

import pytest
from playwright.sync_api import expect

from articles import workflow
from articles.stream import PAGE_SIZE
from tests.articles.test_story_pages import PARTS
from tests.browser.test_desk_pages import faults
from tests.factories import AuthorFactory, SectionFactory, published
from tests.images.pictures import make_picture

pytestmark = [pytest.mark.browser]

#: Words that only a script can keep its promise to.
WITH_SCRIPT = {"Share", "Copy", "link"}
PAGES = [
    *["/long-read/", "/news-feed/", "/section/harbour/", "/tag/ferry/", "/author/mara-venn/"],
    *["/corrections/", "/nothing-here/", "/withdrawn/", "/lite/", "/lite/news-feed/", "/lite/long-read/"],
]
LOOKS = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
]


@pytest.fixture
def paper(site):
    """A long read with every part of a page, a corrected story, a withdrawn one, and more than a page of others."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    picture = make_picture()
    common = {
        "section": harbour,
        "tags": ["ferry"],
        "authors": [AuthorFactory(slug="mara-venn", portrait=picture)],
    }
    for number in range(PAGE_SIZE + 2):
        published(headline=f"Story {number}", slug=f"story-{number}", **common)
    corrected, gone = (published(slug=slug, **common) for slug in ("corrected", "withdrawn"))
    workflow.correct(article=corrected, text="It was two hours.", by=None)
    workflow.withdraw(article=gone, reason="It was wrong.", by=None)
    fields = {"headline": "A long read", "slug": "long-read", "kind": "opinion", "body": PARTS}
    published(lead_image=picture, editors_note="First printed on paper.", **fields, **common)
    return common


def test_a_reader_needs_no_mouse(site, open_browser, paper):
    """Into the story, to a part of it, its link copied, more of the feed, and what came while the page was open."""
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(f"{site}/long-read/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    def tab_to(element):
        for _step in range(40):
            page.keyboard.press("Tab")
            if element.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"No way by keyboard to {element}")

    tab_to(page.get_by_role("button", name="Copy link"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The link is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/long-read/"
    tab_to(page.get_by_role("navigation", name="In this story").get_by_role("link", name="The tide").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/long-read/#part-the-tide")

    feed = page.get_by_role("region", name=re.compile("^News Feed"))
    items = feed.get_by_role("listitem")
    before = items.count()
    tab_to(feed.get_by_role("link", name="Show more"))
    page.keyboard.press("Enter")
    expect(items).not_to_have_count(before)
    expect(items.nth(before).get_by_role("link")).to_be_focused()

    page.goto(f"{site}/news-feed/")
    published(headline="The ferry sails", slug="ferry-sails", **paper)
    page.clock.run_for(61_000)
    expect(page.get_by_role("status")).to_have_text("1 new story")
    tab_to(page.get_by_role("link", name="1 new story"))
    page.keyboard.press("Enter")
    first = page.locator("main").get_by_role("listitem").first.get_by_role("link")
    expect(first).to_have_text("The ferry sails")
    expect(first).to_be_focused()
    expect(page.get_by_role("link", name="1 new story")).to_be_hidden()


def test_every_page_says_the_same_without_script_and_axe_finds_nothing(site, open_browser, reader, paper):
    """In the light and wide, in the dark and narrow; a script adds no word but those of its own buttons."""
    for look in LOOKS:
        page = open_browser(**look)
        for address in PAGES:
            page.goto(site + address)
            assert faults(page) == [], address
            if look is LOOKS[0]:
                reader.goto(site + address)
                with_script, without = (
                    set(shown.locator("body").inner_text().split()) for shown in (page, reader)
                )
                assert with_script - without <= WITH_SCRIPT, address
                assert without <= with_script, address
