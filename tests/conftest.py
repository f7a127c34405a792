"""What every test has: a temporary place for files, plain static files, and the visitors."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import SimpleTestCase
from django.test.signals import setting_changed

from articles.parts import PARTS
from log.triggers import SQLITE


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks no database says the same about any: .ci/run does not repeat it on the second one."""
    for item in items:
        of_django = issubclass(item.cls or object, SimpleTestCase)
        if not of_django and not item.get_closest_marker("django_db") and "db" not in item.fixturenames:
            item.add_marker("any_database")


def empty_log():
    """What only a database's owner can do: lift the trigger that refuses it, and lay it again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER log_entry_no_DELETE")
            cursor.execute("DELETE FROM log_entry")
            cursor.execute(SQLITE.format(verb="DELETE"))
        else:
            cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER USER")
            cursor.execute("TRUNCATE log_entry")
            cursor.execute("ALTER TABLE log_entry ENABLE TRIGGER USER")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """For every test the roles are there, which migrations made, and the log is empty.

    A test whose transactions are real ends by emptying the tables, and the next one in the same process may be any:
    processes take tests from one another. That takes the roles along, and leaves the log, which nothing empties.
    """

    def right(permission):
        return permission.content_type.app_label, permission.codename

    with django_db_blocker.unblock():
        roles = {
            group.name: {right(permission) for permission in group.permissions.select_related("content_type")}
            for group in Group.objects.all()
        }
    last = [config for config in apps.get_app_configs() if config.models_module][-1]

    def make_again(**kwargs):
        permissions = list(Permission.objects.select_related("content_type"))
        for name, rights in roles.items():
            group, made = Group.objects.get_or_create(name=name)
            if made:
                group.permissions.set([found for found in permissions if right(found) in rights])
        empty_log()

    post_migrate.connect(make_again, sender=last, weak=False)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test has its own uploads and originals."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "originals", "base_url": None},
        },
    }


@pytest.fixture(autouse=True)
def no_parts_of_other_settings():
    """What a page's parts are made of stays as long as a process does, but for settings in a test."""
    PARTS.clear()
    setting_changed.connect(_clear)
    yield
    setting_changed.disconnect(_clear)


def _clear(**changed):
    PARTS.clear()


@pytest.fixture
def person(db, django_user_model):
    """person("Editor") makes a member of staff in that group; person() one in none; "Chief" may everything."""

    def make(group=None, **fields):
        number = django_user_model.objects.count() + 1
        user = django_user_model.objects.create_user(
            fields.pop("username", f"person-{number}"), password="a long password", is_staff=True, **fields
        )
        if group == "Chief":
            user.is_superuser = True
            user.save()
        elif group:
            user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def editor(person):
    return person("Editor", first_name="Ines", last_name="Calder")


@pytest.fixture
def desk(client, editor):
    """A browser session signed in as an editor."""
    client.force_login(editor)
    return client
