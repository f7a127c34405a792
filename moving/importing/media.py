"""Where the files of an archive's pictures are: in a folder, in a ZIP file, inside the text, or on the web when asked.

Nothing is unpacked: a file is looked for by its path and read up to the limit of an upload, so that neither a path with
dots nor a file of a terabyte leads anywhere.
"""

import base64
import binascii
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from moving.importing.fetching import NotFetched, fetch

#: Entries of a ZIP file that are listed.
MOST_ENTRIES = 1_000_000

_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")
_GHOST_SIZE = re.compile(r"/size/w\d+(?:h\d+)?(?=/)|/format/\w+(?=/)")


class NotFound(Exception):
    """Why there is no file, as a sentence."""


class Media:
    """The files that came with an archive. `place` is a folder, a ZIP file or None; `fetching` may ask the web."""

    def __init__(self, place=None, *, fetching=False):
        self.fetching = fetching
        self.folder = self.zip = None
        if place is None:
            return
        place = Path(place)
        if place.is_dir():
            self.folder = place.resolve()
        else:
            self.zip = zipfile.ZipFile(place)
            self.names = _by_end(self.zip)

    @property
    def has_files(self):
        return self.folder is not None or self.zip is not None

    def open(self, url):
        """The file of the picture at the address `url`, as a Django File with a name. Raises NotFound."""
        if url.startswith("data:"):
            return _inside(url)
        for path in paths_of(url):
            found = self._in_folder(path) if self.folder else self._in_zip(path) if self.zip else None
            if found is not None:
                return found
        if self.fetching and re.match(r"https?://", url):
            try:
                content = fetch(url, most=settings.MAX_PICTURE_BYTES)
            except NotFetched as why:
                raise NotFound(str(why)) from why
            return File(content, name=PurePosixPath(urlsplit(url).path).name or "picture")
        if self.folder or self.zip:
            raise NotFound(_("There is no such file among the pictures."))
        raise NotFound(_("There is no folder of pictures; name one with --media, or allow --fetch."))

    def _in_folder(self, path):
        for part in _ends(path):
            file = self.folder / part
            try:
                # A link or a path with dots that leads outside is no file of this folder.
                if file.is_file() and file.resolve().is_relative_to(self.folder):
                    return File(file.open("rb"), name=file.name)
            except (OSError, ValueError):
                continue
        return None

    def _in_zip(self, path):
        info = next((self.names[part] for part in _ends(path) if part in self.names), None)
        if info is None:
            return None
        most = settings.MAX_PICTURE_BYTES
        if info.file_size > most:
            raise NotFound(_("The file weighs more than %(most)d bytes.") % {"most": most})
        copy = SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115 (given to the caller)
        try:
            with self.zip.open(info) as packed:
                while piece := packed.read(256 * 1024):
                    copy.write(piece)
                    if copy.tell() > most:
                        raise NotFound(_("The file weighs more than %(most)d bytes.") % {"most": most})
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise NotFound(_("It cannot be unpacked: %(why)s.") % {"why": error}) from error
        copy.seek(0)
        found = File(copy, name=PurePosixPath(info.filename).name)
        found.size = os.fstat(copy.fileno()).st_size if copy._rolled else len(copy._file.getbuffer())
        return found


def paths_of(url):
    """The paths at which the file of a picture may lie, the best copy first: without its size in the name."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    path = _GHOST_SIZE.sub("", path).strip("/")
    parts = [part for part in path.split("/") if part not in ("", ".", "..") and "\x00" not in part]
    path = "/".join(parts)
    return list(dict.fromkeys([_SIZED.sub("", path), path])) if path else []


def key_of(url):
    """One name for all sizes of one picture: what the import remembers it by."""
    if url.startswith("data:"):
        return url
    paths = paths_of(url)
    if not paths:
        return url
    host = urlsplit(url).hostname or ""
    own = re.search(r"(?:^|/)(wp-content/uploads|content/images|files)/", f"/{paths[0]}")
    return f"/{paths[0][own.start(1) - 1 :]}" if own else f"{host}/{paths[0]}"


def _ends(path):
    """a/b/c, b/c, c: an archive's folder may begin anywhere in the address."""
    parts = path.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _by_end(archive):
    """{path without what stands before it in the archive: its entry}; the shorter beginning wins."""
    names = {}
    infos = archive.infolist()[:MOST_ENTRIES]
    for cut in range(4):
        for info in infos:
            parts = [
                part for part in info.filename.replace("\\", "/").split("/") if part not in ("", ".", "..")
            ]
            if not info.is_dir() and len(parts) > cut:
                names.setdefault("/".join(parts[cut:]), info)
    return names


def _inside(url):
    """The file that is written out in a data: address."""
    head, _comma, content = url.partition(",")
    try:
        if not head.lower().endswith(";base64"):
            raise NotFound(_("Only pictures in base64 can be read out of a text."))
        if len(content) > settings.MAX_PICTURE_BYTES * 4 // 3:
            raise NotFound(
                _("The file weighs more than %(most)d bytes.") % {"most": settings.MAX_PICTURE_BYTES}
            )
        data = base64.b64decode(unquote(content), validate=False)
    except (binascii.Error, ValueError) as error:
        raise NotFound(_("It cannot be read: %(why)s.") % {"why": error}) from error
    return File(BytesIO(data), name="picture")
