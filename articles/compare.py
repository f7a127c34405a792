"""Compares two snapshots of a story (articles.models.revision.snapshot) in words that an editor reads.

Pure: it knows no model and asks no database. The caller passes the labels of the fields and the names of what the
snapshots mention by id; whatever has no name is called by its number.
"""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.compare_body import compare_bodies
from articles.compare_order import out_of_order
from articles.compare_words import marked

#: Compared in ways of their own, not as a value before and after.
_APART = ("body", "read_more", "bylines", "tags")


@dataclass(frozen=True)
class FieldChange:
    """One field with its value before and after in plain text, and both in one (safe HTML with <ins> and <del>)."""

    name: str
    label: str
    before: str
    after: str
    marked: str


@dataclass(frozen=True)
class ListChange:
    """One entry of a list. `kind`: added, removed, moved or changed; `note` says what changed."""

    kind: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two snapshots; `body` holds the blocks that are the same too."""

    fields: list = field(default_factory=list)
    bylines: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    picks: list = field(default_factory=list)
    body: list = field(default_factory=list)

    @property
    def body_changed(self):
        return any(part.kind != "same" for part in self.body)

    @property
    def is_empty(self):
        return not (self.fields or self.bylines or self.tags or self.picks or self.body_changed)


def compare(before, after, *, labels, names=None):
    """The Comparison of two snapshots.

    `labels`: {column: what editors call the field}, in the order to show them. `names`: {"author", "image",
    "story", or a column such as "section_id": {id or value: name}}. A field that only one of the snapshots knows
    is younger than the other one, and no change.
    """
    names = names or {}
    return Comparison(
        fields=list(_fields(before, after, labels, names)),
        bylines=list(_bylines(before, after, names.get("author", {}))),
        tags=list(_tags(before.get("tags", []), after.get("tags", []))),
        picks=list(
            _picks(before.get("read_more") or [], after.get("read_more") or [], names.get("story", {}))
        ),
        body=compare_bodies(before.get("body") or "", after.get("body") or "", names=names),
    )


def _fields(before, after, labels, names):
    for name, label in labels.items():
        if name in _APART or name not in before or name not in after:
            continue
        old, new = (_value(snapshot[name], names.get(name)) for snapshot in (before, after))
        if before[name] != after[name] and old != new:
            both = marked(old, new) if name not in names else _replaced(old, new)
            yield FieldChange(name, str(label), old, new, both)


def _value(value, known):
    """A stored value as plain text: the name of what it refers to, or itself."""
    if value in (None, ""):
        return ""
    return str(value) if known is None else str(known.get(value, _("number %(id)s") % {"id": value}))


def _replaced(old, new):
    """A choice changes as a whole, never by its words."""
    if not (old and new):
        return marked(old, new)
    return format_html("<del>{}</del> <ins>{}</ins>", old, new)


def _bylines(before, after, known):
    old, new = (
        {row["author_id"]: row.get("role", "") for row in side.get("bylines", [])} for side in (before, after)
    )

    def name(pk):
        return str(known.get(pk) or _("number %(id)s") % {"id": pk})

    yield from (ListChange("removed", name(pk), old[pk]) for pk in old if pk not in new)
    moved = out_of_order(list(old), list(new))
    for pk, role in new.items():
        if pk not in old:
            yield ListChange("added", name(pk), role)
        elif old[pk] != role:
            said = (
                _("role “%(before)s” became “%(after)s”")
                if old[pk] and role
                else _("role is now “%(after)s”")
            )
            said = said if role else _("role “%(before)s” removed")
            yield ListChange("changed", name(pk), said % {"before": old[pk], "after": role})
        if pk in moved:
            yield ListChange("moved", name(pk), _place(list(new).index(pk)))


def _tags(old, new):
    yield from (ListChange("removed", tag) for tag in sorted(set(old) - set(new)))
    yield from (ListChange("added", tag) for tag in sorted(set(new) - set(old)))


def _picks(old, new, known):
    old, new = list(dict.fromkeys(old)), list(dict.fromkeys(new))

    def name(pk):
        return str(known.get(pk) or _("number %(id)s") % {"id": pk})

    yield from (ListChange("removed", name(pk)) for pk in old if pk not in new)
    moved = out_of_order(old, new)
    for place, pk in enumerate(new):
        if pk not in old:
            yield ListChange("added", name(pk), _place(place))
        elif pk in moved:
            yield ListChange("moved", name(pk), _place(place))


def _place(index):
    return _("now in place %(number)d") % {"number": index + 1}
