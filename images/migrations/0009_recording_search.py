"""The index of the words of recordings, filled with those there are. images/recording_search.py writes it.

Like the library's (0006) it is no model's table; articles/migrations/0007_desk_search.py says why.
"""

from django.db import migrations

from images import recording_search

SQLITE = [
    """CREATE VIRTUAL TABLE images_recording_search USING fts5(
        words, tokenize="unicode61 remove_diacritics 0", prefix='2 3', detail='none', columnsize=0)""",
    """CREATE TRIGGER images_recording_search_forgets AFTER DELETE ON images_recording
       BEGIN DELETE FROM images_recording_search WHERE rowid = OLD.id; END""",
]
POSTGRESQL = [
    "CREATE TABLE images_recording_search (recording_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX images_recording_search_words ON images_recording_search USING gin (words)",
    """CREATE FUNCTION images_recording_search_forget() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN DELETE FROM images_recording_search WHERE recording_id = OLD.id; RETURN OLD; END$$""",
    """CREATE TRIGGER images_recording_search_forgets AFTER DELETE ON images_recording
       FOR EACH ROW EXECUTE FUNCTION images_recording_search_forget()""",
]


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    recording_search.rebuild(apps, using=schema_editor.connection.alias)


def unmake(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(
        "DROP TRIGGER images_recording_search_forgets" + (" ON images_recording" if postgresql else "")
    )
    schema_editor.execute("DROP TABLE images_recording_search")
    if postgresql:
        schema_editor.execute("DROP FUNCTION images_recording_search_forget()")


class Migration(migrations.Migration):
    dependencies = [("images", "0008_recordings")]
    operations = [migrations.RunPython(make, unmake)]
