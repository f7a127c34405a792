"""An index of words beside a table, in SQLite's FTS5 or PostgreSQL's tsvector, with no model of its own.

Both databases are given the same words (images/search_words.py). A migration makes the index and a trigger that
forgets a deleted row; see articles/migrations/0007_desk_search.py and images/migrations/0006_library_search.py.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F
from django.db.models.expressions import RawSQL

from images.search_words import asked, words_of


class WordIndex:
    """Which row of a model has which words. `key` is PostgreSQL's name for the row's number."""

    def __init__(self, table, key):
        self.table, self.key = table, key

    def matching(self, rows, text):
        """Those of `rows`, a queryset, with every word of `text`. Any text is a query; signs alone find nothing."""
        wanted = asked(text)
        if not wanted:
            return rows.none() if text.strip() else rows
        return self._having(rows, wanted)

    def each(self, rows, wanted, *, most):
        """{word of `wanted`, pairs of images.search_words.asked: numbers of the newest `most` of `rows` that have it}.

        One query, and none for no words. A word that none of them has is left out.
        """
        arms, values, found = [], [], {}
        for number, word in enumerate(wanted):
            having = self._having(rows, [word]).order_by("-pk").values("pk")[:most]
            try:
                sql, said = having.query.sql_with_params()
            except EmptyResultSet:
                return {}
            arms.append(f"SELECT {number} AS word, found.* FROM ({sql}) AS found")  # noqa: S608 (the ORM's own SQL)
            values += said
        if arms:
            with connections[rows.db].cursor() as cursor:
                cursor.execute(" UNION ALL ".join(arms), values)
                for number, pk in cursor.fetchall():
                    found.setdefault(wanted[number], []).append(pk)
        return found

    def _having(self, rows, wanted):
        """Those of `rows` with all of these words."""
        if connections[rows.db].vendor == "postgresql":
            query = " & ".join(f"'{word}':*" if open_ended else f"'{word}'" for word, open_ended in wanted)
            # "OFFSET 0" has the index asked first. Otherwise each row of the list is unpacked until a page is full.
            found = f"SELECT {self.key} FROM {self.table} WHERE words @@ %s::tsquery OFFSET 0"  # noqa: S608
            return rows.filter(pk__in=RawSQL(found, [query]))  # noqa: S611 (words are letters and digits only)
        query = " ".join(f'"{word}"*' if open_ended else f'"{word}"' for word, open_ended in wanted)
        found = f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s"  # noqa: S608 (our own table)
        # "+ 0" has SQLite go along the list's own index. Otherwise it fetches every row with the words, to sort them.
        return rows.alias(row_number=F("pk") + 0).filter(row_number__in=RawSQL(found, [query]))  # noqa: S611 (as above)

    def write(self, texts, *, using):
        """Put (row's number, text) in place of what the index had of each row."""
        self.put([(key, words_of(text)) for key, text in texts], using=using)

    def put(self, rows, *, using):
        """As `write`, for (row's number, list of words)."""
        connection, rows = connections[using], list(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.executemany(
                    f"INSERT INTO {self.table} ({self.key}, words) VALUES (%s, array_to_tsvector(%s::text[])) "  # noqa: S608
                    f"ON CONFLICT ({self.key}) DO UPDATE SET words = excluded.words",
                    rows,
                )
                return
            self._forget([key for key, _words in rows], cursor, "rowid")
            cursor.executemany(
                f"INSERT INTO {self.table} (rowid, words) VALUES (%s, %s)",  # noqa: S608 (our own table)
                [(key, " ".join(words)) for key, words in rows],
            )

    def forget(self, keys, *, using):
        """Leave out these rows."""
        connection = connections[using]
        with connection.cursor() as cursor:
            self._forget(keys, cursor, self.key if connection.vendor == "postgresql" else "rowid")

    def _forget(self, keys, cursor, name):
        cursor.executemany(f"DELETE FROM {self.table} WHERE {name} = %s", [(key,) for key in keys])  # noqa: S608

    def empty(self, *, using):
        with connections[using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")  # noqa: S608 (our own table)
