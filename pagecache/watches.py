"""The database counts the writes to what readers see, whoever writes: a form, a command, a line of SQL by hand.

The count goes up in the transaction of the write, so that nobody sees one without the other.
"""

from django.db import connection

TABLE = "CREATE TABLE pagecache_writes (one integer PRIMARY KEY CHECK (one = 1), number bigint NOT NULL)"
FIRST_ROW = "INSERT INTO pagecache_writes (one, number) VALUES (1, 0)"
NO_TABLE = "DROP TABLE pagecache_writes"
COUNT = "UPDATE pagecache_writes SET number = number + 1"

VERBS = ("INSERT", "UPDATE", "DELETE")
SQLITE = 'CREATE TRIGGER "watch_{table}_{verb}" AFTER {verb} ON "{table}" BEGIN {count}; END'
SQLITE_GONE = 'DROP TRIGGER IF EXISTS "watch_{table}_{verb}"'

# Counted at the end of the transaction and once in it: two people who publish wait for each other no longer than that.
POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION pagecache_count_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF current_setting('pagecache.counted', true) IS DISTINCT FROM txid_current()::text THEN
            {COUNT};
            PERFORM set_config('pagecache.counted', txid_current()::text, true);
        END IF;
        RETURN NULL;
    END $$
"""
POSTGRESQL = """
    CREATE CONSTRAINT TRIGGER "watch_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pagecache_count_write()
"""
POSTGRESQL_GONE = 'DROP TRIGGER IF EXISTS "watch_{table}" ON "{table}"'


def writes():
    """How many writes the database has counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM pagecache_writes")
        return cursor.fetchone()[0]


def watched():
    """The tables whose writes are counted, as the database says."""
    catalog = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    name = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {catalog} WHERE {name} LIKE 'watch!_%' ESCAPE '!'")  # noqa: S608 (ours)
        names = {row[0].removeprefix("watch_") for row in cursor.fetchall()}
    return {name.removesuffix(f"_{verb}") for name in names for verb in ("", *VERBS)}


def lay(tables):
    """Watch these tables, as far as they are there, and count one write for whatever happened unwatched."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if "pagecache_writes" not in there:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in sorted(there.intersection(tables)):
            _lift(cursor, table)
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(table=table))
            else:
                for verb in VERBS:
                    cursor.execute(SQLITE.format(table=table, verb=verb, count=COUNT))
        cursor.execute(COUNT)


def lift(tables):
    """Watch these tables no longer: their shape is about to change."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        for table in sorted(set(tables).intersection(there)):
            _lift(cursor, table)


def _lift(cursor, table):
    if connection.vendor == "postgresql":
        cursor.execute(POSTGRESQL_GONE.format(table=table))
    else:
        for verb in VERBS:
            cursor.execute(SQLITE_GONE.format(table=table, verb=verb))
