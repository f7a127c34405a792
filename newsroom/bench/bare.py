"""What a cached page is compared with: the same bytes from a bare WSGI callable, and from a view that does nothing.

BENCH_ANSWER names the file with a cached page's headers, as JSON, and its body below them. gunicorn loads `bare` or
`constant` in the place of newsroom.wsgi.
"""

import json
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup(set_prefix=False)  # for gunicorn's configuration, which looks for pictures that wait

HEAD, _, BODY = Path(os.environ.get("BENCH_ANSWER", os.devnull)).read_bytes().partition(b"\n")
HEADERS = [tuple(pair) for pair in json.loads(HEAD or b"[]")]


def bare(environ, start_response):
    """No more than gunicorn demands."""
    start_response("200 OK", HEADERS)
    return [BODY]


def answer(request):
    return HttpResponse(BODY, headers=dict(HEADERS))


urlpatterns = [re_path("", answer)]


def constant():
    """Django with the newsroom's settings, every middleware, and one view."""
    settings.ROOT_URLCONF = __name__
    return WSGIHandler()
