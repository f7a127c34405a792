"""Where the site is."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path):
    """The full address of a path of ours; "" stays "", and a full address stays what it is.

    It comes from SITE_URL, never from the Host header of whoever asks.
    """
    return urljoin(f"{settings.SITE_URL}/", path) if path else ""
