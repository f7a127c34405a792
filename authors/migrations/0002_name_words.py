"""The words of authors' names, as searches know them, beside the names."""

from django.db import migrations, models

from images.search_words import in_a_row


def fill(apps, schema_editor):
    authors = apps.get_model("authors", "Author").objects
    for author in authors.all():
        authors.filter(pk=author.pk).update(name_words=in_a_row(author.name))


class Migration(migrations.Migration):
    dependencies = [("authors", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name='author',
            name='name_words',
            field=models.TextField(default='', editable=False, help_text='The words of the name as searches know them; written with each save.'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
