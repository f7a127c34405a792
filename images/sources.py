"""What a page needs to show a picture, read from `image.sources` alone: no query, no look at the storage."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

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


def srcset(files):
    return ", ".join(f"{default_storage.url(name)} {width}w" for width, name in files)


def share_picture(image):
    """The Picture for cards on other sites (1.91 to 1, JPEG), or None."""
    return picture_of(image, "share")


def share_url(image):
    """The address of the share picture without the site's name, or "" while there is none."""
    picture = share_picture(image)
    return picture.src if picture else ""


def thumbnail_url(image):
    """The address of a small square JPEG for the desk, or ""."""
    picture = picture_of(image, "square")
    return picture.src if picture else ""
