"""Answers for machines: is this process alive, and is it fit to serve readers?"""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request):
    """200 while the process answers at all. Asks nobody else, so that a slow database restarts no worker."""
    return _plain("ok")


@never_cache
@require_safe
def readyz(request):
    """200 when the database answers and has every migration of this code; else 503 with one sentence."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        log.exception("readyz: the database does not answer")
        return _plain("not ready: the database does not answer", status=503)
    if waiting:
        return _plain("not ready: migrations are waiting", status=503)
    return _plain("ok")


def _plain(text, status=200):
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
