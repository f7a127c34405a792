"""What is known of the newsroom right now: how many writes there were, and when the next thing begins or ends."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from pagecache.patience import PATIENCE, patience
from pagecache.watches import writes

#: Seconds for which one look at the database serves all requests of a process. A tenth of the promised second.
LOOK_EVERY = 0.1
#: Seconds without another try after the database did not answer.
BREAK = 3
#: How long pages are served that nobody can prove any more.
LAST_GOOD = timedelta(hours=24)


class Unknown(Exception):
    """The database does not answer just now, or did not a moment ago and is left alone for BREAK seconds."""


TROUBLE = (DatabaseError, InterfaceError, Unknown)


@dataclass(frozen=True)
class Standing:
    """Nothing was written after `written` writes; nothing begins or ends from `since` until just before `until`."""

    written: int
    since: datetime
    until: datetime | None

    def holds(self, now):
        return self.since <= now and (self.until is None or now < self.until)

    def proves(self, page, now):
        """Whether `page` is what would be made now."""
        return (
            page.written == self.written
            and self.since <= page.proved_at <= now
            and (page.until is None or now < page.until)
        )


class Lookout:
    """Keeps the Standing of one process. `next_change(now)` gives the next moment at which pages change, or None."""

    def __init__(self, next_change):
        self.next_change = next_change
        self._lock = threading.Lock()
        self._standing = None
        self._asked = None  # since when the database is being asked
        self._looked = float("-inf")  # by the clock that nobody sets
        self._failed = None  # by the same clock, when the last look got no answer

    def look(self):
        """The Standing now. Raises what the database raises, or Unknown while it is not asked again."""
        now = timezone.now()
        if self._is_fresh(now):
            return self._standing
        if not self._lock.acquire(timeout=self._wait()):
            raise Unknown
        try:
            if self._is_fresh(now):  # another thread has looked meanwhile
                return self._standing
            if self._failed and time.monotonic() - self._failed < BREAK:
                raise Unknown
            self._asked = began = time.monotonic()
            try:
                with patience():
                    self._standing = self._ask(now)
            except Exception:
                self._failed = time.monotonic()
                connection.close()  # perhaps it is lost, and no request of Django's will notice
                raise
            self._looked, self._failed = began, None
            return self._standing
        finally:
            self._asked = None
            self._lock.release()

    def is_out(self):
        """Whether the database is known not to answer; asks it again when it is time to."""
        if self._failed:
            with suppress(*TROUBLE):
                self.look()
        return bool(self._failed)

    def look_anew(self):
        """Ask the database at the next look: this process has perhaps written something."""
        self._looked = float("-inf")

    def last_good(self, page):
        """Whether `page` was right when the database was last heard of, and nothing has begun or ended since."""
        now, known = timezone.now(), self._standing
        return (
            known is not None
            and known.holds(now)
            and known.proves(page, now)
            and now - page.proved_at < LAST_GOOD
        )

    def _wait(self):
        """Seconds that a thread waits for another one's look: one that hangs holds up its thread, no other."""
        asked = self._asked
        if self._failed:
            return 0
        return PATIENCE if asked is None else max(0, asked + PATIENCE - time.monotonic())

    def _is_fresh(self, now):
        known = self._standing
        return known is not None and time.monotonic() - self._looked < LOOK_EVERY and known.holds(now)

    def _ask(self, now):
        known = self._standing
        written = writes()
        if known and written == known.written and known.holds(now):
            return known
        since = known.since if known and known.holds(now) else now
        return Standing(written, since, self.next_change(now))
