"""Lead pictures join the index of pictures in use; stand-ins; who may see what a camera wrote."""

from importlib import import_module

import django.db.models.deletion
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

overlap = import_module("articles.migrations.0002_versions_never_overlap")
desk_search = import_module("articles.migrations.0007_desk_search")


def hold(apps, schema_editor):
    """The new column rebuilt both tables on SQLite, and their triggers went with the old ones."""
    if schema_editor.connection.vendor == "sqlite":
        overlap.hold(apps, schema_editor)
        schema_editor.execute(desk_search.SQLITE[1])


def index_leads(apps, schema_editor):
    for name, row, owner in [
        ("Article", "ArticlePicture", "article"),
        ("PublishedVersion", "VersionPicture", "version"),
    ]:
        leads = apps.get_model("articles", name).objects.exclude(lead_image=None)
        row = apps.get_model("articles", row)
        pairs = leads.values_list("pk", "lead_image_id").iterator(chunk_size=2000)
        row.objects.bulk_create(
            (row(**{f"{owner}_id": pk, "image_id": image}) for pk, image in pairs),
            batch_size=500,
            ignore_conflicts=True,
        )


def let_see_camera(apps, schema_editor):
    create_permissions(
        installed.get_app_config("images"), verbosity=0, using=schema_editor.connection.alias
    )
    right = apps.get_model("auth", "Permission").objects.get(
        codename="see_camera", content_type__app_label="images"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Picture desk", "Chief"]):
        group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_chief'),
        ('images', '0002_picture_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='lead_decorative',
            field=models.BooleanField(default=False, help_text='The picture says nothing that the words do not: those who cannot see it miss nothing.', verbose_name='decorative here'),
        ),
        migrations.AddField(
            model_name='publishedversion',
            name='lead_decorative',
            field=models.BooleanField(default=False, help_text='The picture says nothing that the words do not: those who cannot see it miss nothing.', verbose_name='decorative here'),
        ),
        migrations.AddField(
            model_name='section',
            name='stand_in',
            field=models.ForeignKey(blank=True, help_text='Stands in for a lead picture of this section from the moment its rights end.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stand_in_of', to='images.image', verbose_name='stand-in picture'),
        ),
        migrations.RunPython(index_leads, migrations.RunPython.noop),
        migrations.RunPython(let_see_camera, migrations.RunPython.noop),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
