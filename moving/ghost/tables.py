"""The rows of a Ghost export: one JSON document of any size, read piece by piece."""

import codecs
from collections import Counter

import ijson
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ijson.common import ObjectBuilder

from moving.importing.reading import opened

#: Lists and objects inside each other.
DEEPEST = 200


def rows(path, wanted):
    """(table, number of the row, row) of the tables `wanted`, in the order of the file. Raises ValidationError."""
    with opened(path, ".json") as file:
        try:
            yield from _rows(_Text(file), wanted)
        except (ijson.JSONError, UnicodeError) as error:
            raise ValidationError(
                _(
                    "The export is not whole: its JSON ends or breaks after %(size)d bytes (%(why)s). Export it again."
                )
                % {"size": file.done, "why": " ".join(str(error).split())[:200]}
            ) from error


def _rows(file, wanted):
    path, numbers = [], Counter()  # where the document is: a key for each object, None for each list
    builder = begun = None
    for event, value in ijson.basic_parse(file, use_float=True):
        if builder is not None:
            builder.event(event, value)
        if event == "map_key":
            path[-1] = value
            continue
        if event in ("end_map", "end_array"):
            path.pop()
            if builder is not None and len(path) == begun:
                table = path[-2]
                yield table, numbers[table], builder.value
                numbers[table] += 1
                builder = None
        elif event in ("start_map", "start_array"):
            if len(path) > DEEPEST:
                raise ValidationError(
                    _("This is no export: it has more than %(depth)d lists inside each other.")
                    % {"depth": DEEPEST}
                )
            if event == "start_map" and builder is None and _is_row(path) and path[-2] in wanted:
                builder, begun = ObjectBuilder(), len(path)
                builder.event(event, value)
            path.append("" if event == "start_map" else None)


def _is_row(path):
    """Whether `path` leads to a row: db, a list, data, the table, a list; the first two are missing in old exports."""
    return path[-1:] == [None] and path[:-2] in (["db", None, "data"], ["data"])


class _Text:
    """The bytes of a file as UTF-8 that is sound: what is no letter becomes one that says so."""

    def __init__(self, file):
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.rest = b""

    def read(self, size=-1):
        if size == 0:
            return b""
        while len(self.rest) < (size if size > 0 else 1):
            piece = self.file.read(256 * 1024)
            self.rest += self.decoder.decode(piece, final=not piece).encode("utf-8", "replace")
            if not piece:
                break
        size = size if size > 0 else len(self.rest)
        found, self.rest = self.rest[:size], self.rest[size:]
        return found
