"""For machines: is this process alive, and fit to serve readers? For people: sign out everywhere."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import log
from newsroom.sessions import end_sessions, sessions_ended

logger = logging.getLogger(__name__)


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
        logger.exception("readyz: the database does not answer")
        return _plain("not ready: the database does not answer", status=503)
    if waiting:
        return _plain("not ready: migrations are waiting", status=503)
    return _plain("ok")


def _plain(text, status=200):
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


@login_required
@require_POST
@transaction.atomic
def sign_out_everywhere(request):
    """End every other session of one's own account; this browser stays signed in."""
    ended = end_sessions(user=request.user, keep=request.session.session_key)
    log.write(
        "account.signed-out-everywhere",
        by=request.user,
        subject=request.user,
        text=sessions_ended(ended),
        data={"sessions": ended},
    )
    messages.success(request, _("Every other browser is signed out of your account."))
    return redirect("mfa_index")
