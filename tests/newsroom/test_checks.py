"""System checks for settings that start without complaint and go wrong later."""

from newsroom import checks


def ids(messages):
    return [message.id for message in messages]


def test_uploads_beside_code_are_an_error(settings, tmp_path):
    """An upload must not lie where Python would import it, however deep below the package."""
    (tmp_path / "__init__.py").touch()
    settings.MEDIA_ROOT = tmp_path / "deep" / "uploads"
    settings.ORIGINALS_ROOT = tmp_path / "originals"
    found = checks.uploads_outside_packages(None)
    assert ids(found) == ["newsroom.E001", "newsroom.E001"]
    assert str(tmp_path) in found[0].msg


def test_uploads_in_a_folder_of_their_own_are_fine(settings, tmp_path):
    """A folder without code needs no complaint."""
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    settings.ORIGINALS_ROOT = tmp_path / "originals"
    assert checks.uploads_outside_packages(None) == []


def test_production_needs_a_public_address(settings):
    """Links in feeds and mails are made from SITE_URL, so a path or plain http there is an error."""
    settings.LOCAL_TRIAL = False
    settings.SECRET_KEY = "k" * 50
    settings.ALLOWED_HOSTS = ["news.example.org"]
    for address in (
        "http://news.example.org",
        "news.example.org",
        "https://",
        "https://news.example.org/blog",
    ):
        settings.SITE_URL = address
        assert ids(checks.production_is_complete(None)) == ["newsroom.E002"], address
    settings.SITE_URL = "https://news.example.org"
    assert checks.production_is_complete(None) == []


def test_a_trial_may_be_careless(settings):
    """On one's own machine none of this matters."""
    settings.LOCAL_TRIAL = True
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert checks.production_is_complete(None) == []
