"""Looks: pictures that look alike are near, others are far, and the nearest are found."""

import io

import pytest
from PIL import Image as Pixels
from PIL import ImageDraw, ImageEnhance

from images.look import NEAR, look_of, nearest
from images.models import Image
from images.validators import check_picture
from newsroom.demo.library import pixels
from tests.images.pictures import make_picture, picture_file


def bits(look, other):
    return (int(look, 16) ^ int(other, 16)).bit_count()


@pytest.fixture(scope="module")
def drawing():
    """A scene with buildings, water and sky, 1200 pixels wide."""
    picture = pixels("harbour-dawn").convert("RGB")
    picture.thumbnail((1200, 1200))
    return picture


def as_jpeg(picture, quality):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Pixels.open(buffer)


@pytest.mark.parametrize(
    "changed",
    [
        lambda picture: as_jpeg(picture, 40),
        lambda picture: picture.resize((300, 200)),
        lambda picture: picture.convert("L"),
        lambda picture: ImageEnhance.Brightness(picture).enhance(1.2),
        lambda picture: ImageEnhance.Contrast(picture).enhance(1.3),
        lambda picture: picture.crop((12, 12, picture.width - 12, picture.height - 12)),
    ],
    ids=["compressed", "smaller", "grey", "brighter", "harder", "trimmed"],
)
def test_the_same_picture_in_another_form_is_near(changed, drawing):
    """What an agency, a phone and a mailbox do to a picture leaves its look."""
    assert bits(look_of(drawing), look_of(changed(drawing))) <= NEAR


def test_another_picture_is_far(drawing):
    """Two scenes of one place are told apart, and so is the mirror image."""
    other = pixels("market-square").convert("RGB")
    for different in (other, drawing.transpose(Pixels.Transpose.FLIP_LEFT_RIGHT)):
        assert bits(look_of(drawing), look_of(different)) > NEAR


def test_an_empty_picture_has_no_look():
    """A plain ground looks like every other plain ground: it is compared with nothing."""
    assert look_of(Pixels.new("RGB", (60, 40), "red")) == ""
    assert look_of(Pixels.linear_gradient("L")) == ""


def test_the_nearest_comes_first():
    """Keys by distance; of two equally near the newer one."""
    looks = [(1, "00000000000000ff"), (2, "0000000000000001"), (3, "f" * 16), (4, "0000000000000001")]
    assert nearest("0" * 16, looks) == [4, 2, 1]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_turned_camera_changes_no_look(orientation, drawing):
    """The look is that of the picture as seen."""
    turn = {
        1: None,
        3: Pixels.Transpose.ROTATE_180,
        6: Pixels.Transpose.ROTATE_90,
        8: Pixels.Transpose.ROTATE_270,
    }
    stored = drawing.transpose(turn[orientation]) if turn[orientation] is not None else drawing
    exif = Pixels.Exif()
    exif[0x0112] = orientation
    checked = check_picture(picture_file(picture=stored, exif=exif.tobytes()))
    assert bits(checked.look, look_of(drawing)) <= 4


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGBA", "CMYK", "I;16"])
def test_every_sort_of_pixels_has_a_look(mode):
    """Palettes, transparency, print colours and deep grey are looked at like the rest."""
    picture = Pixels.new("L", (400, 300))
    ImageDraw.Draw(picture).ellipse((40, 30, 220, 280), fill=200)
    format = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    picture = (
        picture.point(lambda value: value * 256, "I").convert("I;16")
        if mode == "I;16"
        else picture.convert(mode)
    )
    assert check_picture(picture_file(f"a.{format.lower()}", format=format, picture=picture)).look


def test_an_upload_notes_its_look_and_finds_its_like(drawing, db):
    """The library finds the picture that a smaller copy was made from, and no other."""
    known = make_picture(picture=drawing)
    make_picture(picture=pixels("market-square").convert("RGB").resize((600, 400)))
    copy = make_picture(picture=drawing.resize((600, 400)))
    assert Image.objects.exclude(pk=copy.pk).looking_like(copy.look) == [known]
    assert Image.objects.looking_like("") == []
