"""What `make run` tells a newcomer once everything is in place."""

import json

import pytest
from django.contrib.auth import get_user_model

from newsroom.management.commands import prepare


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.SITE_URL = "http://127.0.0.1:8001"
    return tmp_path


@pytest.mark.django_db
def test_an_empty_newsroom_says_how_to_make_the_first_account():
    """Without the demo nobody can sign in yet."""
    text = "\n".join(prepare.welcome())
    assert "http://127.0.0.1:8001/admin/" in text
    assert "manage.py createsuperuser" in text


@pytest.mark.django_db
def test_demo_accounts_that_exist_are_listed(var):
    """Accounts of a demo that was deleted are not offered."""
    accounts = [
        {"username": "editor", "password": "red-herring", "role": "Editor"},
        {"username": "gone", "password": "old-hat", "role": "Reporter"},
    ]
    (var / "demo-accounts.json").write_text(json.dumps(accounts))
    get_user_model().objects.create_user("editor")
    text = "\n".join(prepare.welcome())
    assert "editor     red-herring   Editor" in text
    assert "old-hat" not in text
    assert "createsuperuser" not in text
