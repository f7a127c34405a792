"""What the desk does to a recording besides its words: take it from readers, exchange its captions, delete it."""

from contextlib import suppress
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

import log
from images.keeping import keep
from images.recording import Recording, recording_name
from images.renditions import KEPT
from images.rights import in_words
from images.uses import stories

#: What says when readers may hear or see it.
RIGHTS = ("not_before", "not_after")
FILES = ("file", "captions")


def changed(recording, before, *, by):
    """What follows when the saved `recording` is another than the Recording `before`. Needs a transaction.

    Changed rights are logged. A recording that is taken from readers by them loses its files' addresses at once; when
    rights end by the clock, pages stop naming it, which is all that happens, as with pictures (images/rights.py).
    """
    stories().words_changed(recording)
    if before.captions and before.captions.name != recording.captions.name:
        transaction.on_commit(partial(_lay_aside, before.captions.name))
    said = {
        name: getattr(recording, name) for name in RIGHTS if getattr(recording, name) != getattr(before, name)
    }
    if not said:
        return
    log.write("recording.rights-changed", by=by, subject=recording, text=in_words(recording, said), data=said)
    now = timezone.now()
    if before.rights_allow(now) and not recording.rights_allow(now):
        _forget_addresses(recording)


def _forget_addresses(recording):
    """The same files under names that nobody outside knows: for the desk, and for when it is allowed again."""
    for name in FILES:
        file = getattr(recording, name)
        if file and default_storage.exists(file.name):
            with default_storage.open(file.name) as content:
                new = keep(default_storage, recording_name(recording, file.name), content)
            transaction.on_commit(partial(default_storage.delete, file.name))
            setattr(recording, name, new)
    recording.save(update_fields=FILES)


def _lay_aside(name):
    """Let a file that was replaced be as young as one that was written now.

    Open pages still ask for it; remove_lost_recordings comes by when it is old enough.
    """
    with suppress(FileNotFoundError):
        with default_storage.open(name) as file:
            content = file.read()
        default_storage.delete(name)
        keep(default_storage, name, ContentFile(content))


def remove_recording(*, recording, by=None):
    """Delete `recording` with its files; ProtectedError when a desk copy, a live or a scheduled version plays it."""
    with transaction.atomic():
        Recording.objects.select_for_update().get(pk=recording.pk)  # a publication that would play it waits
        stories().forget_past(recording, timezone.now())
        log.write("recording.deleted", by=by, subject=recording, data={"sha256": recording.sha256})
        names = [getattr(recording, name).name for name in FILES if getattr(recording, name)]
        recording.delete()
        for name in names:
            transaction.on_commit(partial(default_storage.delete, name))


def remove_lost_recordings():
    """Remove files without a row: captions that were replaced, and what a killed process left; the number of files.

    A file younger than KEPT stays: open pages ask for it, or somebody is about to write its row.
    """
    removed = 0
    folders = default_storage.listdir("recordings")[0] if default_storage.exists("recordings") else []
    for folder in folders:
        names = {f"recordings/{folder}/{name}" for name in default_storage.listdir(f"recordings/{folder}")[1]}
        for field in FILES:
            known = Recording.objects.filter(**{f"{field}__startswith": f"recordings/{folder}/"})
            names.difference_update(known.values_list(field, flat=True))
        for name in names:
            if default_storage.get_modified_time(name) < timezone.now() - KEPT:
                default_storage.delete(name)
                removed += 1
    return removed
