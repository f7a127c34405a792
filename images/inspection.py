"""Opens an upload in a process of its own, which the system stops when it takes too much time or memory.

Decoders are where strangers' files reach a newsroom first, and a small file can ask for very much: 1.8 MB of JPEG
with 20,000 scans decode for ten minutes, 36 MB of empty segments fill a gigabyte. No list of such tricks is ever
complete; a limit on the whole is. What passes here costs about the same when its renditions are made.

`inspect` is called in the server. It starts this module as a program, which reads the file from its standard input
and writes one line of JSON. This module and all it imports know nothing of Django, so a start takes 0.1 s.
"""

import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from images import metadata
from images.encoding import DECODERS, TURNS, in_srgb, orientation_of, upright_size
from images.look import look_of

logger = logging.getLogger(__name__)

#: Bytes of memory for data: a JPEG of 50 megapixels in progressive CMYK, the costliest sound file, needs 400 MB.
MEMORY = 448 * 1024 * 1024
#: Seconds of processor time, of which that file takes one on a slow core of 2020.
SECONDS = 2
#: Seconds on the clock, for a machine with too much to do.
SECONDS_WAITED = 30

#: A longer strip would give a rendition higher than WebP can hold, and no page has a place for it.
LONGEST_STRIP = 10
#: Pixels of the square that the look is taken from: enough for its 32 points, whatever their places.
SMALL = 256
#: Their decoders hold a picture four times over, so half the pixels fill the same memory.
COSTLY_FORMATS = {"WEBP", "AVIF"}


class Refused(Exception):
    """The file is no picture for us. `code` says why: unreadable, pixels, strip, damaged or costly."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code, self.params = code, params


# --- In the server ----------------------------------------------------------------------------------------


def inspect(file, *, most_pixels):
    """What `file` (a Django File) is: format, width and height as seen, words, taken_at, camera. Else Refused."""
    with on_disk(file) as real:
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-s", "-W", "ignore", "-m", __name__, str(most_pixels)],
                stdin=real,
                capture_output=True,
                cwd=Path(__file__).parent.parent,
                env={"PATH": os.defpath},  # what opens strangers' files gets no secrets
                timeout=SECONDS_WAITED,
            )
        except subprocess.TimeoutExpired:
            raise Refused("costly", because="time") from None
    if done.returncode:  # ended by the system; a positive number is a fault of ours or of this machine
        if done.returncode > 0:
            logger.error("Pictures cannot be opened: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Refused("costly", because=done.returncode)
    found = json.loads(done.stdout)
    if "refused" in found:
        raise Refused(found.pop("refused"), **found)
    return found


@contextmanager
def on_disk(file):
    """`file` opened once more, so that another process reads it without moving our place in it."""
    if hasattr(file, "temporary_file_path"):
        with open(file.temporary_file_path(), "rb") as again:
            yield again
    else:
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy


# --- In the process of its own ----------------------------------------------------------------------------


def main(most_pixels):
    limit_ourselves()
    try:
        with os.fdopen(0, "rb") as file:
            found = look(file, most_pixels=most_pixels)
    except Refused as refusal:
        found = {"refused": refusal.code, **refusal.params}
    except UnidentifiedImageError:
        found = {"refused": "unreadable"}
    except (
        Exception
    ) as error:  # decoders fail on hostile files in every way there is; also for want of memory
        found = {"refused": "damaged", "because": repr(error)[:200]}
    print(json.dumps(found, default=datetime.isoformat))


def limit_ourselves():
    for what, most in (("RLIMIT_DATA", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)):
        with suppress(AttributeError, OSError, ValueError):  # a system without it, or with a lower one
            resource.setrlimit(getattr(resource, what), (most, most))


def look(file, *, most_pixels):
    """As `inspect`, of an open file; every pixel is really decoded."""
    file.seek(0)
    with Image.open(file, formats=DECODERS) as picture:
        # Phones write JPEG with a second picture behind the first; Pillow calls that MPO.
        format = "JPEG" if picture.format == "MPO" else picture.format
        check_size(*picture.size, most_pixels // 2 if format in COSTLY_FORMATS else most_pixels)
        width, height = upright_size(picture)
        if format == "JPEG":  # decoded small it is read to its end all the same, in a tenth of the memory
            picture.draft(None, (SMALL, SMALL))
        picture.load()
        if format != "JPEG":  # Pillow turns a TIFF itself while loading it
            width, height = upright_size(picture)
        small = picture.resize((SMALL, SMALL), Image.Resampling.BOX, reducing_gap=2.0)
        small = in_srgb(small)  # a hopeless colour space fails here
        if (way := TURNS.get(orientation_of(picture))) is not None:
            small = small.transpose(way)
        found = metadata.read(picture, file)
    return {"format": format, "width": width, "height": height, "look": look_of(small), **asdict(found)}


def check_size(width, height, most_pixels):
    if width * height > most_pixels:
        raise Refused("pixels", limit=most_pixels // 1_000_000)
    if max(width, height) > LONGEST_STRIP * min(width, height):
        raise Refused("strip")


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # check_size says it in our words
    warnings.simplefilter("ignore")
    main(int(sys.argv[1]))
