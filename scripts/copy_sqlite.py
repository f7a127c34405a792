"""scripts/copy_sqlite.py DATABASE COPY: one moment of a database in use, checked. Ends with 1 and the reason.

Copying the file itself would miss what is still in the write-ahead log, or catch half of a transaction.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def copy(source, target):
    """Write a compact copy of the database file `source` to the new file `target` and check it.

    Returns what is wrong, as a sentence, or "". Raises sqlite3.Error when a file cannot be read or written.
    """
    # mode=rw, because the plain way to open a database creates a missing one and backs up nothing.
    with closing(
        sqlite3.connect(f"{Path(source).resolve().as_uri()}?mode=rw", uri=True, timeout=30)
    ) as database:
        database.execute("VACUUM INTO ?", (target,))
    with closing(sqlite3.connect(target)) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
    return "" if found == "ok" else f"The copy {target} is damaged: {found}"


if __name__ == "__main__":
    try:
        sys.exit(copy(*sys.argv[1:]) or 0)
    except sqlite3.Error as error:
        sys.exit(f"{sys.argv[1]} could not be backed up: {error}")
