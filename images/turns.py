"""Heavy work takes turns: on one machine, one process at a time decodes or encodes a picture.

Each turn is a lock on a file in VAR_DIR. The system releases it when its holder ends, however it ends, so a
killed process leaves nothing to clear up.
"""

import fcntl
from contextlib import contextmanager

from django.conf import settings

#: Decoding an upload to check it, and its first small JPEGs. Short; somebody waits for the answer.
CHECKING = "checking"
#: Making the renditions of one picture: seconds, and up to some hundred megabytes.
ENCODING = "encoding"


@contextmanager
def turn(work):
    """Wait until nobody else on this machine does `work`, and keep others waiting meanwhile."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR_DIR / f"{work}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
