"""The verbs of the library: a picture comes in, a picture goes out. Each is all or nothing."""

from functools import partial

from django.db import IntegrityError, transaction

from images.models import Image
from images.renditions import delete_later, delete_unreferenced, record, wanted_plans, write_files
from images.validators import check_picture


class Duplicate(Exception):
    """The very same file is in the library already, as `image`."""

    def __init__(self, image):
        super().__init__(f"already in the library as picture {image.pk}")
        self.image = image


def add_picture(*, file, by, **fields):
    """Check `file` (a Django File), keep it, make its renditions and return the new Image.

    `by` is the user or None; `fields` are the Image's words and rights. ValidationError when the file or a
    field is refused, Duplicate when the file is known. After any failure nothing is left behind.
    """
    checked = check_picture(file)
    image = Image(**fields)
    image.clean_fields(exclude=["original", "sha256", "format", "width", "height", "bytes", "sources"])
    return keep_picture(image=image, file=file, checked=checked, by=by)


def keep_picture(*, image, file, checked, by):
    """Store the unsaved `image` with its checked file; see add_picture. The form has cleaned its fields."""
    refuse_duplicate(checked.sha256)
    image.uploaded_by = by
    image.sha256, image.format, image.bytes = checked.sha256, checked.format, checked.bytes
    image.width, image.height = checked.width, checked.height
    image.taken_at = image.taken_at or checked.taken_at
    image.validate_constraints()
    made = []
    try:
        file.seek(0)
        image.original.save(f"picture.{checked.format.lower()}", file, save=False)
        made = write_files(image, wanted_plans(image))
        with transaction.atomic():
            image.save(force_insert=True)
            record(image, made)
    except BaseException as error:
        if image.original:
            image.original.storage.delete(image.original.name)
        delete_unreferenced([one.name for one in made if one.fresh])
        if isinstance(error, IntegrityError):
            refuse_duplicate(checked.sha256)  # two people sent the same file at the same moment
        raise
    return image


def refuse_duplicate(sha256):
    known = Image.objects.filter(sha256=sha256).first()
    if known is not None:
        raise Duplicate(known)


def remove_picture(*, image):
    """Delete `image` with all its files; ProtectedError when a story or a profile uses it."""
    renditions = [row.file.name for row in image.renditions.all()]
    original = image.original
    with transaction.atomic():
        image.delete()
        transaction.on_commit(partial(original.storage.delete, original.name))
        delete_later(renditions)
