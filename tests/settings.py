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

# At once, so that a test sees what became of it. tests/newsroom/test_background.py has the real one.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# A file, as in production: tables in memory know no waiting, and an open form asks while another page is loaded.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

# A test's commit need not survive a power cut.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

STATIC_ROOT.mkdir(parents=True)  # whitenoise looks there at its start
