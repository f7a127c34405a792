"""Hold in the database that the intervals of one story never overlap.

PostgreSQL has exclusion constraints for it (with the trusted extension btree_gist). SQLite has no constraint
over several rows, so two triggers refuse what would break the rule. A later migration that rebuilds the table
on SQLite drops its triggers: run `hold` again after it; tests/articles/test_intervals.py notices.
"""

from django.db import migrations

POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE articles_publishedversion ADD CONSTRAINT versions_of_an_article_never_overlap
EXCLUDE USING gist (article_id WITH =, tstzrange(visible_from, visible_until) WITH &&);
"""

SQLITE = """
CREATE TRIGGER versions_of_an_article_never_overlap_{event} BEFORE {when} ON articles_publishedversion
WHEN (NEW.visible_until IS NULL OR NEW.visible_until > NEW.visible_from) AND EXISTS (
    SELECT 1 FROM articles_publishedversion AS other
    WHERE other.article_id = NEW.article_id AND other.id IS NOT NEW.id
    AND (other.visible_until IS NULL OR other.visible_until > other.visible_from)
    AND (other.visible_until IS NULL OR other.visible_until > NEW.visible_from)
    AND (NEW.visible_until IS NULL OR NEW.visible_until > other.visible_from)
)
BEGIN
    SELECT RAISE(ABORT, 'versions_of_an_article_never_overlap');
END;
"""

EVENTS = {"insert": "INSERT", "update": "UPDATE OF article_id, visible_from, visible_until"}


def hold(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    elif schema_editor.connection.vendor == "sqlite":
        for event, when in EVENTS.items():
            schema_editor.execute(SQLITE.format(event=event, when=when))


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE articles_publishedversion DROP CONSTRAINT versions_of_an_article_never_overlap"
        )
    elif schema_editor.connection.vendor == "sqlite":
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER versions_of_an_article_never_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(hold, let_go)]
