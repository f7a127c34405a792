"""A database of its own for the bench, empty and thrown away afterwards, beside the newsroom's or below a folder."""

import os
import secrets
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings


@contextmanager
def scratch_newsroom(folder):
    """Point Django at an empty database and at static files and pictures below `folder`.

    Yields the environment of a server for them. On SQLite the database is a file in `folder`; elsewhere it is
    a new one on the server of DATABASE_URL, whose user must be allowed to create it.
    """
    own = connection.settings_dict["NAME"]
    sqlite = connection.vendor == "sqlite"
    name = str(folder / "bench.sqlite3") if sqlite else f"bench_{secrets.token_hex(4)}"
    connection.settings_dict["TEST"]["NAME"] = name
    environment = {**os.environ, "VAR_DIR": str(folder), "LOCAL_TRIAL": "yes"}
    address = urlsplit(os.environ.get("DATABASE_URL") or "sqlite:")
    environment["DATABASE_URL"] = (
        f"sqlite:///{name}" if sqlite else address._replace(path=f"/{name}").geturl()
    )
    storage = "django.core.files.storage.FileSystemStorage"
    originals = {"location": folder / "originals", "base_url": None}
    files = {
        "STATIC_ROOT": folder / "static",
        "MEDIA_ROOT": folder / "uploads",
        "STORAGES": {
            **settings.STORAGES,
            "default": {"BACKEND": storage},
            "originals": {"BACKEND": storage, "OPTIONS": originals},
        },
    }
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        with override_settings(**files):
            call_command("collectstatic", interactive=False, verbosity=0)
            yield environment
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)
