"""The pages a process holds ready, the last used longest."""

import threading
from collections import OrderedDict


class Memory:
    """At most `room` bytes of pages."""

    def __init__(self, room):
        self.room = room
        self._lock = threading.Lock()
        self._pages = OrderedDict()
        self._taken = 0

    def __len__(self):
        return len(self._pages)

    def get(self, key):
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key, page):
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._taken += page.size
            while self._taken > self.room:
                self._drop(next(iter(self._pages)))

    def _drop(self, key):
        page = self._pages.pop(key, None)
        if page is not None:
            self._taken -= page.size
