"""The index of the readers' search, filled with the versions there are. articles/models/version_search.py writes it.

Like the desk's (0007) it is no model's table. articles/workflow.py keeps it; a row that outlived its version would find
nothing. The words of all texts changed as well, for Ukrainian apostrophes and the letter ґ, so the other two indexes are written anew.
"""

from django.db import migrations, models

from articles.models import search, version_search
from images import search as pictures_search
from images.search_words import in_a_row

# The words are cut already: whatever is not ASCII is a letter, and so are the signs before words and numbers.
SQLITE = [
    """CREATE VIRTUAL TABLE articles_readers_search USING fts5(
        words, tokenize="ascii tokenchars '^+@#/'", prefix='2 3', detail='none', columnsize=0)""",
]
POSTGRESQL = [
    "CREATE TABLE articles_readers_search (place bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX articles_readers_search_words ON articles_readers_search USING gin (words)",
]


def make(apps, schema_editor):
    using = schema_editor.connection.alias
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    version_search.rebuild(apps, using=using)
    search.rebuild(apps, using=using)
    pictures_search.rebuild(apps, using=using)


def unmake(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_readers_search")


def fill(apps, schema_editor):
    tags = apps.get_model("articles", "Tag").objects
    for tag in tags.all():
        tags.filter(pk=tag.pk).update(name_words=in_a_row(tag.name))


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_why_words_were_kept_aside"), ("images", "0006_library_search")]
    operations = [
        migrations.AddField(
            model_name='tag',
            name='name_words',
            field=models.TextField(default='', editable=False, help_text='The words of the name as searches know them; written with each save.'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(make, unmake),
    ]
