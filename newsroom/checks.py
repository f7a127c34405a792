"""System checks: settings that start without complaint and go wrong later. `manage.py check` runs them."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error

#: Fewer characters than this can be guessed; Django's own generator makes 50.
SECRET_KEY_LENGTH = 50


def uploads_outside_packages(app_configs, **kwargs):
    """newsroom.E001: a file uploaded as tests.py must never lie where Python would import it."""
    folders = {"Renditions": settings.MEDIA_ROOT, "Originals": settings.ORIGINALS_ROOT}
    return [
        Error(
            f"{what} would be stored in {folder}, which is inside the Python package {package}.",
            hint="Point VAR_DIR at a folder that holds no code, for example var/ or /var/lib/newsroom.",
            id="newsroom.E001",
        )
        for what, folder in folders.items()
        if (package := _package_around(Path(folder)))
    ]


def production_is_complete(app_configs, **kwargs):
    """newsroom.E002: values that are there, so that the site starts, but that no public site may have."""
    if settings.LOCAL_TRIAL:
        return []
    return [Error(problem, hint=hint, id="newsroom.E002") for problem, hint in _production_problems()]


def _production_problems():
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname or site.path or site.query or site.fragment:
        yield (
            f"SITE_URL is {settings.SITE_URL!r}, which is not the address of a public site.",
            "Write scheme and name alone, for example SITE_URL=https://news.example.org",
        )
    if len(settings.SECRET_KEY) < SECRET_KEY_LENGTH:
        yield (
            f"SECRET_KEY is shorter than {SECRET_KEY_LENGTH} characters, so sessions could be forged.",
            "deploy/env.example says how to make one.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield (
            "ALLOWED_HOSTS lets the site answer to any name, so a forged one could end up in its links.",
            "Leave ALLOWED_HOSTS empty to answer to the name in SITE_URL alone, or list the names.",
        )


def _package_around(folder):
    """The nearest folder from `folder` upwards that is a Python package, or None."""
    folder = folder.resolve()
    return next((place for place in (folder, *folder.parents) if (place / "__init__.py").exists()), None)
