"""Every test of this folder keeps its files to itself and needs no collected static files."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "originals", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return tmp_path


@pytest.fixture
def all_files(own_files):
    """A function: every file below uploads and originals, as a sorted list of paths."""
    return lambda: sorted(path for path in own_files.rglob("*") if path.is_file())


@pytest.fixture
def desk(client, db):
    """A function that signs a member of staff in with the named permissions and returns the client."""

    def sign_in(*codenames):
        user = get_user_model().objects.create_user("desk", password="a long enough word", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return sign_in
