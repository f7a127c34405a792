"""Draws the demo's pictures and brings them into the library, as an upload would."""

import json
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from images.models import Image
from images.uploads import Duplicate, add_picture
from newsroom.demo.drawings import draw

WORDS = Path(__file__).parent / "pictures.json"


def picture_words():
    """{key: {alt, caption, credit, source, focal_x, focal_y}} of the thirty pictures."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


def add_drawing(key, words, width=None):
    """Draw one picture, add it to the library and return its id. `width` in pixels makes it smaller."""
    picture = draw(key)
    if width:
        picture.thumbnail((width, width))
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1)
    upload = SimpleUploadedFile(f"{key}.png", file.getvalue())
    try:
        return add_picture(file=upload, by=None, title=key.replace("-", " ").capitalize(), **words).pk
    except Duplicate as known:  # an earlier load was cut off after this picture
        return known.image.pk


def add_drawings(words, *, width=None, processes=1):
    """{key: Image} for {key: fields of the Image}, drawn in so many processes at once."""
    if processes == 1:
        ids = [add_drawing(key, fields, width) for key, fields in words.items()]
    else:
        connections.close_all()  # a connection must not be shared with the new processes
        with ProcessPoolExecutor(processes) as pool:
            ids = list(pool.map(add_drawing, words.keys(), words.values(), [width] * len(words)))
    found = Image.objects.in_bulk(ids)
    return {key: found[pk] for key, pk in zip(words, ids, strict=True)}
