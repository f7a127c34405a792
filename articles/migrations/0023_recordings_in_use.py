"""The rows that keep a recording from being deleted while a story plays it, filled with the stories there are.

Both searches learn what is said in those. Who may delete pictures may delete recordings.
"""

import django.db.models.deletion
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from articles import rendering
from articles.models import search, version_search

BATCH = 200


def index(apps, schema_editor):
    using = schema_editor.connection.alias
    known = set(apps.get_model("images", "Recording").objects.using(using).values_list("pk", flat=True))
    for name, row, owner in [
        ("Article", "ArticleRecording", "article"),
        ("PublishedVersion", "VersionRecording", "version"),
    ]:
        stories = apps.get_model("articles", name).objects.using(using).order_by("pk")
        stories = stories.filter(body__contains='data-block="recording"')
        rows, last = apps.get_model("articles", row), 0
        while batch := list(stories.filter(pk__gt=last)[:BATCH]):
            rows.objects.using(using).bulk_create(
                rows(**{f"{owner}_id": story.pk, "recording_id": pk})
                for story in batch
                for pk in rendering.recordings(story.body)
                if pk in known
            )
            if name == "PublishedVersion":
                version_search.index_all(batch, using=using)
            else:
                search.reindex(apps, batch, using=using)
            last = batch[-1].pk


def let_delete(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("images"), verbosity=0, using=using)
    right = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="images", codename="delete_recording"
    )
    for group in apps.get_model("auth", "Group").objects.filter(permissions__codename="delete_image").distinct():
        group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0022_canonical_url'),
        ('images', '0009_recording_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleRecording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recordings', to='articles.article')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_articles', to='images.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'recording'), name='article_lists_a_recording_once')],
            },
        ),
        migrations.CreateModel(
            name='VersionRecording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_versions', to='images.recording')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recordings', to='articles.publishedversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'recording'), name='version_lists_a_recording_once')],
            },
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.RunPython(let_delete, migrations.RunPython.noop),
    ]
