"""The search of the site as plain files: from a memory stick as from a server, by the words of every language."""

import pytest
from playwright.sync_api import expect

from moving.site.export import export
from moving.site.signing import own_key
from tests.factories import SectionFactory, published

pytestmark = [pytest.mark.browser]


def test_a_memory_stick_finds_stories_and_leads_to_them(open_browser, transactional_db, tmp_path):
    """Words with accents and without, the beginning of a word, an author's name, and nothing."""
    town = SectionFactory(name="Town", slug="town")
    published(headline="The café burned", slug="cafe", section=town, body="<p>At night.</p>")
    published(headline="П’ять човнів у гавані", slug="boats", section=town, tags=["Ferries"])
    export(tmp_path / "stick", own_key(tmp_path / "key.pem"))

    page = open_browser()
    # Browsers load no module from a file, and say so; the page is whole without it.
    page.route("**/reader.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    start = f"file://{tmp_path}/stick/search/index.html"
    found = page.locator("[data-found] h3")
    for words, headlines in {
        "CAFE": ["The café burned"],
        "пять чов": ["П’ять човнів у гавані"],
        "ferri town": ["П’ять човнів у гавані"],
        "zebra": [],
    }.items():
        page.goto(f"{start}?q={words}")
        expect(page.locator("[data-found] [role=status]")).not_to_be_empty()
        expect(found).to_have_text(headlines)
    page.goto(start)
    page.get_by_label("Words").fill("burned")
    page.keyboard.press("Enter")
    found.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The café burned")
