"""An editor arranges the front page with keys, mouse and the picker; a reader sees it once it is published."""

import pytest
from playwright.sync_api import expect

from articles import arranging
from tests.articles.arrangements import save
from tests.factories import published

pytestmark = [pytest.mark.browser]


def test_an_editor_arranges_the_front_page(site, desk_page, reader):
    """The lists are moved in place; the reader's page follows only when it is published."""
    stories = [published(headline=f"Story {number}", slug=f"story-{number}") for number in range(6)]
    save(lead=stories[:2], top=stories[2:4])
    page = desk_page("Editor", viewport={"width": 1280, "height": 1400})
    page.get_by_role("link", name="Arrange the front page").click()
    lead, top = page.locator('[data-part="lead"]'), page.locator('[data-part="top"]')
    rows = ".arrange__row .story-card__headline"

    handle = lead.get_by_role("button", name="Move Story 1: drag it")
    handle.press("ArrowUp")
    expect(page.locator("[data-arrange-said]")).to_have_text("Story 1: place 1 of Lead · Not saved yet.")
    expect(lead.locator(rows)).to_have_text(["Story 1", "Story 0"])
    expect(lead.get_by_role("button", name="Move Story 1: drag it")).to_be_focused()

    top.get_by_role("button", name="Move Story 3: drag it").hover()
    page.mouse.down()
    target = lead.locator(".arrange__row").first.bounding_box()
    page.mouse.move(target["x"] + 40, target["y"] + 4, steps=5)
    page.mouse.up()
    expect(lead.locator(rows)).to_have_text(["Story 3", "Story 1", "Story 0"])
    expect(top.locator(rows)).to_have_text(["Story 2"])

    top.get_by_role("button", name="Add story").click()
    page.locator(".story-picker__choice", has_text="Story 5").click()
    expect(top.locator(rows)).to_have_text(["Story 2", "Story 5"])
    lead.get_by_role("button", name="Take Story 0 out").click()
    expect(lead.locator(rows)).to_have_text(["Story 3", "Story 1"])

    reader.goto(site)
    expect(reader.locator(".card--lead .card__headline")).to_have_text("Story 5")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Readers have this arrangement now.")
    reader.goto(site)
    expect(reader.locator(".card--lead .card__headline")).to_have_text("Story 3")
    expect(reader.locator(".companions .card__headline")).to_have_text(["Story 1"])
    expect(reader.locator(".front__top .card__headline")).to_have_text(["Story 2", "Story 5"])
    assert arranging.of().version == 2
