"""Real small picture files for tests, and library pictures made of them."""

import io
import itertools

from django.core.files.base import ContentFile
from PIL import Image as Pixels

from images.uploads import add_picture

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


def make_picture(*, by=None, size=(600, 400), **fields):
    """A library picture with all its renditions. `fields` are the Image's, each with a sensible default."""
    words = {"alt_text": "A harbour at dusk", "caption": "The harbour", "credit": "Arda Example/Agency"}
    return add_picture(file=picture_file(size=size), by=by, **{**words, **fields})
