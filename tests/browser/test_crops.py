"""The focal point and the crops of a picture, from the desk's hand to the reader's page."""

import io

import pytest
from django.urls import reverse
from PIL import Image as Pixels
from playwright.sync_api import expect

from images.crops import crop_box
from images.models import Image
from images.uploads import add_picture
from tests.browser.test_upload_page import drop, expect_done
from tests.factories import ArticleFactory, figure
from tests.images.hostile import MEGABYTE, packed_zeros, png_of
from tests.images.pictures import coloured_fields, corner_colours, make_picture

pytestmark = [pytest.mark.browser]

SIZE = (2400, 1600)


def form(site, image):
    return site + reverse("admin:images_image_change", args=[image.pk])


def slot(page, name):
    return page.locator(f'[data-crop="{name}"]')


def numbers(page, name):
    fields = slot(page, name).locator('input[type="number"]')
    return [field.input_value() for field in fields.all()]


def drag(page, handle, across, down):
    """Drag by so many pixels with the mouse, in steps as a hand does."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y + down, steps=8)
    page.mouse.up()


def test_the_desk_s_crops_are_what_readers_get(site, desk_page, reader):
    """Three files in one drag, a point by click, a crop by drag, another by keys, two uses with words of their own.

    Each file on the public page shows its part, and each use says what it says.
    """
    known = make_picture(title="The quay at noon")
    with known.original.open("rb") as original:
        again = original.read()
    page = desk_page("Picture desk")
    page.goto(site + reverse("admin:images_image_add"))
    drop(
        page,
        again=again,
        hostile=png_of(65_000, 65_000, packed_zeros(MEGABYTE)),
        fields=coloured_fields(SIZE).read(),
    )
    expect_done(page, "Done: 1 new, 1 known, 1 not taken.")
    page.get_by_label("Alternative text").fill("Eight fields of colour")
    page.get_by_label("Credit", exact=True).fill("Arda Example/Agency")
    page.get_by_role("button", name="Save all words").click()
    expect(page.get_by_text("All words are saved.")).to_be_visible()
    page.get_by_role("link", name="Crops, rights, all fields").click()

    # A point on the far right: crops that follow it show the right edge.
    stage = page.locator(".cropping-stage__picture")
    box = stage.bounding_box()
    stage.click(position={"x": box["width"] * 0.95, "y": box["height"] * 0.2})
    expect(page.get_by_label("Focal point, across")).to_have_value("0.95")
    # The lead by keys: half as wide, moved down and to the left.
    lead = page.get_by_role("button", name="Lead, 16:9: drag the picture")
    lead.focus()
    for _ in range(40):
        page.keyboard.press("+")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Shift+ArrowDown")
    expect(slot(page, "lead").get_by_role("status")).to_have_text("Its own crop. The focal point is outside.")
    # The card by drag, after its slider made it smaller: up into the left corner.
    size = slot(page, "card").get_by_label("How much is seen")
    size.evaluate("slider => { slider.value = 0.5; slider.dispatchEvent(new Event('input')) }")
    handle = page.get_by_role("button", name="Card, 3:2: drag the picture")
    drag(page, handle, 900, 900)
    assert numbers(page, "card") == ["0.00", "0.00", "50.00"]
    assert numbers(page, "square") == numbers(page, "share") == ["", "", ""]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    image = Image.objects.exclude(pk=known.pk).get()
    left, upper, right, lower = image.own_crops["lead"]
    assert (left, lower) == (0, 1)
    assert right < 0.5 < upper
    story = ArticleFactory(
        lead_image=image, slug="fields", headline="Fields", body=f"<p>See.</p>{figure(image)}"
    )
    editor = desk_page("Editor")
    editor.goto(site + reverse("admin:articles_article_change", args=[story.pk]))
    editor.get_by_label("Alternative text here").fill("The quay in eight colours")
    expect(editor.locator(".block__caption")).to_contain_text("Arda Example")
    editor.locator(".block--figure [data-action=edit]").click()
    editor.get_by_label("Described for this story").check()
    editor.get_by_label("What is seen").fill("The same colours, whole")
    editor.get_by_role("button", name="Apply").click()
    editor.get_by_role("button", name="Publish…").click()
    editor.get_by_label("Publish anyway").check()
    editor.get_by_label("Reason").fill("A test of colours has no caption")
    editor.get_by_role("button", name="Publish now").click()
    expect(editor.locator(".messagelist")).to_contain_text("It is on the site now")
    # Four columns by two rows: red, yellow, green, cyan above, blue, magenta, white, black below.
    reader.goto(f"{site}/fields/")
    expect(reader.get_by_role("img", name="The quay in eight colours")).to_have_count(1)
    expect(reader.get_by_role("img", name="The same colours, whole")).to_have_count(1)
    expect(reader.get_by_role("article").first.get_by_text("(Arda Example/Agency)")).to_have_count(2)
    assert shown(reader, ".story__lead img") == ["blue", "magenta", "blue", "magenta"]
    share = reader.locator('meta[property="og:image"]').get_attribute("content")
    assert colours(reader, share) == ["red", "cyan", "blue", "black"]
    reader.goto(f"{site}/")
    assert shown(reader, ".card__picture img") == ["red", "yellow", "red", "yellow"]
    assert set(image.sources) == {"full", "lead", "card", "square", "share"}
    assert colours(reader, site + "/uploads/" + image.sources["square"]["jpeg"][0][1]) == [
        "yellow",
        "cyan",
        "magenta",
        "black",
    ]


def shown(page, selector):
    """The corner colours of the file that the browser chose for a picture."""
    return colours(page, page.locator(selector).first.evaluate("picture => picture.currentSrc"))


def colours(page, address):
    response = page.request.get(address)
    assert response.ok
    with Pixels.open(io.BytesIO(response.body())) as picture:
        return corner_colours(picture)


def test_what_was_done_can_be_undone_and_led_back(site, desk_page):
    """Undo takes one step after the other back, down to what was saved; a crop finds back to the point."""
    image = add_picture(file=coloured_fields(SIZE), by=None, own_crops={"card": [0.5, 0.5, 1, 1]})
    page = desk_page("Picture desk")
    page.goto(form(site, image))
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    square = page.get_by_role("button", name="Square: drag the picture")
    square.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # one run of keys is one step
    moved = numbers(page, "square")
    assert moved[0] == "18.67"
    page.get_by_role("button", name="Focal point: move it").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_label("Focal point, across")).to_have_value("0.40")
    assert numbers(page, "square") == moved
    slot(page, "card").get_by_role("button", name="Back to the focal point").click()
    assert numbers(page, "card") == ["", "", ""]
    expect(slot(page, "card").get_by_role("status")).to_have_text("Follows the focal point.")
    undo.click()
    assert numbers(page, "card") == ["50.0", "50.0", "50.0"]
    undo.click()
    expect(page.get_by_label("Focal point, across")).to_have_value("0.5")
    undo.click()
    assert numbers(page, "square") == ["", "", ""]
    expect(undo).to_be_disabled()


def test_on_a_phone_a_finger_scrolls_until_the_crop_was_tapped(site, desk_page):
    """A page full of pictures that move under the thumb would be no page; a tap says which one is meant."""
    image = add_picture(file=coloured_fields(SIZE), by=None)
    page = desk_page("Picture desk", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(form(site, image))
    handle = page.get_by_role("button", name="Square: drag the picture")
    handle.scroll_into_view_if_needed()
    swipe(page, handle, -60)
    assert numbers(page, "square") == ["", "", ""]
    handle.scroll_into_view_if_needed()
    handle.tap()
    swipe(page, handle, -60)
    assert float(numbers(page, "square")[0]) > 17


def swipe(page, handle, across):
    """A finger put down in the middle of `handle` and drawn `across` pixels."""
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def touch(kind, points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", [{"x": x, "y": y}])
    for step in range(1, 7):
        touch("touchMove", [{"x": x + across * step / 6, "y": y}])
    touch("touchEnd", [])


def test_without_script_the_numbers_do_it(site, desk_page):
    """The form shows what readers get now, and takes three numbers for a crop."""
    image = add_picture(file=coloured_fields(SIZE), by=None)
    signed_in = desk_page("Picture desk")
    page = signed_in.context.browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state()
    ).new_page()
    page.goto(form(site, image))
    for label, value in (("Left edge", "50"), ("Upper edge", "50"), ("Width", "50")):
        slot(page, "card").get_by_label(label).fill(value)
    assert slot(page, "card").locator("img").evaluate("picture => picture.naturalWidth") > 0
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.context.close()
    assert Image.objects.get().own_crops == {"card": [0.5, 0.5, 1.0, 1.0]}


def test_the_preview_and_the_server_reckon_alike(site, desk_page):
    """For any size, shape and point the live preview shows the box that will be cut, to a pixel."""
    image = add_picture(file=coloured_fields(SIZE), by=None)
    page = desk_page("Picture desk")
    page.goto(form(site, image))
    cases = [
        (width, height, ratio, x, y)
        for width, height in ((2400, 1600), (1601, 2403), (4000, 500), (333, 333))
        for ratio in (16 / 9, 1.5, 1, 1.91)
        for x, y in ((0, 0), (0.5, 0.5), (0.31, 0.77), (1, 1))
    ]
    boxes = page.evaluate(
        """async (cases) => {
            const { boxAround } = await import("newsroom/crops/arithmetic")
            return cases.map(([width, height, ratio, x, y]) => boxAround({ x, y }, ratio, { width, height }))
        }""",
        cases,
    )
    for (width, height, ratio, x, y), box in zip(cases, boxes, strict=True):
        left, upper, right, lower = crop_box(width, height, ratio=ratio, focal_x=x, focal_y=y)
        assert abs(box["left"] * width - left) <= 1
        assert abs(box["upper"] * height - upper) <= 1
        assert abs(box["width"] * width - (right - left)) <= 1
        assert abs(box["height"] * height - (lower - upper)) <= 1
