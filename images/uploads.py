"""The verbs of the library: a picture comes in, a picture goes out. Each is all or nothing."""

from contextlib import suppress
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator

import log
from images.encoding import open_clean
from images.inspection import SMALL
from images.keeping import keep
from images.look import look_of
from images.models import Image, OtherFile, original_name
from images.other_files import remove_other_files
from images.renditions import (
    KEPT,
    delete_later,
    delete_unreferenced,
    first_plans,
    record,
    wanted_plans,
    write_files,
)
from images.tasks import make_waiting
from images.turns import CHECKING, turn
from images.validators import check_picture


class Duplicate(Exception):
    """The very same file is in the library already, as `image`."""

    def __init__(self, image):
        super().__init__(f"already in the library as picture {image.pk}")
        self.image = image


def add_picture(*, file, by, **fields):
    """Check `file` (a Django File), keep it, make all its renditions and return the new Image.

    For importers and the demo, who have the time; the forms leave most of it to images.tasks. `by` is the user
    or None; `fields` are the Image's words and rights. ValidationError when the file or a field is refused,
    Duplicate when the file is known. After any failure nothing is left behind.
    """
    checked = check_picture(file)
    image = Image(**fields)
    image.clean_fields(exclude=["original", "sha256", "format", "width", "height", "bytes", "sources"])
    return keep_picture(image=image, file=file, checked=checked, by=by, complete=True)


def keep_picture(*, image, file, checked, by, complete=False):
    """Store the unsaved `image` with its checked file; see add_picture. The form has cleaned its fields.

    When this returns, the original is safe and the desk can see the picture. Unless `complete` is asked for, the
    renditions follow in the background.
    """
    refuse_duplicate(checked.sha256)
    image.uploaded_by = by
    image.sha256, image.format, image.bytes = checked.sha256, checked.format, checked.bytes
    image.width, image.height, image.look = checked.width, checked.height, checked.look
    fill_in(image, checked)
    image.validate_constraints()
    made = []
    try:
        file.seek(0)
        name = original_name(image, f"picture.{checked.format.lower()}")
        image.original = keep(image.original.storage, name, file)
        if complete:  # without a turn: an import may use all the processors it was given
            made = write_files(image, wanted_plans(image))
        else:
            with turn(CHECKING):
                made = write_files(image, first_plans(image))
        with transaction.atomic():
            image.save(force_insert=True)
            record(image, made)
            if not complete:
                transaction.on_commit(make_waiting.enqueue)
    except BaseException as error:
        with suppress(
            OSError
        ):  # a storage that fails may fail at this too; remove_lost_originals comes by later
            if image.original:
                image.original.storage.delete(image.original.name)
            delete_unreferenced([one.name for one in made if one.fresh])
        if isinstance(error, IntegrityError):
            refuse_duplicate(checked.sha256)  # two people sent the same file at the same moment
        raise
    return image


def fill_in(image, checked):
    """Let the file say what nobody typed, and note where it did, so that a person looks at it."""
    image.camera = checked.camera
    for name, value in (checked.words | {"taken_at": checked.taken_at}).items():
        if value and not getattr(image, name):
            setattr(image, name, fitting(name, value))
            image.to_check.append(name)


def fitting(name, value):
    """`value` cut to the length of the field `name`: a list at a comma, a sentence at a word."""
    length = Image._meta.get_field(name).max_length
    if length is None or len(value) <= length:
        return value
    if name in ("keywords", "people") and ", " in value[:length]:
        return value[:length].rpartition(", ")[0]
    return Truncator(value).chars(length)


def refuse_duplicate(sha256):
    known = Image.objects.filter(sha256=sha256).first()
    if known is not None:
        raise Duplicate(known)


def fill_look(image):
    """Note how a picture looks that came in before looks were noted."""
    if not image.look:
        with image.original.open("rb") as original:
            image.look = look_of(open_clean(original, share=min(1, SMALL / min(image.width, image.height))))
        image.save(update_fields=["look"])


def remove_picture(*, image, by=None):
    """Delete `image` with all its files; ProtectedError when a story or a profile uses it."""
    renditions = [row.file.name for row in image.renditions.all()]
    with transaction.atomic():
        log.write("picture.deleted", by=by, subject=image, data={"sha256": image.sha256})
        remove_other_files(image.other_files.all())
        original = image.original
        image.delete()
        transaction.on_commit(partial(original.storage.delete, original.name))
        delete_later(renditions)


def remove_lost_originals():
    """Remove originals without a row, as a process leaves them that is killed half way; the number of files.

    A young file is not lost: its row may be about to be written.
    """
    storage, folders, removed = Image._meta.get_field("original").storage, [], 0
    with suppress(FileNotFoundError):  # before the first upload
        folders = storage.listdir("")[0]
    for folder in folders:
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        known = [
            model.objects.filter(original__startswith=f"{folder}/").values_list("original", flat=True)
            for model in (Image, OtherFile)
        ]
        for name in names.difference(*known):
            if storage.get_modified_time(name) < timezone.now() - KEPT:
                storage.delete(name)
                removed += 1
    return removed
