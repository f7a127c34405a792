"""Reads a newsroom from JSON Lines: into an empty one row by row as it was, into another what that has not yet.

All of it or nothing: it is one transaction, and who is killed in here leaves the database as it was. Every value is
checked as a form would check it, and every text is cleaned as the desk's are.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext as _

from articles import mark, rendering
from articles.models import search as desk_search
from articles.models import version_search
from images import recording_search
from images import search as pictures_search
from moving.format import histories
from moving.format.files import Media, Wrong
from moving.format.kinds import BY_NAME, CARRIED, NOT_MERGED, VERSION

#: Bytes of one line: a text of a million letters, written in the longest way JSON has, and all around it.
LONGEST_LINE = 32_000_000

#: Fields that readers get as HTML or SVG, and what keeps of them what the desk may write.
_CLEANED = {
    ("story", "body"): rendering.clean,
    ("version", "body"): rendering.clean,
    ("paper", "mark"): mark.clean,
}
_REFERENCE = re.compile(r'(data-block="(figure|related-card|recording)" data-id=")(\d+)"')
#: What values of another form than a field has lead to, on their way into the database.
_BAD_INPUT = (ValidationError, DatabaseError, TypeError, ValueError, OverflowError, AttributeError, KeyError)
_POINTS_AT = {"figure": "picture", "related-card": "story", "recording": "recording"}


class Refused(Exception):
    """Why a file cannot be read in, with the line; nothing was changed."""


@dataclass
class Read:
    """How many records of each kind came in, went on and were here already; stories that stay out, with the reason."""

    new: Counter = field(default_factory=Counter)
    updated: Counter = field(default_factory=Counter)
    known: Counter = field(default_factory=Counter)
    left: list = field(default_factory=list)


def read(file, media=None, *, dry_run=False, tell=lambda read: None):
    """Bring in the newsroom of an open binary file; a Read. `media`: a folder or ZIP file. Raises Refused.

    An empty newsroom gets the very rows, numbers and all, so that every page is the same. One with stories gets what
    it does not have: a section, tag or author with the same slug and a picture with the same file are here already,
    and stay as the desk has them. A story that was begun at the same moment is the same story: it is brought up to
    date when it went on in the file from what is here, and stays when the desk has worked on it since.
    """
    result, files = Read(), Media(media, keeping=not dry_run)
    try:
        with transaction.atomic():
            is_empty = not any(kind.model._base_manager.exists() for kind in CARRIED)
            reader = (_Copy if is_empty else _Merge)(files, result)
            if not is_empty:
                reader.look_ahead(said for _number, said in _lines(file))
                file.seek(0)
            for number, line in _lines(file):
                try:
                    reader.take(line)
                except (*_BAD_INPUT, Wrong, Refused) as error:
                    raise Refused(
                        _("Line %(number)s: %(why)s") % {"number": number, "why": _why(error)}
                    ) from error
                tell(result)
            reader.finish()
            if dry_run:
                transaction.set_rollback(True)
    except BaseException as error:
        files.take_back()
        if isinstance(error, DatabaseError):  # what the database checks at the end
            raise Refused(_why(error)) from error
        raise
    return result


def _why(error):
    messages = getattr(error, "messages", None) or [str(error)]
    return " ".join(map(str, messages))[:500]


def _lines(file):
    """(number, record) of every line after the heading, which must be one that this version reads."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Refused(_("Line %(number)s is longer than any record.") % {"number": number})
        if not line.strip():
            continue
        try:
            said = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Refused(
                _("Line %(number)s is no JSON: %(why)s") % {"number": number, "why": _why(error)}
            ) from error
        if not isinstance(said, dict):
            raise Refused(_("Line %(number)s is no record.") % {"number": number})
        if number == 1:
            _check_heading(said)
        else:
            yield number, said
    if not number:
        raise Refused(_("The file is empty."))


def _no_number(name):
    raise ValueError(_("%(name)s is no number.") % {"name": name})


def _check_heading(said):
    if said.get("format") != "newsroom":
        raise Refused(_("This is no export of a newsroom: its first line does not say so."))
    if said.get("version") != VERSION:
        raise Refused(
            _("This file has version %(version)s of the format; this newsroom reads version %(own)s.")
            % {"version": said.get("version"), "own": VERSION}
        )


class _Reader:
    def __init__(self, media, result):
        self.media, self.result = media, result
        self.people = dict(get_user_model().objects.values_list("username", "pk"))
        self.ids = {kind.name: {} for kind in CARRIED}  # number in the file -> number here
        self.keys = {}  # picture here -> its key of file names

    def take(self, said):
        """Bring in one record."""
        kind = BY_NAME.get(str(said.pop("record", "")))
        if kind is None:
            raise Refused(_("There is no such kind of record."))
        number = said.pop("id", None) if kind.is_numbered else None
        if unknown := said.keys() - kind.fields.keys():
            raise Refused(_("“%(kind)s” has no “%(name)s”.") % {"kind": kind.name, "name": min(unknown)[:60]})
        self.bring(kind, number, said)

    def row(self, kind, said):
        """An unsaved row of these values, each checked. A field that an older file does not have keeps its default."""
        row = kind.model()
        for name, value in said.items():
            one = kind.fields[name]
            if not one.is_relation:
                value = self._value(kind, one, value, row)
            elif kind.leads_to(one) is None:
                value = self.people.get(value) if isinstance(value, str) else None
            elif value is not None and kind.leads_to(one) is kind:
                value = self.among_its_own(kind, value)
            elif value is not None:
                value = self._here(kind.leads_to(one), value)
            if value is None and not one.null:
                raise Refused(_("“%(name)s” is empty.") % {"name": name})
            setattr(row, one.attname, value)
        return row

    def _value(self, kind, one, value, row):
        if isinstance(one, models.FileField):
            if not isinstance(value, str):
                raise Refused(_("“%(name)s” names no file.") % {"name": one.name})
            return value
        if isinstance(one, models.JSONField):
            return value
        if isinstance(one, models.CharField | models.TextField) and not isinstance(value, str):
            raise Refused(_("“%(name)s” is no text.") % {"name": one.name})
        value = one.to_python(value)
        if value not in one.empty_values:
            one.run_validators(value)
            if one.choices and value not in dict(one.flatchoices):
                raise Refused(
                    _("“%(name)s” cannot be “%(value)s”.") % {"name": one.name, "value": str(value)[:60]}
                )
        clean = _CLEANED.get((kind.name, one.name))
        return clean(value) if clean else value

    def _here(self, kind, number):
        try:
            return self.ids[kind.name][number]
        except (KeyError, TypeError) as error:
            raise Refused(
                _("It belongs to a %(kind)s that the file does not have before it.") % {"kind": kind.name}
            ) from error

    def keep(self, kind, number, row):
        """Write a row as it is: no time of saving, no count, nothing derived. Its files come first."""
        if kind.name in ("picture", "rendition", "other-file", "recording"):
            self.media.bring(
                kind, row, key=self.keys.get(row.image_id, "") if kind.name == "rendition" else ""
            )
        row.save_base(raw=True, force_insert=True)
        if kind.name == "picture":
            self.keys[row.pk] = row.name_key
        if kind.is_referred_to:
            self.ids[kind.name][number] = row.pk
        self.result.new[kind.name] += 1

    def finish(self):
        """Write what is derived from the rows, and let new rows have the numbers after those."""
        for index in (pictures_search, recording_search, desk_search, version_search):
            index.rebuild(apps)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [kind.model for kind in CARRIED]):
                cursor.execute(statement)


class _Copy(_Reader):
    """Into an empty newsroom: the very rows."""

    def among_its_own(self, kind, number):
        """The number of another record of the kind, perhaps one that comes later: the database looks at the end."""
        if type(number) is not int:
            raise Refused(_("“id” is no number."))
        return number

    def bring(self, kind, number, said):
        row = self.row(kind, said)
        if kind.is_numbered:
            if type(number) is not int or not 0 < number < 2**63:
                raise Refused(_("“id” is no number."))
            row.pk = number
        self.keep(kind, number, row)


class _Merge(_Reader):
    """Into a newsroom with stories: what it does not have. Rows get new numbers, and what points at them follows."""

    def __init__(self, media, result):
        super().__init__(media, result)
        self.here = {kind.name: set() for kind in CARRIED}  # numbers in the file of what is not brought in
        self.refused = set()  # numbers in the file of stories that the report names
        self.kept = set()  # numbers in the file of publications that are here, of stories that went on
        self.renewed = set()  # numbers in the file of stories that went on there

    def among_its_own(self, kind, number):
        return self.ids[kind.name].get(number) if isinstance(number, int) else None

    def look_ahead(self, records):
        """Give every story that will come its number here: texts point at stories that stand after them."""
        story, told = BY_NAME["story"], histories.InFile()
        free = story.model._base_manager.order_by("pk").values_list("pk", flat=True).last() or 0
        slugs = {}
        for said in records:
            told.take(said)
            if said.get("record") == story.name and type(said.get("id")) is int:
                known = self._known(story, said)
                if known is None and (reason := self._in_the_way(said)):
                    self.result.left.append(reason)
                    self.refused.add(said["id"])
                    self.here[story.name].add(said["id"])
                elif known is None:
                    self.ids[story.name][said["id"]] = free = free + 1
                else:
                    self.ids[story.name][said["id"]] = known
                    self.here[story.name].add(said["id"])
                    slugs[said["id"]] = str(said.get("slug"))
        self._find_renewed(told, slugs)

    def _find_renewed(self, told, slugs):
        """Which stories that are here went on in the file. `slugs`: {number in the file: slug there}."""
        ids = self.ids["story"]
        ours = histories.here([ids[number] for number in slugs])
        for number, slug in slugs.items():
            found = histories.compare(told.of[number], ours[ids[number]])
            if found == histories.APART:
                said = _("/%(slug)s/ was changed both here and there since: it stays as the desk has it.")
                self.result.left.append(said % {"slug": slug[:80]})
                self.refused.add(number)
            elif found == histories.NEWER and (reason := self._in_the_way({"slug": slug}, ids[number])):
                self.result.left.append(reason)
                self.refused.add(number)
            elif found == histories.NEWER:
                self.renewed.add(number)
                self.here["story"].remove(number)

    def bring(self, kind, number, said):
        if (
            kind.name in NOT_MERGED
            or (kind.of and self._stays(kind, said))
            or self._is_here(kind, number, said)
        ):
            if kind.is_referred_to:
                self.here[kind.name].add(number)
            if kind.name != "story" or number not in self.refused:
                self.result.known[kind.name] += 1
            return
        for name in said.keys() & kind.fields.keys():
            if kind.fields[name].is_relation and self._is_left_out(kind, kind.fields[name], said[name]):
                if not kind.fields[name].null:
                    return  # a card or a way to a story that could not come
                said[name] = None
        row = self._following(kind, self.row(kind, said))
        if kind.name == "story":
            row.pk = self.ids["story"][number]
            if number in self.renewed:
                self._renew(row)
                return
        elif self.renewed and self._was_kept(kind, number, row):
            return
        self.keep(kind, number, row)

    def _renew(self, article):
        """Take over a desk copy that went on in the file. What belongs to it follows in the file, all of it."""
        for name in ("byline", "story-tag", "story-picture"):
            kind = BY_NAME[name]
            kind.model._base_manager.filter(**{kind.of: article.pk}).delete()
        article.save_base(raw=True, force_update=True)
        self.result.updated["story"] += 1

    def _was_kept(self, kind, number, row):
        """Whether a record of a story that is here is here, too; of a publication, with its end as the file has it."""
        rows = kind.model._base_manager
        if kind.name == "address":
            return rows.filter(pk=row.pk).exists()
        if kind.name in ("revision", "review-step"):
            same = {name: getattr(row, name) for name in ("article_id", "made_at")}
            return rows.filter(**same).exists()
        if kind.name in ("correction", "withdrawal"):
            return rows.filter(version=row.version_id).exists()
        if kind.name != "version":
            return False
        known = rows.filter(article=row.article_id, made_at=row.made_at, visible_from=row.visible_from)
        pk = known.values_list("pk", flat=True).first()
        if pk is not None:
            self.ids["version"][number] = pk
            self.kept.add(number)
            self.result.updated["version"] += known.exclude(visible_until=row.visible_until).update(
                visible_until=row.visible_until
            )
        return pk is not None

    def _is_here(self, kind, number, said):
        if kind.name == "story":
            return number in self.here["story"]
        known = self._known(kind, said)
        if known is not None:
            self.ids[kind.name][number] = known
        return known is not None

    def _stays(self, kind, said):
        """Whether a record belongs to what is here already, or could not come."""
        owner = kind.leads_to(kind.fields[kind.of])
        if owner.name == "version" and kind.name.startswith("version-") and said.get(kind.of) in self.kept:
            return True  # what it says never changes
        return said.get(kind.of) in self.here[owner.name]

    def _is_left_out(self, kind, one, number):
        owner = kind.leads_to(one)
        return owner is not None and number in self.here[owner.name] and number not in self.ids[owner.name]

    def _known(self, kind, said):
        """The number here of what a record is about, or None."""
        if not kind.key:
            return None
        value = self._value(kind, kind.fields[kind.key], said.get(kind.key), None)
        return kind.model._base_manager.filter(**{kind.key: value}).values_list("pk", flat=True).first()

    def _in_the_way(self, said, own=None):
        slug = str(said.get("slug"))
        story, address = (BY_NAME[name].model._base_manager for name in ("story", "address"))
        others = story.filter(slug=slug).exclude(pk=own), address.filter(slug=slug).exclude(article=own)
        if any(found.exists() for found in others):
            return _(
                "/%(slug)s/ belongs to another story here: change that one's slug, or this one's before the export."
            ) % {"slug": slug[:80]}
        return ""

    def _following(self, kind, row):
        """The row with what its texts and lists point at, as it is numbered here."""
        if kind.name in ("story", "version"):
            row.body = _REFERENCE.sub(self._renumbered, row.body)
            row.read_more = [self.ids["story"][pk] for pk in row.read_more if pk in self.ids["story"]]
        elif kind.name == "revision" and isinstance(row.snapshot, dict):
            row.snapshot = self._snapshot(row.snapshot)
        return row

    def _renumbered(self, match):
        return f'{match[1]}{self.ids[_POINTS_AT[match[2]]].get(int(match[3]), 0)}"'

    def _snapshot(self, said):
        """The words of one save of a desk copy (articles.models.revision.snapshot)."""

        def found(name, number):
            return self.ids[name].get(number)

        story = BY_NAME["story"]
        for one in story.model.shared_fields():
            if one.is_relation and one.attname in said:
                said = {**said, one.attname: found(story.leads_to(one).name, said[one.attname])}
        said["body"] = _REFERENCE.sub(self._renumbered, str(said.get("body", "")))
        said["read_more"] = [pk for pk in (found("story", one) for one in said.get("read_more") or []) if pk]
        rows = [
            {**row, "author_id": found("author", row.get("author_id"))} for row in said.get("bylines") or []
        ]
        said["bylines"] = [row for row in rows if row["author_id"]]
        return said
