"""What the tests of pictures share."""

import pytest
from django.contrib.auth.models import Permission


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
