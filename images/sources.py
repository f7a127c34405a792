"""What a page needs to show a picture, read from `image.sources` alone: no query, no look at the storage."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from images.crops import CROPS

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """One crop, ready to print: `modern` lists (MIME type, srcset), the other fields are the JPEG's."""

    src: str
    srcset: str
    modern: list[tuple[str, str]]
    width: int
    height: int


def picture_of(image, crop):
    """The Picture of `image` in `crop`, or None while it has no renditions."""
    files = image.sources.get(crop) if image is not None else None
    if not files or not files.get("jpeg"):
        return None
    return Picture(
        src=default_storage.url(files["jpeg"][-1][1]),
        srcset=srcset(files["jpeg"]) if len(files["jpeg"]) > 1 else "",
        modern=[(mime, srcset(files[format])) for format, mime in MIME_TYPES.items() if files.get(format)],
        width=files["width"],
        height=files["height"],
    )


def shown_as(image, crop):
    """The Picture of `image` in `crop`, or whole while that crop is new and its files are still to be made."""
    return picture_of(image, crop) or picture_of(image, "full")


def is_complete(image):
    """Whether there is a file for each place that pages have for a picture."""
    return all(picture_of(image, crop.name) for crop in CROPS)


def srcset(files):
    return ", ".join(f"{default_storage.url(name)} {width}w" for width, name in files)


def thumbnail_url(image):
    """The address of a small square JPEG for the desk, or ""."""
    picture = picture_of(image, "square")
    return picture.src if picture else ""
