"""Replacing: the same picture gets a better file. Its words, rights, places in stories and addresses stay.

A file is offered first, checked like any upload and kept beside the picture's own. Putting it in place exchanges the
two in one transaction; the renditions are made anew in the background, and pages show the old ones until the new ones
are recorded. Whatever is killed in between: the row points at a whole file, and the other one is still there.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

import log
from images.crops import CROPS, own_box
from images.keeping import keep
from images.look import alike
from images.models import Image, OtherFile, Rendition, original_name
from images.other_files import remove_other_files
from images.progress import wait_again
from images.uploads import refuse_duplicate

#: What belongs to the file, and what was laid over it by hand.
FACTS = ("original", "sha256", "format", "width", "height", "bytes", "look", "camera")
CUT = ("focal_x", "focal_y", "own_crops")
#: Up to this the shape of two files counts as the same: a few lines cut off move no face.
SHAPE = 0.02


class Moved(Exception):
    """The picture has another file now than the one that was looked at. Nothing was written."""


@dataclass(frozen=True)
class Fit:
    """How a picture's focal point and own crops fit another file: what stays, and which crops do not."""

    same_shape: bool
    focal_x: float
    focal_y: float
    own_crops: dict
    lost: list


def fit(image, width, height):
    """The Fit of `image` to a file of this size. They are shares of the picture, so they stay where its shape does."""
    same = abs(width * image.height / (height * image.width) - 1) <= SHAPE
    kept = {}
    for crop in CROPS:
        own = image.own_crops.get(crop.name)
        if own and same and (carried := _carried(crop, own, width, height)):
            kept[crop.name] = carried
    focal = (image.focal_x, image.focal_y) if same else (0.5, 0.5)
    return Fit(same, *focal, kept, [name for name in image.own_crops if name not in kept])


def _carried(crop, own, width, height):
    """A crop of the desk's own on a file of nearly the same shape; None when it has too few pixels there."""
    for edges in (own, _at_ratio(crop, own, width, height)):
        try:
            own_box(crop, edges, width, height)
        except ValueError:
            continue
        return edges
    return None


def _at_ratio(crop, own, width, height):
    """The shares of `own` around the same middle, with the ratio of `crop` on a picture of this size."""
    left, upper, right, lower = own
    wide, tall = right - left, (right - left) * width / crop.ratio / height
    wide, tall = wide / max(1, tall), min(1, tall)
    left = min(max((left + right - wide) / 2, 0), 1 - wide)
    upper = min(max((upper + lower - tall) / 2, 0), 1 - tall)
    return [round(edge, 4) for edge in (left, upper, left + wide, upper + tall)]


def is_alike(image, other):
    """Whether the two files may show the same picture."""
    return alike(image.look, other.look)


def offer(*, image, file, checked, by):
    """Keep a checked file beside the picture's own and return its OtherFile. Duplicate when the file is known.

    Who offers a second one takes the first one back.
    """
    refuse_duplicate(checked.sha256)
    said = {name: value for name, value in checked.words.items() if value}
    other = OtherFile(image=image, by=by, words=said)
    for name in FACTS:
        if name != "original":
            setattr(other, name, getattr(checked, name))
    file.seek(0)
    name = original_name(image, f"picture.{checked.format.lower()}")
    other.original = keep(other.original.storage, name, file)
    try:
        with transaction.atomic():
            remove_other_files(image.other_files.filter(state=OtherFile.State.OFFERED, by=by))
            other.save()
    except BaseException:
        other.original.storage.delete(name)
        raise
    return other


def replace(*, image, other, seen, by):
    """Put the offered file `other` in the place of the file with the fingerprint `seen`, which is kept for a while.

    Returns the Fit of what was laid over the old file. Moved when the picture has another file by now, Duplicate when
    another picture has this one, OtherFile.DoesNotExist when the offer was taken back or is too old.
    """
    with transaction.atomic():
        image = _held(image, seen)
        other = image.other_files.get(pk=other.pk, state=OtherFile.State.OFFERED)
        fitting = fit(image, other.width, other.height)
        other.focal_x, other.focal_y = fitting.focal_x, fitting.focal_y
        other.own_crops = fitting.own_crops
        remove_other_files(image.other_files.filter(state=OtherFile.State.FORMER))
        _exchange(image, other, by=by)
        log.write("picture.file-replaced", by=by, subject=image, **_said(image, other))
    return fitting


def put_back(*, image, seen, by):
    """Give the picture the file back that was there before, with its focal point and crops. As `replace`.

    OtherFile.DoesNotExist when that one is not kept any more.
    """
    with transaction.atomic():
        image = _held(image, seen)
        former = image.other_files.get(state=OtherFile.State.FORMER)
        _exchange(image, former, by=by)
        log.write("picture.file-put-back", by=by, subject=image, **_said(image, former))
        remove_other_files([former])


def _held(image, seen):
    row = Image.objects.select_for_update().get(pk=image.pk)
    if row.sha256 != seen:
        raise Moved
    return row


def _exchange(image, other, *, by):
    for name in (*FACTS, *CUT):
        ours, theirs = getattr(image, name), getattr(other, name)
        # The name alone: a field of files belongs to the row it was read from.
        ours, theirs = getattr(ours, "name", ours), getattr(theirs, "name", theirs)
        setattr(image, name, theirs)
        setattr(other, name, ours)
    other.state, other.by, other.at = OtherFile.State.FORMER, by, timezone.now()
    try:
        with transaction.atomic():
            image.save(update_fields=[*FACTS, *CUT])
    except IntegrityError:
        refuse_duplicate(image.sha256)
        raise
    other.save()
    # Those that pages show now fit no plan any more, so all are made anew; until then they stay what pages show.
    Rendition.objects.filter(image=image).current().update(recipe="")
    wait_again(image)


def _said(image, other):
    """What the log says of an exchange: from which size to which in words, and both fingerprints."""
    sizes = [f"{one.width} × {one.height}" for one in (other, image)]
    data = {"sha256": [other.sha256, image.sha256], "pixels": sizes, "bytes": [other.bytes, image.bytes]}
    return {"text": " → ".join(sizes), "data": data}
