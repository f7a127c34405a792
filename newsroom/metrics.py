"""Numbers for Prometheus at /metrics, for whoever has METRICS_TOKEN. docs/operations.md says what each one means."""

import time
from bisect import bisect_left
from hmac import compare_digest
from pathlib import Path

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Min
from django.utils import timezone

from articles.next_change import next_change
from images.models import Image
from log.models import Entry
from newsroom.counters import Counters
from pagecache.patience import patience
from pagecache.watches import writes

ADDRESS = "/metrics"
TYPE = "text/plain; version=0.0.4; charset=utf-8"
DESK = "/admin/"

#: What the page cache says of an answer, in one word.
WAYS = {
    "newsroom; hit": "hit",
    "newsroom; hit; detail=being-renewed": "renewed",
    "newsroom; hit; detail=stale": "stale",
    "newsroom; fwd=miss; stored": "made",
    "newsroom; fwd=bypass": "bypass",
}
OUTSIDE = "outside"  # it said nothing: the desk, files, search
#: First digits of a status.
STATUSES = "2345"
#: Upper ends, in seconds, of the histogram's steps.
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
#: Answers that are timed: a page that was made, and the desk's. Hits are too quick to be worth it.
TIMED = ("page", "desk")

NAMES = (
    *[(way, status) for way in (*WAYS.values(), OUTSIDE) for status in STATUSES],
    *[(kind, step) for kind in TIMED for step in (*STEPS, "+Inf", "sum")],
)


class Metrics:
    """A WSGI layer that counts the answers of `app`."""

    def __init__(self, app, *, folder, token):
        self.app, self.token = app, token.encode()
        self.counters = Counters(folder, NAMES)

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == ADDRESS and self._may(environ):
            return self._show(start_response)
        began = time.perf_counter()

        def counted(status, headers, *rest):
            way = way_of(headers)
            self.counters.add((way, status[0]))
            if way in ("made", "bypass"):
                self._time("page", time.perf_counter() - began)
            elif way is OUTSIDE and path.startswith(DESK):
                self._time("desk", time.perf_counter() - began)
            return start_response(status, headers, *rest)

        return self.app(environ, counted)

    def _time(self, kind, seconds):
        step = bisect_left(STEPS, seconds)
        self.counters.add((kind, STEPS[step] if step < len(STEPS) else "+Inf"))
        self.counters.add((kind, "sum"), seconds)

    def _may(self, environ):
        """Whoever has not the token learns nothing, not even that there is something here."""
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        return compare_digest(given, b"Bearer " + self.token)

    def _show(self, start_response):
        try:
            asked = list(of_the_database())
        finally:
            close_old_connections()  # this is no request of Django's, which would do it
        body = "".join(f"{line}\n" for line in [*of_the_answers(self.counters.sums()), *asked]).encode()
        headers = [("Content-Type", TYPE), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start_response("200 OK", headers)
        return [body]


def way_of(headers):
    """How the page cache came to an answer; its header is among the last."""
    for name, value in reversed(headers):
        if name == "Cache-Status":
            return WAYS.get(value, OUTSIDE)
    return OUTSIDE


def of_the_answers(sums):
    """Lines about what was answered since the counters' file was made."""
    yield from _about(
        "newsroom_answers_total", "counter", "Answers by what the page cache did, and their status."
    )
    for way in (*WAYS.values(), OUTSIDE):
        for status in STATUSES:
            yield f'newsroom_answers_total{{cache="{way}",status="{status}xx"}} {sums[way, status]:.0f}'
    yield from _about(
        "newsroom_made_seconds", "histogram", "Time to make a readers' page, or an answer of the desk."
    )
    for kind in TIMED:
        below = 0
        for step in (*STEPS, "+Inf"):
            below += sums[kind, step]
            yield f'newsroom_made_seconds_bucket{{kind="{kind}",le="{step}"}} {below:.0f}'
        yield f'newsroom_made_seconds_sum{{kind="{kind}"}} {sums[kind, "sum"]:.6f}'
        yield f'newsroom_made_seconds_count{{kind="{kind}"}} {below:.0f}'


def of_the_database():
    """Lines about what the database says now; without one, that it does not answer."""
    began = time.perf_counter()
    try:
        with patience():
            known = _asked()
    except (DatabaseError, InterfaceError):
        known = {}
    yield from _gauge("newsroom_database_up", "1 while the database answers.", int(bool(known)))
    yield from _gauge("newsroom_database_seconds", "How long it took to ask it.", time.perf_counter() - began)
    for name, (said, number) in known.items():
        yield from _gauge(name, said, number)


def _asked():
    now = timezone.now()
    waiting = Image.objects.filter(progress=Image.Progress.WAITING)
    oldest = waiting.aggregate(oldest=Min("uploaded_at"))["oldest"]
    change = next_change(now)
    found = {
        "newsroom_writes": (
            "Writes to what readers' pages are made of, by the database's own count.",
            writes(),
        ),
        "newsroom_pictures_waiting": ("Pictures whose files for readers are not made yet.", waiting.count()),
        "newsroom_pictures_waiting_seconds": (
            "Age of the oldest of them.",
            (now - oldest).total_seconds() if oldest else 0,
        ),
        "newsroom_database_bytes": ("Size of the database.", _database_bytes()),
    }
    if connection.vendor == "sqlite":
        log = Path(f"{connection.settings_dict['NAME']}-wal")
        found["newsroom_database_log_bytes"] = (
            "Size of SQLite's write-ahead log.",
            log.stat().st_size if log.exists() else 0,
        )
    if acted := Entry.objects.order_by("-pk").values_list("at", flat=True).first():
        found["newsroom_clock_behind_seconds"] = (
            "How far this machine's clock is behind the last entry of the log.",
            max(0, (acted - now).total_seconds()),
        )
    if change:
        found["newsroom_next_change_seconds"] = (
            "Time until a version begins or ends by the clock.",
            (change - now).total_seconds(),
        )
    return found


def _database_bytes():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def _gauge(name, said, number):
    yield from _about(name, "gauge", said)
    yield f"{name} {number:.6f}".rstrip("0").rstrip(".")


def _about(name, kind, said):
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"
