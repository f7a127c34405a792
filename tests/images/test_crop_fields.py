"""Crops of the desk's own, in the picture's form."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as Pixels

from images.crop_fields import SLOTS
from images.models import Image
from images.uploads import add_picture
from tests.images.pictures import coloured_fields, corner_colours, make_picture

SIZE = (2400, 1600)


@pytest.fixture
def image(db):
    return make_picture(size=SIZE)


@pytest.fixture
def save(staff, django_capture_on_commit_callbacks):
    """save(image, **fields) posts the picture's form with other values of some fields, and lets files be made."""
    client = staff("view_image", "change_image")

    def post(image, **changed):
        names = ["alt_text", "caption", "credit", "title", "source", "usage_terms", "focal_x", "focal_y"]
        fields = {name: getattr(image, name) for name in names}
        for slot, own in image.own_crops.items():
            left, upper, right, _lower = own
            numbers = {"left": left, "upper": upper, "width": right - left}
            fields |= {f"crop_{slot}_{edge}": round(100 * share, 2) for edge, share in numbers.items()}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("admin:images_image_change", args=[image.pk]), fields | changed)

    return post


def numbers(slot, left, upper, width):
    return {f"crop_{slot}_left": left, f"crop_{slot}_upper": upper, f"crop_{slot}_width": width}


def errors(response):
    form = response.context["adminform"].form
    return {name: list(sentences) for name, sentences in form.errors.items()}


def test_a_slot_is_cut_as_the_desk_drew_it_and_the_others_follow_the_point(save, image):
    """Only that slot's files are made anew."""
    before = image.sources
    assert save(image, **numbers("card", "50", "50", "50")).status_code == 302
    image.refresh_from_db()
    assert image.own_crops == {"card": [0.5, 0.5, 1.0, 1.0]}
    assert image.progress == "made"
    changed = {crop for crop in before if before[crop] != image.sources[crop]}
    assert changed == {"card"}
    assert {row.recipe for row in image.renditions.current().filter(crop="card")} == {"2:1200:800:2400:1600"}


def test_emptied_numbers_lead_back_to_the_focal_point(save, image):
    """So does the button of the module, which empties them."""
    save(image, **numbers("card", "50", "50", "50"))
    image.refresh_from_db()
    save(image, **numbers("card", "", "", ""))
    image.refresh_from_db()
    assert image.own_crops == {}
    assert image.sources["card"]["width"] == 1440


def test_saving_words_moves_no_crop(save, image):
    """Not by a pixel: what nobody touched is not written again."""
    own = {"lead": [0.0333, 0.1207, 0.8774, 0.8328]}
    Image.objects.update(own_crops=own)
    image.refresh_from_db()
    save(image, caption="Other words", **numbers("card", "10", "10", "80"))
    image.refresh_from_db()
    assert image.caption == "Other words"
    assert image.own_crops["lead"] == own["lead"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("50", "50", ""), "needs all three numbers"),
        (("50", "50", "60"), "does not lie inside"),
        (("0", "80", "90"), "does not lie inside"),
        (("0", "0", "10"), "240 pixels wide; it needs 720"),
        (("-5", "0", "50"), "greater than or equal to 0"),
        (("0", "0", "nine"), "Enter a number"),
        (("nan", "0", "50"), "Enter a number"),
    ],
)
def test_a_crop_that_cannot_be_is_a_sentence_at_its_slot(values, words, save, image):
    """What was typed stays in the form, and no file is touched."""
    response = save(image, caption="Typed meanwhile", **numbers("card", *values))
    assert response.status_code == 200
    assert words in errors(response)["crop_card"][0]
    html = response.content.decode()
    assert "Typed meanwhile" in html
    assert f'name="crop_card_width" value="{values[2]}"' in html or values[2] == ""
    image.refresh_from_db()
    assert (image.own_crops, image.progress) == ({}, "made")


def test_the_form_shows_every_shape_at_once(staff, image):
    """Each slot has its preview, its numbers, and a name."""
    Image.objects.update(own_crops={"card": [0.25, 0.5, 0.75, 1.0]})
    address = reverse("admin:images_image_change", args=[image.pk])
    html = staff("view_image", "change_image").get(address).content.decode()
    for slot, (label, _where) in SLOTS.items():
        assert f'data-crop="{slot}"' in html
        assert f">{label}</strong>" in html
        assert f'name="crop_{slot}_left"' in html
        assert default_storage.url(image.sources[slot]["jpeg"][0][1]) in html
    for edge, value in (("left", "25.0"), ("upper", "50.0"), ("width", "50.0")):
        assert f'name="crop_card_{edge}" value="{value}"' in html


def test_who_may_only_look_sees_the_picture_and_no_crops(staff, image):
    """Nothing is offered that would be refused."""
    html = staff("view_image").get(reverse("admin:images_image_change", args=[image.pk])).content.decode()
    assert "data-cropping" in html
    assert "data-crop=" not in html


def test_the_made_files_hold_the_part_that_was_drawn(save, db):
    """A picture of coloured fields: each file shows the colours that lie in its box, and no others."""
    image = add_picture(file=coloured_fields(SIZE), by=None)
    save(image, focal_x="0.1", focal_y="0.1", **numbers("lead", "50", "0", "50"))
    image.refresh_from_db()
    corners = {crop: corners_of(image, crop) for crop in ("lead", "square")}
    # Four columns by two rows: red, yellow, green, cyan above, blue, magenta, white, black below.
    assert corners["lead"] == ["green", "cyan", "green", "cyan"]
    assert corners["square"] == ["red", "green", "blue", "white"]


def corners_of(image, crop):
    """The colours in the corners of the largest JPEG of a crop."""
    with (
        default_storage.open(image.sources[crop]["jpeg"][-1][1]) as file,
        Pixels.open(file) as made,
    ):
        return corner_colours(made)
