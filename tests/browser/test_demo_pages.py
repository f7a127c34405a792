"""Every element of the article page we began from, found on the demo's pages by role, text or microdata."""

import re

import pytest
from playwright.sync_api import expect

from newsroom.demo.load import load

pytestmark = [pytest.mark.browser]

STORY = "/mayor-and-ferry-operator-talk/"


def test_the_reference_page_without_script_then_show_more_with_it(site, reader, open_browser):
    """Kicker, reading time, credit, card, author box, Read more and News Feed need no script; Show more has one."""
    load(picture_width=320)

    reader.goto(site + STORY)
    story = reader.get_by_role("article").first
    headline = reader.get_by_role("heading", level=1)
    expect(headline).to_have_count(1)
    kicker = story.get_by_role("link", name="News Feed").first
    expect(kicker).to_have_attribute("href", "/news-feed/")
    assert kicker.bounding_box()["y"] < headline.bounding_box()["y"], "the kicker stands above the headline"
    expect(story.get_by_text("2 min read")).to_be_visible()

    lead = story.get_by_role("figure").first
    alt = lead.get_by_role("img").get_attribute("alt")
    caption = lead.locator("figcaption").inner_text()
    assert alt and alt not in (headline.inner_text(), caption)
    assert re.search(r"\.\s*\([^)]+/Coastline Pictures\)$", caption), "the caption ends in the credit"
    credit = lead.locator(".figure__credit").inner_text()
    assert credit.strip("()") in caption

    expect(story.get_by_role("link", name="An island is not a luxury")).to_be_visible()
    expect(story).to_contain_text("Editor’s note: Edda Thornby was captain of the Kittiwake")
    related = reader.get_by_role("complementary", name="Related story: An island is not a luxury")
    expect(related.locator("img")).to_have_count(1)

    author = reader.get_by_role("region", name="About the author")
    expect(author.get_by_role("heading", name="Ines Calder")).to_be_visible()
    expect(author.get_by_role("link", name="Ines Calder")).to_have_attribute("href", "/author/ines-calder/")
    expect(author.locator(".author-box__role")).to_have_text("Town Hall Reporter")
    expect(author.locator(".author-box__biography")).to_contain_text("312 meetings")
    expect(author.locator("img")).to_have_count(1)

    read_more = reader.get_by_role("complementary", name="Read more")
    expect(read_more.get_by_role("link")).to_have_count(4)
    news_feed = reader.get_by_role("region", name=re.compile("^News Feed"))
    expect(news_feed.get_by_role("listitem")).to_have_count(6)
    for item in news_feed.get_by_role("listitem").all():
        expect(item.get_by_role("heading")).to_have_count(1)
        expect(item.locator("time")).to_have_count(1)
        expect(item.get_by_role("paragraph").last).not_to_be_empty()

    shown = reader.locator("main article, aside, section").get_by_role("heading").get_by_role("link")
    targets = [link.get_attribute("href") for link in shown.all()]
    stories = [
        target for target in targets if re.fullmatch(r"/[a-z0-9-]+/", target) and target != "/news-feed/"
    ]
    assert len(set(stories)) >= 10
    assert STORY not in stories, "a story does not recommend itself"

    first_page = {
        link.get_attribute("href") for link in news_feed.get_by_role("heading").get_by_role("link").all()
    }
    more = news_feed.get_by_role("link", name="Show more")
    reader.goto(site + more.get_attribute("href"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("News Feed")
    second_page = {link.get_attribute("href") for link in reader.locator("main h3 a").all()}
    assert second_page and not first_page & second_page, "Show more goes on where the list stopped"

    page = open_browser(viewport={"width": 390, "height": 844})
    page.goto(site + "/news-feed/")
    items = page.get_by_role("main").get_by_role("listitem")
    before = items.count()
    page.get_by_role("link", name="Show more").click()
    expect(items).not_to_have_count(before)
    expect(page).to_have_url(site + "/news-feed/")
    expect(page.get_by_role("status")).to_contain_text("added")
    headlines = page.locator("main h3").all_inner_texts()
    assert len(headlines) == len(set(headlines)), "no story twice"
