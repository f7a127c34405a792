"""Parts of pages as they were made before: a card stands on many pages, and most of a page outlives its changes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from pagecache import moment


@dataclass(frozen=True)
class Part:
    """What was made at a moment, and the first time after that at which it would be different, or None."""

    made: object
    at: datetime
    until: datetime | None

    def holds(self, at):
        return self.at <= at and (self.until is None or at < self.until)


class Parts:
    """At most `most` parts, the last used longest. The key of a part is all that it is made of, but for the clock."""

    def __init__(self, most):
        self.most = most
        self._lock = threading.Lock()
        self._parts = OrderedDict()

    def get(self, key, at, make):
        """What `make()` gives for `key` at the moment `at`, or gave before if it would come out the same."""
        with self._lock:
            part = self._parts.get(key)
            if part:
                self._parts.move_to_end(key)
        if part is None or not part.holds(at):
            with moment.making(at) as page:
                part = Part(make(), at, page.until)
            with self._lock:
                self._parts[key] = part
                if len(self._parts) > self.most:
                    self._parts.popitem(last=False)
        if part.until:
            moment.reached(part.until, at)  # the page that it stands on is another one then, too
        return part.made

    def clear(self):
        with self._lock:
            self._parts.clear()
