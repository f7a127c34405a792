"""Who writes and who keeps pictures brings in recordings too; whoever reads the desk sees them."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITE = ("add", "change", "view")


def let_record(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("images"), verbosity=0, using=using)
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="images", codename__in=[f"{verb}_recording" for verb in WRITE]
    )
    for group in apps.get_model("auth", "Group").objects.filter(permissions__codename="add_image").distinct():
        group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_paper"), ("images", "0008_recordings")]

    operations = [migrations.RunPython(let_record, migrations.RunPython.noop)]
