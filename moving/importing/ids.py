"""What came before: the rows of Origin of one source, read once and kept up to date."""

import hashlib
import json

from moving.models import Origin

LONGEST = 400


def digest_of(values):
    """The hash of anything JSON can say."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(foreign_id):
    """A foreign id as the table can hold it: a very long address as its hash."""
    foreign_id = str(foreign_id).replace("\x00", "")
    if len(foreign_id) <= LONGEST:
        return foreign_id
    return f"sha256:{hashlib.sha256(foreign_id.encode()).hexdigest()}"


class Origins:
    """The origins of one source: {(kind, id there): row}."""

    def __init__(self, source):
        self.source = source
        self.rows = {(row.kind, row.foreign_id): row for row in Origin.objects.filter(source=source)}

    def get(self, kind, foreign_id):
        return self.rows.get((kind, key_of(foreign_id)))

    def note(self, kind, foreign_id, obj, *, digest="", version=0):
        """Write down that `obj` came as this id."""
        row = self.get(kind, foreign_id) or self._new(kind, foreign_id)
        row.object_id, row.digest, row.version = obj.pk, digest, version
        row.save()
        self.rows[kind, row.foreign_id] = row

    def note_all(self, kind, found):
        """As `note`, for many new ones: [(foreign id, object, digest, version)]."""
        rows = []
        for foreign_id, obj, digest, version in found:
            row = self._new(kind, foreign_id)
            row.object_id, row.digest, row.version = obj.pk, digest, version
            rows.append(row)
        Origin.objects.bulk_create(rows)
        self.rows |= {(kind, row.foreign_id): row for row in rows}

    def _new(self, kind, foreign_id):
        return Origin(source=self.source, kind=kind, foreign_id=key_of(foreign_id))
