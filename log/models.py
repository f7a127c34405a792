"""Entries of the log: written once, never changed. The database itself refuses UPDATE and DELETE on their table."""

import json
from datetime import UTC

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, router, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from log.chain import BEGINNING, digest

#: Any number that no other part of the newsroom uses for an advisory lock of PostgreSQL.
CHAIN_LOCK = 7_206_001


class EntryManager(models.Manager):
    def append(self, kind, *, by=None, subject=None, text="", data=None):
        """Add the next entry of the chain; log.write() is the way in."""
        with transaction.atomic(using=router.db_for_write(Entry)):
            self._one_writer_at_a_time()
            last = self.order_by("-pk").values_list("hash", flat=True).first()
            entry = Entry(
                at=timezone.now(),
                by_id=by.pk if by else None,
                by_name=_name(by)[:160],
                kind=kind,
                subject_kind=subject._meta.label_lower if subject else "",
                subject_id=str(subject.pk) if subject else "",
                subject_text=_plain(subject)[:200] if subject else "",
                text=_plain(text),
                data=_storable(json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder))),
                previous=last or BEGINNING,
            )
            entry.hash = digest(entry.previous, entry.words())
            entry.save(force_insert=True)
        return entry

    def _one_writer_at_a_time(self):
        """SQLite's writers queue anyway; PostgreSQL's queue here, until the writer's transaction ends."""
        connection = connections[router.db_for_write(Entry)]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


class Entry(models.Model):
    """One act: when, by whom, what, about what."""

    at = models.DateTimeField(_("when"))
    # No constraint and no cascade: when an account is deleted, the log still says which one it was.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    by_name = models.CharField(_("by"), max_length=160, blank=True)
    kind = models.CharField(_("what"), max_length=60, db_index=True)
    subject_kind = models.CharField(_("kind of thing"), max_length=100, blank=True)
    subject_id = models.CharField(_("number of the thing"), max_length=40, blank=True)
    subject_text = models.CharField(_("about"), max_length=200, blank=True)
    text = models.TextField(_("in words"), blank=True)
    data = models.JSONField(_("details"), default=dict)
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = EntryManager()

    class Meta:
        # The migration makes the table and then lets go of it, so that `flush` leaves the log alone too.
        managed = False
        db_table = "log_entry"
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        default_permissions = ["view"]
        permissions = [("export_entry", _("Can export the log"))]
        indexes = [
            models.Index(fields=["by", "-id"], name="log_by"),
            models.Index(fields=["subject_kind", "subject_id"], name="log_subject"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind}"

    def words(self):
        """Everything the entry says, as JSON can hold it; what the hash covers and the export writes."""
        return {
            "at": self.at.astimezone(UTC).isoformat(),
            "by": self.by_id,
            "by_name": self.by_name,
            "kind": self.kind,
            "subject_kind": self.subject_kind,
            "subject_id": self.subject_id,
            "subject": self.subject_text,
            "text": self.text,
            "data": self.data,
        }


def _name(user):
    return _plain(user.get_full_name() or user.get_username()) if user else ""


def _plain(value):
    """Text that every database stores: PostgreSQL refuses the character NUL."""
    return str(value).replace("\x00", "")


def _storable(value):
    """JSON of any depth without the character NUL."""
    if isinstance(value, dict):
        return {_plain(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return _plain(value) if isinstance(value, str) else value
