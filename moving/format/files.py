"""The files of pictures and recordings, in a folder or a ZIP file: by the names that records say, and only those."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils.translation import gettext as _

from images.keeping import keep
from images.serving import NAME as FOR_READERS

ORIGINAL = re.compile(r"[0-9a-zA-Z]{2}/[0-9a-zA-Z_-]{1,80}\.[0-9a-z]{1,8}")
ORIGINALS = "originals/"


class Wrong(Exception):
    """A file that is missing or not what its record says; the message says which."""


def names_of(kind, row):
    """The files of one row: (name in the folder, storage, name there)."""
    if kind.name in ("picture", "other-file"):
        return [(f"{ORIGINALS}{row.original.name}", storages["originals"], row.original.name)]
    if kind.name == "rendition":
        return [(row.file.name, default_storage, row.file.name)]
    if kind.name == "recording":
        names = filter(None, [row.file.name, row.captions.name])
        return [(name, default_storage, name) for name in names]
    return []


def copy_out(folder, name, storage, stored):
    """Copy one file into the folder, unless it is there whole; the number of bytes written, None when it is missing."""
    target = Path(folder) / name
    if not storage.exists(stored):
        return None
    if target.exists() and target.stat().st_size == storage.size(stored):
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    with storage.open(stored) as file, open(beside, "wb") as copy:
        shutil.copyfileobj(file, copy, 1_000_000)
    beside.replace(target)
    return target.stat().st_size


class Media:
    """Where the files of an import are. Nothing is unpacked: a file is asked for by a name whose form was checked."""

    def __init__(self, place, *, keeping=True):
        self.keeping, self.kept = keeping, []
        self.folder = self.zip = None
        if place is None:
            return
        if zipfile.is_zipfile(place):
            self.zip = zipfile.ZipFile(place)
        elif Path(place).is_dir():
            self.folder = Path(place).resolve()
        else:
            raise Wrong(_("%(place)s is neither a folder nor a ZIP file.") % {"place": place})

    def bring(self, kind, row, key=""):
        """Put the files of a row where the newsroom keeps them. `key` is its picture's key of file names.

        Raises Wrong for a name that no newsroom gives, and for content that is not what the row says.
        """
        for name, storage, stored in names_of(kind, row):
            pattern = ORIGINAL if storage is not default_storage else FOR_READERS
            if not pattern.fullmatch(stored):
                raise Wrong(_("“%(name)s” is no name of a picture's file.") % {"name": stored[:100]})
            content = self._read(name)
            if content is None:
                if kind.name != "rendition":
                    raise Wrong(_("%(name)s is missing among the files.") % {"name": name})
                return  # build_renditions makes it
            if kind.name == "rendition":
                said = hashlib.blake2b(content, digest_size=16, key=key.encode()).hexdigest()
                is_it = said == FOR_READERS.fullmatch(stored)["rendition"]
            elif kind.name == "recording" and stored == row.captions.name:
                is_it = stored.endswith(".vtt")
            else:
                is_it = hashlib.sha256(content).hexdigest() == row.sha256
            if not is_it:
                raise Wrong(_("%(name)s is another file than its record says.") % {"name": name})
            if self.keeping and not storage.exists(stored):
                self.kept.append((storage, keep(storage, stored, ContentFile(content))))
                if self.kept[-1][1] != stored:
                    raise Wrong(_("%(name)s could not be kept under its name.") % {"name": name})

    def take_back(self):
        """Remove what was brought: its rows will not be there."""
        for storage, name in self.kept:
            storage.delete(name)

    def _read(self, name):
        most = max(settings.MAX_PICTURE_BYTES, settings.MAX_RECORDING_BYTES)
        try:
            if self.zip:
                with self.zip.open(name) as file:
                    content = file.read(most + 1)
            elif self.folder:
                path = self.folder / name
                if not path.resolve().is_relative_to(self.folder):
                    return None
                with open(path, "rb") as file:
                    content = file.read(most + 1)
            else:
                return None
        except (KeyError, OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
            return None
        if len(content) > most:
            raise Wrong(_("%(name)s is larger than a picture may be.") % {"name": name})
        return content
