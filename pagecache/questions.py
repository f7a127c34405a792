"""What a page asked the database, and a fingerprint of the answers."""

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import compress

from django.db import connection

#: A column with such a name may change without the page being another one: whoever asks for it answers for that.
SILENT = "silent_"
_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
_NAMED = re.compile(r'\bWITH\s+"?(\w+)')


@dataclass
class Questions:
    """The queries of one page in their order, recorded while it is made.

    The page's own moment is a parameter of many of them; it is left out of what is kept, so that the same question
    can be asked of a later moment.
    """

    asked: list = field(
        default_factory=list
    )  # (SQL, parameters), in which MOMENT stands for the page's moment
    tables: set = field(default_factory=set)
    only_reads: bool = True

    def recorded(self, at):
        """Record what this thread asks in the block; `at` is the moment of the page."""
        moment = _as_parameter(at)

        def record(execute, sql, parameters, many, context):
            if many or not sql.lstrip().startswith(("SELECT", "WITH")):
                self.only_reads = False
            else:
                self.tables.update(_tables_of(sql))
                kept = tuple(MOMENT if value == moment else value for value in parameters or ())
                self.asked.append((sys.intern(sql), kept))
            return execute(sql, parameters, many, context)

        return connection.execute_wrapper(record)

    def answers(self, at):
        """Ask all of it at the moment `at` and return a fingerprint of what the database says."""
        said = blake2b(digest_size=16)
        with connection.cursor() as cursor:
            for sql, parameters in self.asked:
                said.update(answer(cursor, sql, parameters, at))
        return said.digest()


@lru_cache(maxsize=500)  # pages ask the same few questions all day
def _tables_of(sql):
    """The names of the tables that a question reads."""
    return frozenset(_TABLE.findall(sql)) - frozenset(_NAMED.findall(sql))


def answer(cursor, sql, parameters, at):
    """A fingerprint of what the database says to one question, as it was kept, at the moment `at`."""
    moment = _as_parameter(at)
    cursor.execute(sql, [moment if value is MOMENT else value for value in parameters])
    heard = [not name.startswith(SILENT) for name, *_about in cursor.description]
    said = blake2b(digest_size=16)
    for row in cursor.fetchall():
        # Queries also hand the moment back, for whoever reads their rows.
        row = [MOMENT if value == moment else value for value in compress(row, heard)]
        said.update(repr(row).encode())
    return said.digest()


class _Moment:
    """Stands for the moment of the page in its questions and answers; there is one."""

    def __repr__(self):
        return "the moment"

    def __reduce__(self):
        return "MOMENT"


MOMENT = _Moment()


def _as_parameter(at):
    """A moment as this database gets it."""
    return connection.ops.adapt_datetimefield_value(at)
