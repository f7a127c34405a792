"""The picture desk in a real browser: where a picture is used, a better file, many at once; by axe in four looks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles import workflow
from images.models import Image
from tests.browser.test_desk_pages import faults
from tests.factories import ArticleFactory, AuthorFactory, figure, published
from tests.images.pictures import coloured_fields, make_picture

pytestmark = [pytest.mark.browser]

LOOKS = {
    "wide and light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "wide and dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow and light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "narrow and dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
LIST = reverse("admin:images_image_changelist")


def page_of(name, *args):
    return reverse(f"admin:images_image_{name}", args=args)


@pytest.fixture
def image(site):
    """A picture in a live story, a scheduled one, a draft and a portrait."""
    end = timezone.now() + timedelta(days=2)
    image = make_picture(size=(1200, 800), title="Quay", caption="Boats at the quay", not_after=end)
    published(headline="The harbour freezes over", lead_image=image, lead_caption="Ice, as far as one sees")
    story = ArticleFactory(
        headline="What the ice costs", body=f"<p>Much.</p>{figure(image, credit='Jo Petrov')}"
    )
    workflow.schedule(article=story, at=timezone.now() + timedelta(days=1), by=None)
    ArticleFactory(headline="A walk on the ice", lead_image=image)
    AuthorFactory(name="Mara Venn", portrait=image)
    return image


@pytest.fixture
def better(tmp_path):
    """A file to choose."""
    path = tmp_path / "better.png"
    path.write_bytes(coloured_fields().read())
    return path


def shot(page, name, tmp_path):
    page.screenshot(path=tmp_path / f"{name}.png", full_page=True)


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_the_picture_desk_fits_and_is_accessible(
    look, site, image, better, desk_page, tmp_path
):
    """No rule is broken and nothing is wider than the screen, in four looks, with all there is to see."""
    page = desk_page("Picture desk", **LOOKS[look], bypass_csp=True)
    broken, wide = [], {}

    def looked_at(name):
        page.wait_for_load_state("networkidle")
        wide[name] = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
        shot(page, f"{look} {name}".replace(" ", "-"), tmp_path)
        broken.extend(f"{name} {line}" for line in faults(page))
        page.set_viewport_size(LOOKS[look]["viewport"])

    page.goto(site + reverse("admin:index"))
    expect(page.get_by_role("region", name="Rights that end")).to_contain_text("The harbour freezes over")
    looked_at("front")
    page.goto(site + page_of("change", image.pk))
    looked_at("form")
    page.goto(site + page_of("uses", image.pk))
    looked_at("uses")
    page.goto(site + page_of("replace", image.pk))
    looked_at("choose")
    page.get_by_label("Better file").set_input_files(better)
    page.get_by_role("button", name="Compare…").click()
    expect(page.get_by_role("img", name="The new file")).to_be_visible()
    looked_at("compare")
    page.get_by_role("button", name="Replace the file").click()
    expect(page.locator(".messagelist")).to_contain_text("The file is replaced.")
    page.goto(site + page_of("replace", image.pk))
    looked_at("put back")
    page.goto(site + LIST)
    page.get_by_role("button", name="Change the one that matches…").click()
    looked_at("bulk")
    page.get_by_label("Credit:", exact=True).fill("Jo Petrov/Wire")
    page.get_by_label("Not after:", exact=True).fill("2030-05-04T12:00")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("1 picture would change.")).to_be_visible()
    looked_at("dry run")
    page.get_by_role("button", name="Change 1 picture").click()
    looked_at("library")
    page.get_by_role("link", name="Undo…").click()
    looked_at("undo")
    assert broken == [], "\n".join(broken)
    assert {name: pixels for name, pixels in wide.items() if pixels} == {}


def test_from_the_card_to_the_uses_and_on_to_a_story(site, image, desk_page):
    """Two clicks from the library to the story that has the picture."""
    page = desk_page("Editor")
    page.goto(site + LIST)
    page.get_by_role("link", name="Used in 3 stories").click()
    uses = page.get_by_role("region", name="Where it is used")
    expect(uses.get_by_role("listitem")).to_have_count(4)
    expect(uses).to_be_in_viewport()
    expect(uses).to_contain_text("Ice, as far as one sees")
    uses.get_by_role("link", name="What the ice costs").click()
    expect(page.get_by_label("Headline:", exact=True)).to_have_value("What the ice costs")


def test_a_file_is_replaced_and_put_back_without_script(site, image, better, desk_page, reader):
    """Choose, compare, replace, undo: by links and buttons alone."""
    page = desk_page("Picture desk", java_script_enabled=False)
    page.goto(site + page_of("change", image.pk))
    page.get_by_role("link", name="Replace the file…").click()
    page.get_by_label("Better file").set_input_files(better)
    page.get_by_role("button", name="Compare…").click()
    expect(page.get_by_text("2400 × 1600")).to_be_visible()
    page.get_by_role("button", name="Replace the file").click()
    expect(page.locator(".messagelist")).to_contain_text("The file is replaced.")
    assert Image.objects.get().width == 2400
    reader.goto(f"{site}/the-harbour-freezes-over/")
    expect(reader.get_by_role("img", name="A harbour at dusk").first).to_be_visible()
    page.get_by_role("link", name="Put it back…").click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".messagelist")).to_contain_text("The old file is back")
    assert Image.objects.get().width == 1200


def test_ticked_pictures_are_changed_together_and_back(site, image, desk_page):
    """Tick all, see what would change, change, undo."""
    make_picture(title="Crane", credit="Arda Example/Agency")
    page = desk_page("Picture desk")
    page.goto(site + LIST)
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Change credit, rights or keywords…").click()
    page.get_by_label("Credit:", exact=True).fill("Jo Petrov/Wire")
    page.get_by_role("button", name="Show what would change").click()
    expect(
        page.get_by_role("listitem").filter(has_text="Arda Example/Agency → Jo Petrov/Wire")
    ).to_have_count(2)
    page.get_by_role("button", name="Change 2 pictures").click()
    expect(page.locator(".messagelist")).to_contain_text("2 pictures changed.")
    assert set(Image.objects.values_list("credit", flat=True)) == {"Jo Petrov/Wire"}
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone in 2 pictures.")
    assert set(Image.objects.values_list("credit", flat=True)) == {"Arda Example/Agency"}
