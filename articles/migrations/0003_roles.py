"""The roles of a newsroom as groups. docs/editors.md says in words what each may do."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ALL = ("add", "change", "delete", "view")
WRITE = ("add", "change", "view")

ROLES = {
    "Reporter": {
        "articles.article": WRITE,
        "articles.byline": ALL,
        "articles.tag": ("add", "view"),
        "articles.section": ("view",),
        "authors.author": ("view",),
        "images.image": WRITE,
    },
    "Editor": {
        "articles.article": (*ALL, "publish"),
        "articles.byline": ALL,
        "articles.tag": ALL,
        "articles.section": WRITE,
        "authors.author": WRITE,
        "authors.authorlink": ALL,
        "images.image": ALL,
    },
    "Picture desk": {
        "articles.article": ("view",),
        "images.image": ALL,
        "authors.author": ("view",),
    },
    "Profile keeper": {
        "authors.author": ALL,
        "authors.authorlink": ALL,
        "images.image": WRITE,
    },
}


def create_roles(apps, schema_editor):
    # Django makes permissions after all migrations; these groups need them now.
    for label in ("articles", "authors", "images"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        for model, actions in rights.items():
            label, model_name = model.split(".")
            codenames = [f"{action}_{model_name}" for action in actions]
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
            )


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_versions_never_overlap"),
        ("authors", "0001_initial"),
        ("images", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(create_roles, remove_roles)]
