"""The log as a file: CSV for a spreadsheet, JSON lines for a program."""

import csv
import json

COLUMNS = ["at", "by", "by_name", "kind", "subject_kind", "subject_id", "subject", "text", "data"]
#: A spreadsheet takes a cell that begins with one of these for a formula and runs it.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line):
        return line


def csv_lines(entries):
    """Yield the lines of a CSV file with a heading. A cell that could be a formula gets an apostrophe before it."""
    writer = csv.writer(_Echo())
    yield writer.writerow([*COLUMNS, "hash"])
    for entry in entries:
        words = entry.words() | {"data": json.dumps(entry.data, ensure_ascii=False, sort_keys=True)}
        yield writer.writerow([*(inert(words[name]) for name in COLUMNS), entry.hash])


def inert(value):
    """The value as a cell that no spreadsheet computes."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def json_lines(entries):
    """Yield one JSON object a line, with the hashes, so that the chain can be checked elsewhere."""
    for entry in entries:
        chained = entry.words() | {"number": entry.pk, "previous": entry.previous, "hash": entry.hash}
        yield json.dumps(chained, ensure_ascii=False, sort_keys=True) + "\n"
