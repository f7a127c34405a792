"""Search and archive as readers use them: by keyboard, without script, in every look; axe finds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_desk_pages import faults
from tests.factories import SectionFactory, published

pytestmark = [pytest.mark.browser]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


@pytest.fixture
def paper(site):
    """Twenty-five stories with a ferry in them, one of them about a café, over two months."""
    town = SectionFactory(name="Town", slug="town")
    for number in range(25):
        headline = "The café burned" if number == 7 else f"Ferry number {number}"
        published(
            at=timezone.now() - timedelta(days=2 * number),
            headline=headline,
            section=town,
            body="<p>It was seen from the ferry.</p>",
        )


def test_by_keyboard_and_without_script_from_the_front_page_to_a_story(site, reader, paper):
    """Type, Enter, narrow, page on: plain links and forms all the way."""
    reader.goto(site)
    for _press in range(10):
        reader.keyboard.press("Tab")
        if reader.evaluate("document.activeElement.name") == "q":
            break
    reader.keyboard.type("CAFE ferry")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{site}/search/?q=CAFE+ferry")
    expect(reader.get_by_role("heading", level=3)).to_have_text(["The café burned"])
    expect(reader.locator("main mark")).to_have_text(["café", "ferry"])

    reader.get_by_label("Words").fill("ferry")
    reader.get_by_label("Section", exact=True).select_option("Town")
    reader.get_by_role("button", name="Search").click()
    expect(reader.get_by_role("heading", level=3)).to_have_count(20)
    reader.get_by_role("link", name="Show more").click()
    expect(reader.get_by_role("heading", level=3)).to_have_count(5)
    expect(reader.get_by_label("Words")).to_have_value("ferry")
    expect(reader.get_by_label("Section", exact=True)).to_have_value("town")
    reader.get_by_role("link", name="The café burned").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("The café burned")


def test_show_more_appends_in_place(site, open_browser, paper):
    """With script the list grows, and the first new story has the focus."""
    page = open_browser()
    page.goto(f"{site}/search/?q=ferry")
    page.get_by_role("link", name="Show more").click()
    expect(page.get_by_role("heading", level=3)).to_have_count(25)
    expect(page.get_by_role("status")).to_have_text("Stories added to the list: 5")
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_and_nothing_is_too_wide(site, open_browser, paper, width, scheme):
    """Results, nothing found, the archive and its months; from right to left, too."""
    page = open_browser(viewport=width, color_scheme=scheme)
    month = f"/archive/{timezone.now():%Y/%m}/"
    for address in (
        "/",
        "/search/?q=ferry",
        "/search/?q=ferry+zebra",
        "/archive/",
        month,
        "/archive/1999/01/",
    ):
        page.goto(site + address)
        assert faults(page) == [], address
        for direction in ("ltr", "rtl"):
            page.evaluate(f"document.documentElement.dir = '{direction}'")
            wider = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider <= 0, (address, direction)
