"""The index of the desk's search, filled with the stories there are. articles/models/search.py reads and writes it.

It is no model's table: SQLite has a virtual one, PostgreSQL a column type of its own. No foreign key points at the
stories, because emptying the tables in tests would trip over it; a trigger forgets the words of a deleted story.
A row that outlives its story finds nothing, so that losing the trigger to a later rebuild of the table on SQLite
does no harm.
"""

from django.db import migrations

from articles.models import search

SQLITE = [
    """CREATE VIRTUAL TABLE articles_desk_search USING fts5(
        words, tokenize="unicode61 remove_diacritics 0", prefix='2 3', detail='none', columnsize=0)""",
    """CREATE TRIGGER articles_desk_search_forgets AFTER DELETE ON articles_article
       BEGIN DELETE FROM articles_desk_search WHERE rowid = OLD.id; END""",
]
POSTGRESQL = [
    "CREATE TABLE articles_desk_search (article_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX articles_desk_search_words ON articles_desk_search USING gin (words)",
    """CREATE FUNCTION articles_desk_search_forget() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN DELETE FROM articles_desk_search WHERE article_id = OLD.id; RETURN OLD; END$$""",
    """CREATE TRIGGER articles_desk_search_forgets AFTER DELETE ON articles_article
       FOR EACH ROW EXECUTE FUNCTION articles_desk_search_forget()""",
]


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    search.rebuild(apps, using=schema_editor.connection.alias)


def unmake(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(
        "DROP TRIGGER articles_desk_search_forgets" + (" ON articles_article" if postgresql else "")
    )
    schema_editor.execute("DROP TABLE articles_desk_search")
    if postgresql:
        schema_editor.execute("DROP FUNCTION articles_desk_search_forget()")


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_cards_in_versions")]
    operations = [migrations.RunPython(make, unmake)]
