"""Is this upload a picture we can use? Content decides; the name and the browser's word for it do not.

The limits are settings. 40 MB and 50 megapixels let every press camera's JPEG pass, while decoding one
needs about 200 MB of memory; a file is measured by its header before a pixel is decoded.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from images.encoding import DECODERS, exif_details_of, in_srgb, upright_size

logger = logging.getLogger(__name__)

# A longer strip would give a rendition higher than WebP can hold, and no page has a place for it.
LONGEST_STRIP = 10

TAKEN, TAKEN_OFFSET = 0x9003, 0x9011


@dataclass(frozen=True)
class Checked:
    """What is known of a sound picture: width and height in pixels as seen, weight in bytes."""

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    taken_at: datetime | None


def check_picture(file):
    """Read all of `file` (a Django File) and return its Checked; ValidationError says what to do instead."""
    check_weight(file)
    try:
        format, size, taken_at = decode(file)
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(unreadable_message(file), code="unreadable") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(too_large_message(), code="pixels") from error
    except Exception as error:  # decoders fail on hostile files in every way there is
        logger.info("A picture was refused: %r", error)
        raise ValidationError(
            _("This picture is damaged or incomplete. Export or copy it again and upload the new file."),
            code="damaged",
        ) from error
    return Checked(format, *size, file.size, fingerprint(file), taken_at)


def check_weight(file):
    if not file.size:
        raise ValidationError(
            _("This file is empty. Export or copy the picture again and upload the new file."), code="empty"
        )
    if file.size > settings.MAX_PICTURE_BYTES:
        raise ValidationError(
            _(
                "This file weighs %(weight)s; the limit is %(limit)s. Export the picture as a smaller JPEG "
                "and upload that."
            ),
            code="weight",
            params={
                "weight": filesizeformat(file.size),
                "limit": filesizeformat(settings.MAX_PICTURE_BYTES),
            },
        )


def decode(file):
    """(format, size, taken at) of a picture whose every pixel was really decoded."""
    file.seek(0)
    with Image.open(file, formats=DECODERS) as picture:
        check_dimensions(*picture.size)
        # Phones write JPEG with a second picture behind the first; Pillow calls that MPO.
        format = "JPEG" if picture.format == "MPO" else picture.format
        picture.load()
        in_srgb(picture.resize((8, 8), Image.Resampling.NEAREST))  # a hopeless colour space fails here
        return format, upright_size(picture), taken_at(picture)


def check_dimensions(width, height):
    if width * height > settings.MAX_PICTURE_PIXELS:
        raise ValidationError(too_large_message(), code="pixels")
    if max(width, height) > LONGEST_STRIP * min(width, height):
        raise ValidationError(
            _(
                "This picture is more than ten times as long as it is wide. Crop it and upload only that part."
            ),
            code="strip",
        )


def too_large_message():
    return _(
        "This picture has too many pixels; the limit is %(limit)d megapixels. Export it at a smaller size "
        "and upload that."
    ) % {"limit": settings.MAX_PICTURE_PIXELS // 1_000_000}


def unreadable_message(file):
    """One sentence for a file that is none of our formats, by what it really is."""
    file.seek(0)
    head = file.read(1024)
    if b"<svg" in head.lower():
        return _("SVG drawings are refused because they can carry scripts. Export the drawing as PNG.")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return _("HEIC pictures cannot be used here. Export the picture as JPEG and upload that.")
    return _("This file is not a picture we can use. Upload a JPEG, PNG, WebP, GIF, TIFF or AVIF file.")


def fingerprint(file):
    """The SHA-256 of the whole file, in hexadecimal."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def taken_at(picture):
    """When the camera says the picture was taken, or None; without an offset in the site's time zone."""
    details = exif_details_of(picture)
    moment, offset = str(details.get(TAKEN, "")), str(details.get(TAKEN_OFFSET, ""))
    for text, layout in ((moment + offset, "%Y:%m:%d %H:%M:%S%z"), (moment, "%Y:%m:%d %H:%M:%S")):
        try:
            taken = datetime.strptime(text.strip("\0 "), layout)
            return taken if taken.tzinfo else timezone.make_aware(taken)
        except (ValueError, OverflowError):
            continue
    return None
