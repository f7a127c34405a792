"""The WSGI callable that gunicorn serves."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup(set_prefix=False)

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 (after the settings are there)

from newsroom.observed import observed  # noqa: E402
from newsroom.page_cache import behind_page_cache  # noqa: E402

application = observed(behind_page_cache(WSGIHandler()))
