"""The role of the chief: everything an editor does, accounts and roles, the log. Not a superuser."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "auth.user": ("add", "change", "view"),
    "auth.group": ("add", "change", "view"),
    "authors.author": ("delete",),
    "articles.section": ("delete",),
    "log.entry": ("view", "export"),
}


def create_chief(apps, schema_editor):
    # Django makes permissions after all migrations; the group needs them now.
    for label in ("auth", "log"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    chief, _created = Group.objects.get_or_create(name="Chief")
    for role in Group.objects.filter(name__in=["Reporter", "Editor", "Picture desk", "Profile keeper"]):
        chief.permissions.add(*role.permissions.all())
    for model, actions in RIGHTS.items():
        label, model_name = model.split(".")
        codenames = [f"{action}_{model_name}" for action in actions]
        chief.permissions.add(
            *Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
        )


def remove_chief(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="Chief").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_desk_search"),
        ("log", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(create_chief, remove_chief)]
