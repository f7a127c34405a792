"""What a cached page is compared with: the same bytes from a bare WSGI callable, and from a view that does nothing.

BENCH_ANSWERS names the file with the headers and the bytes of each page, as newsroom.bench.cached wrote it. The server
loads `bare` or `constant` in the place of newsroom.wsgi.
"""

import os
import pickle
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup(set_prefix=False)  # for gunicorn's configuration, which looks for pictures that wait

#: path -> (headers, body)
ANSWERS = pickle.loads(Path(os.environ.get("BENCH_ANSWERS", os.devnull)).read_bytes() or pickle.dumps({}))  # noqa: S301 (our own file)


def bare(environ, start_response):
    """No more than gunicorn demands."""
    headers, body = ANSWERS[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]


def answer(request):
    headers, body = ANSWERS[request.path]
    return HttpResponse(body, headers=dict(headers))


urlpatterns = [re_path("", answer)]


def constant():
    """Django with the newsroom's settings, every middleware, and one view."""
    settings.ROOT_URLCONF = __name__
    return WSGIHandler()
