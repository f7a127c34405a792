"""A story has a language and may be a translation of another one."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import articles.languages

overlap = import_module("articles.migrations.0002_versions_never_overlap")
desk_search = import_module("articles.migrations.0007_desk_search")


def hold(apps, schema_editor):
    """The new column rebuilt both tables on SQLite, and their triggers went with the old ones."""
    if schema_editor.connection.vendor == "sqlite":
        overlap.hold(apps, schema_editor)
        schema_editor.execute(desk_search.SQLITE[1])


LANGUAGE = models.CharField(
    blank=True,
    choices=articles.languages.choices,
    default="",
    help_text="What the story is written in. Browsers, screen readers and search engines are told.",
    max_length=12,
    verbose_name="language",
)
TRANSLATION_OF = models.ForeignKey(
    blank=True,
    help_text="The story that this one says in another language. Each then leads readers to the other, while both are on the site.",
    null=True,
    on_delete=django.db.models.deletion.SET_NULL,
    related_name="+",
    to="articles.article",
    verbose_name="translation of",
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_arrangements")]
    operations = [
        *(
            migrations.AddField(model, name, field.clone(), preserve_default=name != "language")
            for model in ("article", "publishedversion")
            for name, field in (("language", LANGUAGE), ("translation_of", TRANSLATION_OF))
        ),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
