"""The newsroom's own settings in a local trial, with files far from any newsroom's data."""

import os
import tempfile

os.environ["LOCAL_TRIAL"] = "yes"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

# Hashed names need collectstatic first, and slow hashing protects real passwords only.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in production: tables in memory know no waiting, and an open form asks while another page is loaded.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

STATIC_ROOT.mkdir(parents=True)  # whitenoise looks there at its start
