"""How long readers wait for a database that does not answer: the page as it was is better than one that is late."""

from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, connection

#: Seconds; much longer than any look takes on a busy machine.
PATIENCE = 1


@contextmanager
def patience(*, sqlite=PATIENCE, postgresql=PATIENCE):
    """In this block the database may take so long for a lock of SQLite's, or for an answer of PostgreSQL's.

    0 waits for no lock at all; None is what the settings say. Raises what PostgreSQL raises when it cannot even be
    told so; SQLite always can.
    """
    own, seconds = connection.settings_dict, {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
    if seconds is None:
        yield
        return
    if connection.vendor == "sqlite":  # to open it takes a lock, too
        connection.settings_dict = {**own, "OPTIONS": {**own["OPTIONS"], "timeout": seconds}}
    try:
        _allow(seconds)
        yield
    finally:
        connection.settings_dict = own
        if connection.connection is not None:
            with suppress(DatabaseError, InterfaceError):  # who loses it gets a new one
                _allow(None)


def _allow(seconds):
    """Tell the database; None is what the settings say."""
    if connection.vendor == "sqlite" and connection.connection is None:
        return  # it is opened with what the settings say
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if seconds is None:
                seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        elif seconds is None:
            cursor.execute("RESET statement_timeout")
        else:
            cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}")
