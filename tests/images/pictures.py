"""Real small picture files for tests, and library pictures made of them."""

import io
import itertools
import json

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from PIL import ImageColor

from images.uploads import add_picture
from newsroom.demo.library import pixels

serial = itertools.count(1)


def picture_bytes(format="JPEG", *, size=(600, 400), mode="RGB", color=None, picture=None, **options):
    """The bytes of a picture file. Without a colour each is different, so that none is a duplicate."""
    if picture is None:
        if color is None:
            number = next(serial)
            color = (
                (number * 53 % 256, number * 97 % 256, number * 29 % 256) if mode == "RGB" else number % 256
            )
            if format == "JPEG":
                options.setdefault("comment", str(number))  # JPEG rounds near colours to the same bytes
        picture = Pixels.new(mode, size, color)
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def picture_file(name="picture.jpg", **options):
    """A Django File of picture_bytes."""
    return ContentFile(picture_bytes(**options), name=name)


def make_picture(*, by=None, size=(600, 400), picture=None, **fields):
    """A library picture with all its renditions, of these pixels or of one colour; `fields` are the Image's."""
    words = {"alt_text": "A harbour at dusk", "caption": "The harbour", "credit": "Arda Example/Agency"}
    return add_picture(file=picture_file(size=size, picture=picture), by=by, **{**words, **fields})


def drawn(name, width):
    """The pixels of one picture of the demo, so many pixels wide."""
    picture = pixels(name).convert("RGB")
    picture.thumbnail((width, width))
    return picture


def row_of(image, **typed):
    """What the upload page sends to save the words of `image`, drawn as they are now and then `typed` over."""
    words = {name: getattr(image, name) for name in ("alt_text", "caption", "credit")}
    opened = json.dumps({**words, "to_check": image.to_check})
    sent = {f"{image.pk}-{name}": value for name, value in {**words, **typed}.items()}
    return {"id": [image.pk], f"{image.pk}-opened": opened, **sent}


#: Fields of coloured_fields, from left to right, then from above.
COLORS = ["red", "yellow", "green", "cyan", "blue", "magenta", "white", "black"]


def coloured_fields(size=(2400, 1600)):
    """A PNG file of four columns and two rows of COLORS, by which one sees what part of it a crop holds."""
    width, height = size[0] // 4, size[1] // 2
    picture = Pixels.new("RGB", size)
    for (row, column), color in zip(itertools.product(range(2), range(4)), COLORS, strict=True):
        field = (column * width, row * height, (column + 1) * width, (row + 1) * height)
        picture.paste(color, field)
    return picture_file("fields.png", format="PNG", picture=picture)


def corner_colours(picture):
    """The COLORS in the four corners of `picture`, a little inside."""
    right, lower = picture.width - 6, picture.height - 6
    points = [(5, 5), (right, 5), (5, lower), (right, lower)]
    return [_nearest_color(picture.convert("RGB").getpixel(point)) for point in points]


def _nearest_color(pixel):
    known = {color: ImageColor.getrgb(color) for color in COLORS}
    return min(known, key=lambda color: sum((a - b) ** 2 for a, b in zip(pixel, known[color], strict=True)))
