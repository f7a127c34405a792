"""Brings the demo's pictures and recordings into the library, as an upload would."""

import json
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from PIL import Image as Pixels

from images.models import Image
from images.recording import Recording
from images.recording_files import clean
from images.uploads import Duplicate, add_picture

FILES = Path(__file__).parent / "pictures"
WORDS = FILES.with_suffix(".json")
RECORDINGS = Path(__file__).parent / "recordings"


def picture_words():
    """{key: {alt, caption, credit, source, focal_x, focal_y}} of the thirty pictures."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


def pixels(key):
    """One of the demo's pictures; portraits are among them."""
    return Pixels.open(FILES / f"{key}.webp")


def add_pictures(words, *, width=None, processes=1):
    """{key: Image} for {key: fields of the Image}, by so many processes. `width` in pixels makes them smaller."""
    if processes == 1:
        ids = [_add(key, fields, width) for key, fields in words.items()]
    else:
        connections.close_all()  # a connection must not be shared with the new processes
        with ProcessPoolExecutor(processes) as pool:
            ids = list(pool.map(_add, words.keys(), words.values(), [width] * len(words)))
    found = Image.objects.in_bulk(ids)
    return {key: found[pk] for key, pk in zip(words, ids, strict=True)}


def _add(key, fields, width):
    """Add one picture with all its renditions, and return its id."""
    upload = SimpleUploadedFile(f"{key}.webp", _content(key, width))
    try:
        return add_picture(file=upload, by=None, title=key.replace("-", " ").capitalize(), **fields).pk
    except Duplicate as known:  # an earlier load was cut off after this picture
        return known.image.pk


def _content(key, width):
    if width is None:
        return (FILES / f"{key}.webp").read_bytes()
    picture = pixels(key)
    picture.thumbnail((width, width))
    file = BytesIO()
    picture.save(file, "WEBP")
    return file.getvalue()


def add_recordings():
    """{key: Recording} of the demo's sounds."""
    words = json.loads(RECORDINGS.with_suffix(".json").read_text(encoding="utf-8"))
    return {key: _add_recording(key, fields) for key, fields in words.items()}


def _add_recording(key, fields):
    recording = Recording(**fields)
    recording.put(clean((RECORDINGS / f"{key}.mp3").read_bytes()))
    recording.save()
    return recording
