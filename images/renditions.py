"""Makes the files that readers get, and tells each picture what it has."""

import hashlib
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from images.crops import Plan, plan_renditions
from images.encoding import render
from images.models import Image, Rendition, rendition_name

ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


@dataclass(frozen=True)
class Made:
    """A plan whose file lies in the storage under `name`; `fresh` when this run wrote it."""

    plan: Plan
    name: str
    fresh: bool


def make_renditions(image):
    """Make what is missing or out of date for `image`, drop what is not wanted, and update `image.sources`.

    The slow part runs before the transaction, so that nobody waits for the database meanwhile. Returns the
    number of files made. Call it after every change of the focal point; calling it again does nothing.
    """
    made = write_files(image, missing_plans(image))
    try:
        with transaction.atomic():
            record(image, made)
    except BaseException:
        delete_unreferenced([one.name for one in made if one.fresh])
        raise
    return len(made)


def wanted_plans(image):
    return plan_renditions(image.width, image.height, focal_x=image.focal_x, focal_y=image.focal_y)


def missing_plans(image):
    """The plans of `image` that no row fulfils, or whose file is gone."""
    rows = {row_key(row): row for row in image.renditions.all()}
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
                made.append(Made(plan, *store(content, plan.format)))
    except BaseException:
        delete_unreferenced([one.name for one in made if one.fresh])
        raise
    return made


def store(content, format):
    """Keep `content` under the name of its hash: (name, whether it was written now)."""
    name = rendition_name(None, f"{hashlib.sha256(content).hexdigest()[:32]}.{ENDINGS[format]}")
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return name, False
        default_storage.delete(name)  # cut short when the machine stopped in the middle of writing
    written = default_storage.save(name, ContentFile(content))
    if written != name:  # somebody else wrote the same content at the same moment
        default_storage.delete(written)
        return name, False
    return name, True


def record(image, made):
    """Make the rows of `image` say what `made` and the plans say. Needs a transaction around it."""
    stored = Image.objects.select_for_update().only("focal_x", "focal_y", "sources").get(pk=image.pk)
    if (stored.focal_x, stored.focal_y) != (image.focal_x, image.focal_y):
        # Somebody moved the focal point meanwhile; whoever did makes the renditions that count.
        delete_later([one.name for one in made if one.fresh])
        return
    made_keys = {one.plan.key for one in made}
    kept_recipes = {plan.key: plan.recipe for plan in wanted_plans(image) if plan.key not in made_keys}
    outdated = [row for row in image.renditions.all() if kept_recipes.get(row_key(row)) != row.recipe]
    Rendition.objects.filter(pk__in=[row.pk for row in outdated]).delete()
    Rendition.objects.bulk_create(row_of(image, one) for one in made)
    delete_later([row.file.name for row in outdated])
    image.sources = sources_of(image)
    if image.sources != stored.sources:
        image.save(update_fields=["sources"])


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
    for row in image.renditions.order_by("crop", "width", "format"):
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
