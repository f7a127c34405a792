"""Makes the files that readers get, and tells each picture what it has."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import monotonic

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from images.crops import Plan, plan_renditions
from images.encoding import render
from images.keeping import keep
from images.models import Image, Rendition, rendition_name
from images.sources import is_complete
from images.turns import ENCODING, turn

logger = logging.getLogger(__name__)

ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}

#: The crops that first_plans makes: the square for lists, the whole picture for its form, and how large at most.
FIRST, FIRST_WIDTH = ("square", "full"), 800

#: What decides which renditions a picture should have, and what record() writes.
CUT_BY = ("original", "width", "height", "focal_x", "focal_y", "own_crops", "name_key")
TOLD = ("sources", "progress", "failure")

#: Seconds after which somebody who waits for many pictures is told to come back instead.
PATIENCE = 20

#: Rows removed in one transaction.
SOME = 1000

#: How long a file stays that another one replaced: pages that were open or cached still ask for it.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Made:
    """A plan whose file lies in the storage under `name`; `fresh` when this run wrote it."""

    plan: Plan
    name: str
    fresh: bool


def make_renditions(image):
    """Make what is missing or out of date for `image`, retire what is not wanted, and update `image.sources`.

    The slow part runs before the transaction, so that nobody waits for the database meanwhile; pictures take
    turns, one at a time on this machine. Returns the number of files made; calling it again does nothing.
    """
    with turn(ENCODING):
        made = write_files(image, missing_plans(image))
        try:
            with transaction.atomic():
                record(image, made)
        except BaseException:
            delete_unreferenced([one.name for one in made if one.fresh])
            raise
    return len(made)


def try_renditions(image):
    """make_renditions for who cannot do anything about a failure: it is noted in the row. None when it failed."""
    try:
        return make_renditions(image)
    except Image.DoesNotExist:
        return 0  # deleted meanwhile
    except Exception as error:  # decoders and storages fail in every way there is
        if isinstance(error, DatabaseError):
            raise
        why = failure(error)
        unexpected = why == Image.Failure.DAMAGED  # an upload is decoded before it is kept
        logger.error("The renditions of picture %s failed: %r", image.pk, error, exc_info=unexpected)
        Image.objects.filter(pk=image.pk).update(progress=Image.Progress.FAILED, failure=why)
        return None


def make_ready(images):
    """Make what is missing of those `images` that pages cannot show yet, until PATIENCE has run out."""
    end = monotonic() + PATIENCE
    for image in images:
        if monotonic() < end and not (image.progress == Image.Progress.MADE and is_complete(image)):
            try_renditions(image)


def failure(error):
    """The Image.Failure that an exception of make_renditions means."""
    if isinstance(error, FileNotFoundError):
        return Image.Failure.MISSING
    if isinstance(error, OSError) and error.errno:
        return Image.Failure.STORAGE
    return Image.Failure.DAMAGED


def wanted_plans(image):
    return plan_renditions(
        image.width,
        image.height,
        focal_x=image.focal_x,
        focal_y=image.focal_y,
        own_crops=image.own_crops,
    )


def first_plans(image):
    """The few JPEGs that the desk sees at once: small enough to be made while somebody waits."""
    plans = [plan for plan in wanted_plans(image) if plan.format == "jpeg" and plan.crop in FIRST]
    return [plan for plan in plans if plan.width <= FIRST_WIDTH]


def missing_plans(image):
    """The plans of `image` that no row fulfils, or whose file is gone."""
    rows = {row_key(row): row for row in image.renditions.current()}
    return [
        plan
        for plan in wanted_plans(image)
        if not is_fulfilled(plan, rows) or not default_storage.exists(rows[plan.key].file.name)
    ]


def is_fulfilled(plan, rows):
    return plan.key in rows and rows[plan.key].recipe == plan.recipe


def row_key(row):
    return row.crop, row.width, row.format


def write_files(image, plans):
    """Encode `plans` from the original of `image` into the storage; a list of Made. No row is touched."""
    made = []
    if not plans:
        return made
    try:
        with image.original.open("rb") as original:
            for plan, content in render(original, plans, width=image.width):
                made.append(Made(plan, *store(content, plan.format, key=image.name_key)))
    except BaseException:
        delete_unreferenced([one.name for one in made if one.fresh])
        raise
    return made


def store(content, format, *, key):
    """Keep `content` under the name of its hash: (name, whether it was written now).

    The picture's secret `key` (Image.name_key) is mixed in: whoever owns the same agency's file can encode it
    just as we do, and must not learn from a name whether and where we have it before it is published.
    """
    digest = hashlib.blake2b(content, digest_size=16, key=key.encode()).hexdigest()
    name = rendition_name(None, f"{digest}.{ENDINGS[format]}")
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return name, False
        default_storage.delete(name)  # cut short when the machine stopped in the middle of writing
    written = keep(default_storage, name, ContentFile(content))
    if written != name:  # somebody else wrote the same content at the same moment
        default_storage.delete(written)
        return name, False
    return name, True


def record(image, made):
    """Make the rows of `image` say what `made` and the plans say. Needs a transaction around it."""
    stored = Image.objects.select_for_update().get(pk=image.pk)
    if any(getattr(stored, name) != getattr(image, name) for name in CUT_BY):
        # Somebody moved the focal point meanwhile; the files for that are still to be made.
        delete_later([one.name for one in made if one.fresh])
        return
    made_keys = {one.plan.key for one in made}
    wanted = {plan.key: plan.recipe for plan in wanted_plans(image)}
    kept_recipes = {key: recipe for key, recipe in wanted.items() if key not in made_keys}
    current = list(image.renditions.current())
    outdated = [row.pk for row in current if kept_recipes.get(row_key(row)) != row.recipe]
    Rendition.objects.filter(pk__in=outdated).update(retired_at=timezone.now())
    Rendition.objects.bulk_create(row_of(image, one) for one in made)
    image.sources = sources_of(image)
    kept = {row_key(row) for row in current if row.pk not in outdated}
    complete = made_keys | kept >= wanted.keys()
    image.progress = Image.Progress.MADE if complete else Image.Progress.WAITING
    image.failure = ""
    if any(getattr(stored, name) != getattr(image, name) for name in TOLD):
        image.save(update_fields=TOLD)


def row_of(image, made):
    plan = made.plan
    return Rendition(
        image=image,
        crop=plan.crop,
        width=plan.width,
        height=plan.height,
        format=plan.format,
        file=made.name,
        recipe=plan.recipe,
    )


def sources_of(image):
    """{crop: {"width": , "height": , format: [[width, name], ...]}}: the largest size, and names by width."""
    sources = {}
    for row in image.renditions.current().order_by("crop", "width", "format"):
        crop = sources.setdefault(row.crop, {})
        crop |= {"width": row.width, "height": row.height}
        crop.setdefault(row.format, []).append([row.width, row.file.name])
    return sources


def delete_later(names):
    """Delete the files when the transaction has succeeded: until then readers still see the old rows."""
    if names:
        transaction.on_commit(partial(delete_unreferenced, names))


def delete_unreferenced(names):
    """Delete those rendition files that no row points at any more."""
    in_use = set(Rendition.objects.filter(file__in=names).values_list("file", flat=True))
    for name in set(names) - in_use:
        default_storage.delete(name)


# --- What nobody asks for any more ------------------------------------------------------------------------


def sweep():
    """Remove the files that were replaced longer ago than KEPT, with their rows; the number of rows."""
    removed = 0
    while True:
        due = Rendition.objects.filter(retired_at__lt=timezone.now() - KEPT)[:SOME].values_list("pk", "file")
        if not (rows := dict(due)):
            return removed
        with transaction.atomic():
            Rendition.objects.filter(pk__in=rows).delete()
            delete_later(rows.values())
        removed += len(rows)


def remove_lost():
    """Remove files without a row, as a process leaves them that is killed between the two; the number of files.

    A file younger than KEPT is not lost: somebody may be about to write its row.
    """
    removed = 0
    folders = default_storage.listdir("renditions")[0] if default_storage.exists("renditions") else []
    for folder in folders:
        names = {f"renditions/{folder}/{name}" for name in default_storage.listdir(f"renditions/{folder}")[1]}
        known = Rendition.objects.filter(file__startswith=f"renditions/{folder}/")
        for name in names.difference(known.values_list("file", flat=True)):
            if default_storage.get_modified_time(name) < timezone.now() - KEPT:
                default_storage.delete(name)
                removed += 1
    return removed
