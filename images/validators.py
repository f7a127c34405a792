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

from images.inspection import Refused, inspect
from images.turns import CHECKING, turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """What is known of a sound picture: width and height in pixels as seen, weight in bytes.

    `words` are what the file says, by the names of Image's fields; `camera` as in images.metadata.
    """

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    taken_at: datetime | None
    look: str
    words: dict
    camera: dict


def check_picture(file):
    """Read all of `file` (a Django File) and return its Checked; ValidationError says what to do instead."""
    check_weight(file)
    try:
        with turn(CHECKING):
            found = inspect(file, most_pixels=settings.MAX_PICTURE_PIXELS)
    except Refused as refusal:
        logger.info("A picture was refused: %s %s", refusal.code, refusal.params)
        raise ValidationError(sentence(refusal, file), code=refusal.code) from refusal
    return Checked(
        **{name: found[name] for name in ("format", "width", "height", "look", "words", "camera")},
        bytes=file.size,
        sha256=fingerprint(file),
        taken_at=in_site_time(found["taken_at"]),
    )


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


def sentence(refusal, file):
    """What is wrong with `file`, and what to do."""
    if refusal.code == "unreadable":
        return unreadable_message(file)
    sentences = {
        "pixels": _(
            "This picture has too many pixels; the limit for this kind of file is %(limit)s megapixels. Export it "
            "as a smaller JPEG and upload that."
        ),
        "strip": _(
            "This picture is more than ten times as long as it is wide. Crop it and upload only that part."
        ),
        "costly": _(
            "This file takes too much time or memory to open. Open it in a picture program, export it as JPEG and "
            "upload that."
        ),
        "damaged": _(
            "This picture is damaged or incomplete. Export or copy it again and upload the new file."
        ),
    }
    return sentences[refusal.code] % refusal.params


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


def in_site_time(text):
    """The moment of an ISO date and time, or None; without an offset in the site's time zone."""
    if not text:
        return None
    taken = datetime.fromisoformat(text)
    return taken if taken.tzinfo else timezone.make_aware(taken)
