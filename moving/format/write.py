"""The whole newsroom as JSON Lines, of one moment, however large: docs/format.md says what stands in a line."""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from moving.format.files import copy_out, names_of
from moving.format.kinds import CARRIED, VERSION

#: Rows in memory at a time: texts of a million letters are rare, and fifty of them are still no weight.
BATCH = 50


@dataclass
class Written:
    """How many records of each kind, how many files and bytes of pictures, and which files were missing."""

    records: dict = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    missing: list = field(default_factory=list)


def write(path, media=None, *, tell=lambda written: None):
    """Write the newsroom to the file at `path`, and the files of its pictures below the folder `media`; a Written.

    Everything is of the moment at which it begins, whatever the desk does meanwhile; nobody waits for it. The file
    has its name only when it is whole.
    """
    path, written = Path(path), Written()
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(beside, "w", encoding="utf-8") as out, one_moment():
            for line in lines(media, written, tell):
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
                out.write("\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return written


def lines(media, written, tell):
    """Yield the heading and every record."""
    yield {
        "format": "newsroom",
        "version": VERSION,
        "name": settings.SITE_NAME,
        "site": settings.SITE_URL,
        "made_at": value_of(timezone.now()),
    }
    people = dict(get_user_model().objects.values_list("pk", "username"))
    for kind in CARRIED:
        written.records[kind.name] = 0
        for row in kind.model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
            yield record(kind, row, people)
            written.records[kind.name] += 1
            for name, storage, stored in names_of(kind, row) if media else ():
                size = copy_out(media, name, storage, stored)
                if size is None:
                    written.missing.append(name)
                else:
                    written.files, written.bytes = written.files + 1, written.bytes + size
            tell(written)


def record(kind, row, people):
    """One row as the format has it."""
    said = {"record": kind.name}
    if kind.is_numbered:
        said["id"] = row.pk
    for name, one in kind.fields.items():
        value = getattr(row, one.attname)
        if one.is_relation and kind.leads_to(one) is None:
            value = people.get(value)
        said[name] = value_of(value)
    return said


def value_of(value):
    """A value as JSON has it: moments in UTC with all their digits, files by their names."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if hasattr(value, "storage"):
        return value.name
    return value


@contextmanager
def one_moment():
    """All reads in the block see the database as it is now, and hold up nobody's writes."""
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    try:
        if sqlite:
            connection.transaction_mode = "DEFERRED"  # ours is IMMEDIATE, which is a writer's
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            connection.transaction_mode = mode
