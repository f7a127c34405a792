"""What is no alternative text: the name of a file, and words that stand beside the picture anyway."""

import re
from pathlib import PurePath

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".heic")
#: What cameras call their files: IMG_0042, DSC01234, P1040777.
CAMERA = re.compile(r"(IMG|DSC[NF]?|PXL|GOPR?|P)[_-]?\d{3,}[\w-]*", re.IGNORECASE)


def is_file_name(alt):
    """IMG_0042.jpg, and DSC01234 without its ending."""
    return PurePath(alt).suffix.lower() in ENDINGS or CAMERA.fullmatch(alt.strip()) is not None


def repeats(alt, words):
    """Whether `alt` says the same as `words`, whatever the signs and capitals: it would be read aloud twice."""
    return bool(_plain(alt)) and _plain(alt) == _plain(words)


def _plain(text):
    return re.findall(r"\w+", text.casefold())
