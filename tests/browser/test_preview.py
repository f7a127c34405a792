"""The preview beside the form, and the guest's link, in a real browser."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from articles import preview_links, workflow
from articles.models import PreviewVisit
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.browser]


@pytest.fixture
def story(site):
    return ArticleFactory(
        headline="Boats stay in port",
        standfirst="The wind did not rest.",
        body="<p>Forty boats stayed.</p>" * 40,
    )


def frame_of(page):
    return page.frame_locator(".preview-panel iframe:not(.is-waiting)")


def open_panel(page, site, story):
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    page.get_by_role("button", name="Preview beside").click()
    expect(frame_of(page).get_by_role("heading", level=1)).to_have_text("Boats stay in port")


def test_unsaved_words_appear_beside_the_form(site, desk_page, story):
    """Headline and body as they are typed, in the readers' own page; nothing is saved, Back leaves the form."""
    page = desk_page("Editor")
    page.goto(f"{site}/admin/articles/article/")
    open_panel(page, site, story)
    page.get_by_label("Headline:").fill("Boats leave port")
    expect(frame_of(page).get_by_role("heading", level=1)).to_have_text("Boats leave port")
    page.locator(".ProseMirror").get_by_text("Forty boats").first.click()
    page.keyboard.type("NOW ")
    expect(frame_of(page).locator(".prose")).to_contain_text("NOW ")
    story.refresh_from_db()
    assert story.headline == "Boats stay in port"
    assert story.version == 1
    page.go_back()
    expect(page).to_have_url(f"{site}/admin/articles/article/")


def test_what_cannot_be_drawn_is_said_in_the_panel(site, desk_page, story):
    """An empty headline: the panel names the field, and recovers with it."""
    page = desk_page("Editor")
    open_panel(page, site, story)
    page.get_by_label("Headline:").fill("")
    expect(frame_of(page).get_by_role("alert")).to_contain_text("Headline:")
    page.get_by_label("Headline:").fill("Back again")
    expect(frame_of(page).get_by_role("heading", level=1)).to_have_text("Back again")


def test_widths_colours_and_shapes(site, desk_page, story):
    """The frame is as wide as the device, light or dark as asked, page or card or shared link; all remembered."""
    page = desk_page("Editor")
    open_panel(page, site, story)
    body = frame_of(page).locator("body")
    assert body.evaluate("() => innerWidth") == 390
    page.get_by_label("Desktop").check()
    assert body.evaluate("() => innerWidth") == 1280
    box = page.locator(".preview-panel iframe").bounding_box()
    assert box["x"] + box["width"] <= 1281
    colour = "body => getComputedStyle(body).backgroundColor"
    light = body.evaluate(colour)
    page.get_by_label("Dark").check()
    dark = body.evaluate(colour)
    assert (light, dark) == ("rgb(255, 253, 249)", "rgb(21, 19, 16)")
    page.get_by_label("Light").check()
    assert body.evaluate(colour) == light
    page.get_by_label("Dark").check()

    page.get_by_label("Show as").select_option("The card in lists")
    expect(frame_of(page).locator(".card--feature")).to_contain_text("The wind did not rest.")
    page.get_by_label("Show as").select_option("Shared on other sites")
    expect(frame_of(page).locator(".share-card")).to_contain_text("Boats stay in port")
    assert body.evaluate(colour) == dark

    page.reload()
    expect(frame_of(page).locator(".share-card")).to_be_visible()
    expect(page.get_by_label("Desktop")).to_be_checked()
    page.get_by_role("button", name="Close").click()
    page.reload()
    expect(page.get_by_role("button", name="Preview beside")).to_have_attribute("aria-expanded", "false")


def test_the_place_on_the_page_is_kept(site, desk_page, story):
    """Typing does not throw the preview back to its top."""
    page = desk_page("Editor")
    open_panel(page, site, story)
    frame_of(page).locator("body").evaluate("() => scrollTo(0, 700)")
    page.get_by_label("Headline:").fill("Boats leave port")
    expect(frame_of(page).get_by_role("heading", level=1)).to_have_text("Boats leave port")
    assert frame_of(page).locator("body").evaluate("() => scrollY") == 700


def test_on_a_phone_the_panel_covers_the_form(site, desk_page, story):
    """Full screen, the form below out of the keyboard's reach, Escape leads back to the button."""
    page = desk_page("Editor", viewport={"width": 390, "height": 800})
    open_panel(page, site, story)
    box = page.locator("#preview-panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#preview-panel")).to_be_hidden()
    expect(page.get_by_role("button", name="Preview beside")).to_be_focused()


def test_a_guest_reads_until_the_link_is_revoked(site, desk_page, open_browser, story):
    """A browser without cookies and without script opens the address; after Revoke there is nothing."""
    page = desk_page("Editor")
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("For whom").fill("the lawyers")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("The address.").input_value()
    assert address.startswith(f"{site}/preview/")

    guest = open_browser(java_script_enabled=False)
    assert guest.goto(address).status == 200
    expect(guest.get_by_role("heading", level=1)).to_have_text("Boats stay in port")
    expect(guest.get_by_role("note")).to_contain_text("Preview, not published.")
    assert guest.context.cookies() == []
    assert PreviewVisit.objects.get().network == "127.0.0.0/24"

    page.goto(page.url)
    expect(page.get_by_role("table", name="Links of this story")).to_contain_text("1 time")
    page.get_by_role("button", name="Revoke the link for the lawyers").click()
    expect(page.locator(".messagelist")).to_contain_text("Revoked the preview link for the lawyers.")
    assert guest.goto(address).status == 404
    expect(guest.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_axe_finds_nothing(site, desk_page, story, width, scheme):
    """The overview, the page of links with a fresh address, and the panel; and none is wider than the screen."""
    workflow.schedule(article=ArticleFactory(), at=timezone.now() + timedelta(hours=3), by=None)
    preview_links.make(article=story, by=None, note="the lawyers")
    page = desk_page("Editor", viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)

    def look(context=None):
        found = Axe().run(page, context=context).response["violations"]
        assert not [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{site}/admin/articles/article/overview/")
    look()
    page.goto(f"{site}/admin/articles/article/{story.pk}/preview-links/")
    page.get_by_label("For whom").fill("a source")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_label("The address.")).to_be_visible()
    look()
    open_panel(page, site, story)
    look("#preview-panel")
