"""What makes the database itself refuse to change the log. Run by the migration that makes the table."""

SQLITE = """
    CREATE TRIGGER log_entry_no_{verb} BEFORE {verb} ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END
"""
POSTGRESQL_FUNCTION = """
    CREATE FUNCTION log_entry_is_kept() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the log is never changed'; END $$
"""
POSTGRESQL = """
    CREATE TRIGGER log_entry_no_{verb} BEFORE {verb} ON log_entry
    FOR EACH STATEMENT EXECUTE FUNCTION log_entry_is_kept()
"""


def refuse_changes(apps, schema_editor):
    """Create the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        for verb in ("UPDATE", "DELETE", "TRUNCATE"):
            schema_editor.execute(POSTGRESQL.format(verb=verb), params=None)
    elif schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb), params=None)
