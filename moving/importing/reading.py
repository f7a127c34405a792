"""Reading a source file within bounds, packed or not."""

import gzip
import os
import zipfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Bytes of a source file, unpacked; and how much larger than its packed form it may be once it is large.
MOST, LARGE, RATIO = 20 * 10**9, 100 * 10**6, 100


class Bounded:
    """A binary file that stops with a ValidationError when more comes out of it than can be meant."""

    def __init__(self, file, packed_size):
        self.file, self.packed_size, self.done = file, packed_size, 0

    def read(self, size=-1):
        try:
            piece = self.file.read(size if 0 <= size <= 1_000_000 else 1_000_000)
        except (EOFError, OSError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
            raise ValidationError(_("The file is damaged: %(why)s") % {"why": error}) from error
        self.done += len(piece)
        if self.done > MOST or (self.done > LARGE and self.done > RATIO * max(self.packed_size, 1)):
            raise ValidationError(
                _(
                    "The file unpacks to more than %(size)d MB, as no archive of stories does. It was not read further."
                )
                % {"size": self.done // 10**6}
            )
        return piece

    def close(self):
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()


def opened(path, ending):
    """The file at `path`, or the one in it with this `ending` when it is a ZIP or gzip file, as Bounded."""
    path = Path(path)
    try:
        size = os.path.getsize(path)
        with path.open("rb") as file:
            head = file.read(4)
        if head[:2] == b"\x1f\x8b":
            return Bounded(gzip.open(path), size)
        if head == b"PK\x03\x04":
            archive = zipfile.ZipFile(path)
            inside = [info for info in archive.infolist() if info.filename.lower().endswith(ending)]
            inside = [info for info in inside if not Path(info.filename).name.startswith((".", "_"))]
            if not inside:
                raise ValidationError(
                    _("There is no file ending in %(ending)s in this ZIP file.") % {"ending": ending}
                )
            largest = max(inside, key=lambda info: info.file_size)
            return Bounded(archive.open(largest), largest.compress_size)
        return Bounded(path.open("rb"), size)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ValidationError(_("The file cannot be read: %(why)s") % {"why": error}) from error
