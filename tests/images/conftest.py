"""What the tests of pictures share."""

import errno

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage


@pytest.fixture
def all_files(tmp_path):
    """A function: every file below uploads and originals, as a sorted list of paths."""
    return lambda: sorted(path for path in tmp_path.rglob("*") if path.is_file())


@pytest.fixture
def staff(client, person):
    """A function that signs a member of staff in with the named permissions and returns the client."""

    def sign_in(*codenames):
        user = person(username="desk")
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return sign_in


class FullDisk(FileSystemStorage):
    """Takes `room` more files; the next one is written to its half. `dead`, it does nothing at all afterwards."""

    room = 0
    dead = False

    def _save(self, name, content):
        if FullDisk.room == 0:
            super()._save(name, ContentFile(b"half of it"))
            FullDisk.broken = self.dead
            raise OSError(errno.ENOSPC, "No space left on device")
        FullDisk.room -= 1
        return super()._save(name, content)

    def delete(self, name):
        if FullDisk.broken:
            raise OSError(errno.EIO, "Input/output error")
        super().delete(name)


@pytest.fixture
def full_disk(settings):
    """full_disk(room=2): from now on both storages share a disk with room for two more files."""

    def fill(*, room=0, dead=False):
        FullDisk.room, FullDisk.dead, FullDisk.broken = room, dead, False
        backend = f"{FullDisk.__module__}.{FullDisk.__qualname__}"
        settings.STORAGES = {
            name: {**options, "BACKEND": backend} if name != "staticfiles" else options
            for name, options in settings.STORAGES.items()
        }

    return fill
