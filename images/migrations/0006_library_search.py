"""The library's search gets an index of words, and the picture desk's questions get small indexes of their own.

The index of words is no model's table; articles/migrations/0007_desk_search.py says why.
"""

from django.db import migrations, models

from images import search

SQLITE = [
    """CREATE VIRTUAL TABLE images_search USING fts5(
        words, tokenize="unicode61 remove_diacritics 0", prefix='2 3', detail='none', columnsize=0)""",
    """CREATE TRIGGER images_search_forgets AFTER DELETE ON images_image
       BEGIN DELETE FROM images_search WHERE rowid = OLD.id; END""",
]
POSTGRESQL = [
    "CREATE TABLE images_search (image_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX images_search_words ON images_search USING gin (words)",
    """CREATE FUNCTION images_search_forget() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN DELETE FROM images_search WHERE image_id = OLD.id; RETURN OLD; END$$""",
    """CREATE TRIGGER images_search_forgets AFTER DELETE ON images_image
       FOR EACH ROW EXECUTE FUNCTION images_search_forget()""",
]


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    search.rebuild(apps, using=schema_editor.connection.alias)


def unmake(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute("DROP TRIGGER images_search_forgets" + (" ON images_image" if postgresql else ""))
    schema_editor.execute("DROP TABLE images_search")
    if postgresql:
        schema_editor.execute("DROP FUNCTION images_search_forget()")


class Migration(migrations.Migration):

    dependencies = [
        ('images', '0005_renditions_in_the_background'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='image',
            name='search_text',
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('alt_text__blank', True)), fields=['-uploaded_at', '-id'], name='image_without_alt'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('credit__blank', True)), fields=['-uploaded_at', '-id'], name='image_without_credit'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('caption__blank', True)), fields=['-uploaded_at', '-id'], name='image_without_caption'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('to_check__blank', False)), fields=['-uploaded_at', '-id'], name='image_unchecked'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('restriction__blank', False)), fields=['-uploaded_at', '-id'], name='image_restricted'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('width', models.F('height'))), fields=['-uploaded_at', '-id'], name='image_square'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('not_after__isnull', False)), fields=['-uploaded_at', '-id', 'not_after'], name='image_rights_end_newest'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(condition=models.Q(('not_before__isnull', False)), fields=['-uploaded_at', '-id', 'not_before'], name='image_rights_begin_newest'),
        ),
        migrations.RunPython(make, unmake),
    ]
