"""Wiping: where and with what a picture was taken goes out of its row and out of the file that is kept."""

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

import log
from images.keeping import keep
from images.models import Image, original_name
from images.other_files import remove_other_files
from images.stripping import stripped
from images.turns import ENCODING, turn


class Moved(Exception):
    """Somebody has given the picture another file meanwhile."""


def wipe(*, image, by):
    """Empty what the camera said and keep the original without it; its words and what readers see stay.

    The new file is whole before the row points at it, and the old one goes when the row does. OSError when the
    storage fails: then nothing has changed. The fingerprint stays that of the file as it came, so that the same
    file is still known when it is uploaded again.
    """
    storage, old = image.original.storage, image.original.name
    with turn(ENCODING), image.original.open("rb") as file:
        content, format = stripped(file)
    new = keep(storage, original_name(image, f"picture.{format.lower()}"), ContentFile(content))
    try:
        with transaction.atomic():
            row = Image.objects.select_for_update().get(pk=image.pk)
            if row.original.name != old:
                raise Moved
            row.original.name, row.format, row.bytes, row.camera = new, format, len(content), {}
            row.save(update_fields=["original", "format", "bytes", "camera"])
            remove_other_files(row.other_files.all())  # the file that was there before says it too
            log.write("picture.wiped", by=by, subject=row)
            transaction.on_commit(partial(storage.delete, old))
    except BaseException:
        storage.delete(new)
        raise
