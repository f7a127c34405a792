"""What the last export knew: each file with the questions that its page asked, so that the next one asks them again.

A SQLite file beside the folder, of no use to readers and safe to delete: the next export then makes all pages anew.
"""

import sqlite3
from array import array

TABLES = """
    CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE IF NOT EXISTS sql (id INTEGER PRIMARY KEY, text TEXT UNIQUE);
    CREATE TABLE IF NOT EXISTS question (
        id INTEGER PRIMARY KEY, key BLOB UNIQUE, sql INTEGER, parameters BLOB, answer BLOB
    );
    CREATE TABLE IF NOT EXISTS page (
        id INTEGER PRIMARY KEY, address TEXT UNIQUE, file TEXT DEFAULT '', sha256 TEXT DEFAULT '',
        size INTEGER DEFAULT 0, changed INTEGER DEFAULT 0, until TEXT DEFAULT '', good INTEGER DEFAULT 0,
        asked BLOB DEFAULT '', leads_to BLOB DEFAULT ''
    );
"""
#: Which shape the tables have; another one begins anew.
FORM = "1"


class State:
    """The notes of the export of one folder."""

    def __init__(self, path):
        self.path = path
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=NORMAL")
        self.database.executescript(TABLES)
        if self.about("form") not in (None, FORM):
            self.database.executescript(
                "DELETE FROM about; DELETE FROM sql; DELETE FROM question; DELETE FROM page;"
            )
        self.note(form=FORM)

    def close(self):
        self.database.commit()
        self.database.close()

    def about(self, name):
        row = self.database.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return row and row[0]

    def note(self, **values):
        self.database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())
        self.database.commit()

    # --- Pages ------------------------------------------------------------------------------------------

    def every_address(self):
        return [row[0] for row in self.database.execute("SELECT address FROM page")]

    def number_of(self, address):
        """The number of an address, which it has from now on."""
        found = self.database.execute("SELECT id FROM page WHERE address = ?", [address]).fetchone()
        if found:
            return found[0]
        return self.database.execute("INSERT INTO page (address) VALUES (?)", [address]).lastrowid

    def page(self, number):
        """(address, whether its file is as it should be, the numbers of the addresses it leads to)."""
        row = self.database.execute(
            "SELECT address, good, leads_to FROM page WHERE id = ?", [number]
        ).fetchone()
        return row[0], bool(row[1]), array("Q", row[2] or b"")

    def keep(self, made, leads_to):
        """Write down what became of an address."""
        asked = array("Q", (self._question(*question) for question in made.asked))
        values = [
            made.file,
            made.sha256,
            made.size,
            made.changed,
            made.until,
            made.proved and not made.problem,
        ]
        self.database.execute(
            "UPDATE page SET file = ?, sha256 = ?, size = ?, changed = ?, until = ?, good = ?, asked = ?, leads_to = ? "
            "WHERE address = ?",
            [*values, asked.tobytes(), leads_to.tobytes(), made.address],
        )

    def doubt(self, at=None, *, files=None, all_pages=False):
        """Pages that must be made anew: whose time is over at `at`, whose file is not as in `files`, or all."""
        if all_pages:
            self.database.execute("UPDATE page SET good = 0")
        if at is not None:
            self.database.execute(
                "UPDATE page SET good = 0 WHERE until != '' AND until <= ?", [at.isoformat()]
            )
        if files is not None:
            rows = self.database.execute("SELECT id, file, size, changed FROM page WHERE file != ''")
            lost = [[pk] for pk, file, *about in rows if files.get(file) != tuple(about)]
            self.database.executemany("UPDATE page SET good = 0 WHERE id = ?", lost)
        self.database.commit()

    def all_good(self):
        return not self.database.execute("SELECT 1 FROM page WHERE good = 0 LIMIT 1").fetchone()

    def next_end(self):
        """When the first page must go by the clock alone, as ISO text, or "": all times are in UTC."""
        return self.database.execute("SELECT MIN(until) FROM page WHERE until != ''").fetchone()[0] or ""

    def files(self):
        """(name, sha256) of every file, in the order of the names."""
        return self.database.execute("SELECT file, sha256 FROM page WHERE file != '' ORDER BY file")

    def forget_others(self, reached):
        """Drop the pages whose numbers are not in `reached`; the number of them that had a file."""
        rows = self.database.execute("SELECT id, file FROM page").fetchall()
        gone = [(pk, file) for pk, file in rows if pk not in reached]
        self.database.executemany("DELETE FROM page WHERE id = ?", [[pk] for pk, _file in gone])
        self.database.commit()
        return sum(bool(file) for _pk, file in gone)

    # --- Questions --------------------------------------------------------------------------------------

    def _question(self, key, sql=None, parameters=None, answer=None):
        """The number of a question. The answer it has stays: pages were made by it, and doubt_by compares."""
        found = self.database.execute("SELECT id FROM question WHERE key = ?", [key]).fetchone()
        if found:
            return found[0]
        text = self.database.execute("SELECT id FROM sql WHERE text = ?", [sql]).fetchone()
        text = (
            text[0] if text else self.database.execute("INSERT INTO sql (text) VALUES (?)", [sql]).lastrowid
        )
        insert = "INSERT INTO question (key, sql, parameters, answer) VALUES (?, ?, ?, ?)"
        return self.database.execute(insert, [key, text, parameters, answer]).lastrowid

    def questions(self, size):
        """All questions in lists of `size`: (number, SQL, parameters, answer)."""
        texts = dict(self.database.execute("SELECT id, text FROM sql"))
        last = 0
        while True:
            rows = self.database.execute(
                "SELECT id, sql, parameters, answer FROM question WHERE id > ? ORDER BY id LIMIT ?",
                [last, size],
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [(pk, texts[sql], parameters, answer) for pk, sql, parameters, answer in rows]

    def doubt_by(self, answers):
        """Doubt the pages that asked one of the questions with another answer now. `answers`: {number: answer}.

        In one step with the new answers: who is killed here has noted both or neither.
        """
        changed = set(answers)
        if changed:
            rows = self.database.execute("SELECT id, asked FROM page WHERE good")
            doubtful = [[pk] for pk, asked in rows if not changed.isdisjoint(array("Q", asked or b""))]
            self.database.executemany("UPDATE page SET good = 0 WHERE id = ?", doubtful)
            self.database.executemany(
                "UPDATE question SET answer = ? WHERE id = ?", [(said, pk) for pk, said in answers.items()]
            )
        self.database.commit()

    def forget_questions(self):
        """Drop the questions that no page asks any more."""
        asked = set()
        for (blob,) in self.database.execute("SELECT asked FROM page"):
            asked.update(array("Q", blob or b""))
        gone = [[pk] for (pk,) in self.database.execute("SELECT id FROM question") if pk not in asked]
        self.database.executemany("DELETE FROM question WHERE id = ?", gone)
        self.database.commit()
