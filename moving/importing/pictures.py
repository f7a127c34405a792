"""Pictures on their way into the library: each file once, through the same checks as an upload."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from images.crops import CROPS
from images.models import Image
from images.uploads import Duplicate, add_picture, fitting
from images.validators import check_picture
from moving.importing.ids import digest_of, key_of
from moving.importing.media import NotFound
from moving.importing.media import key_of as picture_key
from moving.models import Origin

PICTURE = Origin.Kind.PICTURE
#: What an archive says of a picture.
WORDS = ("title", "alt_text", "caption", "credit")


class Pictures:
    """Finds the Image of a picture there, and brings it in when it is asked for first."""

    def __init__(self, *, media, origins, report, by, site, dry_run=False):
        self.media, self.origins, self.report, self.by, self.site = media, origins, report, by, site
        self.dry_run = dry_run
        self.library = {}  # number or key there -> LibraryPicture
        self.known = {}  # key -> Image id, or None for one that could not be had
        there = set(Image.objects.values_list("pk", flat=True))
        for (kind, foreign_id), row in origins.rows.items():
            if kind == PICTURE and row.object_id in there:
                self.known[foreign_id] = row.object_id

    def list(self, library):
        """Note the pictures of the archive's own library, whose numbers and words the texts refer to."""
        for one in library:
            self.library[one.number] = one
            self.library.setdefault(picture_key(self.absolute(one.url)), one)

    def absolute(self, url):
        """An address as it would be asked for."""
        if url.startswith("//"):
            return f"https:{url}"
        return f"{self.site}{url}" if url.startswith("/") else url

    def id_of(self, one, where):
        """The id of the Image of a body.Picture or LibraryPicture, or None with a sentence in the report."""
        url = self.absolute(getattr(one, "src", "") or getattr(one, "url", ""))
        listed = self.library.get(one.number) or (url and self.library.get(picture_key(url))) or None
        if listed is not None:
            url = self.absolute(listed.url)
        if not url:
            self.report.note(where, _no_number(one.number))
            return None
        key = key_of(picture_key(url))
        if key not in self.known:
            self.known[key] = self._bring(key, url, one, listed, where)
        return self.known[key]

    def bring_rest(self):
        """The pictures of the archive's library that no story uses, as far as their files are here."""
        if not self.media.has_files:
            return
        for listed in {id(one): one for one in self.library.values()}.values():
            self.id_of(listed, f"picture {listed.number}")

    def update_words(self):
        """What the archive's library says of pictures that came before and that the desk left as they came."""
        for listed in {id(one): one for one in self.library.values()}.values():
            row = self.origins.get(PICTURE, picture_key(self.absolute(listed.url)))
            image = row and row.digest and Image.objects.filter(pk=row.object_id).first()
            if not image:
                continue
            words = _words(None, listed)
            now = {name: getattr(image, name) for name in words}
            if now == words or not any(words.values()):
                continue
            if row.digest != digest_of(now):
                continue  # the desk wrote its own since
            for name, value in words.items():
                setattr(image, name, value)
            image.save(update_fields=[*words])
            self.origins.note(PICTURE, row.foreign_id, image, digest=digest_of(words))
            self.report.count("picture", "updated")

    def _bring(self, key, url, one, listed, where):
        self.report.count("picture", "read")
        words = _words(one, listed)
        try:
            with self.media.open(url) as file:
                image = self._add(file, words, url)
                self.report.count("picture", "written")
        except Duplicate as known:
            image = known.image
            self.report.count("picture", "unchanged")
        except (NotFound, ValidationError) as why:
            self.report.refuse("picture", where, f"{_short(url)}: {_sentence(why)}")
            return None
        words = {name: getattr(image, name) for name in WORDS}
        self.origins.note(PICTURE, key, image, digest=digest_of(words))
        return image.pk

    def _add(self, file, words, url):
        source = "" if url.startswith("data:") else Truncator(url).chars(300)
        if not self.dry_run:
            return add_picture(file=file, by=self.by, source=source, **words)
        # A rehearsal looks at the file in the same way, and keeps no copy of it.
        checked = check_picture(file)
        if known := Image.objects.filter(sha256=checked.sha256).first():
            raise Duplicate(known)
        found = {name: getattr(checked, name) for name in ("sha256", "format", "width", "height", "bytes")}
        nowhere = {"width": checked.width, "height": checked.height, "jpeg": [[checked.width, "rehearsal"]]}
        sources = {crop.name: nowhere for crop in CROPS}
        return Image.objects.create(**words, **found, sources=sources, progress=Image.Progress.MADE)


def _words(one, listed):
    """What stands in the library. The caption of one use is that story's own."""
    if listed is not None:
        words = [listed.title, listed.alt, listed.caption, listed.credit]
    else:
        words = ["", one.alt, "", one.credit]
    return {name: fitting(name, value.replace("\x00", "")) for name, value in zip(WORDS, words, strict=True)}


def _sentence(why):
    return " ".join(why.messages) if isinstance(why, ValidationError) else str(why)


def _short(url):
    return url[:60] + "…" if url.startswith("data:") else url


def _no_number(number):
    return f"Picture {number} is not in the export; export the media, too."


def is_picture(url):
    """Whether an address names a file that pictures are in."""
    return (
        urlsplit(url)
        .path.lower()
        .endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff"))
    )
