"""PostgreSQL: the readers' search can ask the index of words, whatever the planner thinks of it.

The planner knows neither how rare a word is nor what it costs to unpack the words of a row, and for a word that no story
has it unpacked those of all stories. articles/search.py says when it asks.
"""

from django.db import migrations

BY_WORDS = """
    CREATE FUNCTION articles_search_by_words(asked tsquery, since bigint, until bigint) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$ BEGIN
        RETURN QUERY SELECT place FROM articles_readers_search WHERE words @@ asked AND place BETWEEN since AND until;
    END $$
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BY_WORDS)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION articles_search_by_words")


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_recordings_in_use")]
    operations = [migrations.RunPython(make, unmake)]
