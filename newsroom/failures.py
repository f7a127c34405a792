"""What people get when something fails: a page that needs nothing, and that says what became of what they sent."""

import errno
import sqlite3
import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render

from newsroom.middleware import DESK

#: Seconds after which somebody who asks by themself may ask again.
AGAIN = 5
#: What a system says that has no room, or whose disk does not take what is written.
OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
#: The same as databases say it.
OF_SQLITES_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
OF_POSTGRESQLS_DISK = {"53100", "58030"}


def server_error(request):
    """500, or for what will pass: 503 while the database does not answer, 507 while the disk takes nothing.

    Nothing of what was sent is stored then: every act is one transaction.
    """
    status = status_of(sys.exc_info()[1])
    is_read = request.method in ("GET", "HEAD")
    context = {"is_desk": request.path.startswith(DESK), "is_read": is_read, "is_disk": status == 507}
    response = render(request, "500.html" if status == 500 else "503.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status != 500:
        response.headers["Retry-After"] = str(AGAIN)
    return response


def status_of(error):
    """The status of an answer that failed with `error`."""
    cause = error.__cause__
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        return 507
    if getattr(cause, "sqlstate", None) in OF_POSTGRESQLS_DISK:
        return 507
    if getattr(cause, "sqlite_errorcode", 0) & 0xFF in OF_SQLITES_DISK:  # what is above says more of where
        return 507
    return 503 if isinstance(error, OperationalError | InterfaceError) else 500
