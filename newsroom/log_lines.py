"""What a line of the operators' log says: never who reads what, and as JSON also which request it belongs to."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from random import getrandbits

#: A proxy's own number for a request is taken over when it looks like this, so that both logs speak of the same one.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}").fullmatch
_QUERY = re.compile(r"(?<=\S)\?\S+")

_request = ContextVar("request", default=None)


class RequestIds:
    """A WSGI layer: every line written during a request has its id, and the answer says it (X-Request-ID)."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        given = environ.get("HTTP_X_REQUEST_ID", "")
        own = given if WELL_FORMED(given) else f"{getrandbits(96):024x}"  # noqa: S311 (a name, no secret)

        def start(status, headers, *rest):
            return start_response(status, [*headers, ("X-Request-ID", own)], *rest)

        # It stays after the answer, for what the server itself says about it; the thread's next request has its own.
        _request.set(own)
        return self.app(environ, start)


class WithoutQueries(logging.Filter):
    """Leaves out what stands behind the question mark of an address: what a reader searched for is their own business.

    Django names paths alone; a server that could not handle a request names its whole address.
    """

    def filter(self, record):
        record.msg, record.args = _QUERY.sub("?", record.getMessage()), None
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: time in UTC, level, logger, message; request, status and exception if there are any."""

    def format(self, record):
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": _request.get(),
            "status": getattr(record, "status_code", None),
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in said.items() if value is not None})
