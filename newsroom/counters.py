"""Numbers that the processes of one machine count together.

Each process has a place of its own in one file that all of them hold in memory, so counting waits for nobody and is
seen at once. The system lets go of a place when its process ends, however it ends; what was counted there stays, and
the next process goes on from it. So a sum never falls, and nothing has to be swept.
"""

import fcntl
import logging
import mmap
import os
import threading
from array import array
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

logger = logging.getLogger(__name__)

#: Processes that can count at the same time; those beyond count for themselves, and nobody sees it.
PLACES = 64
#: Bytes of one number, a double: whole up to 2**53.
NUMBER = 8


class Counters:
    """Counts under each of `names`, in a file below `folder` that outlives the server. Other names have another one."""

    def __init__(self, folder, names):
        self._at = {name: position for position, name in enumerate(names)}
        self._file = Path(folder) / f"{blake2b(repr(names).encode(), digest_size=6).hexdigest()}.counts"
        self._all = None
        self._forget_place()
        os.register_at_fork(after_in_child=self._forget_place)

    def add(self, name, number=1):
        with self._lock:
            if self._mine is None:
                self._mine = self._take_place()
            self._mine[self._at[name]] += number

    def sums(self):
        """{name: what all processes have counted, those that are gone too}."""
        with self._lock:
            numbers = self._open()
        return {name: sum(numbers[position :: len(self._at)]) for name, position in self._at.items()}

    def _forget_place(self):
        """A child process has a place of its own."""
        self._lock, self._mine = threading.Lock(), None

    def _take_place(self):
        size = len(self._at)
        try:
            numbers = self._open()
            for place in range(PLACES):
                with suppress(BlockingIOError, PermissionError):  # another process has it
                    fcntl.lockf(
                        self._opened,
                        fcntl.LOCK_EX | fcntl.LOCK_NB,
                        size * NUMBER,
                        place * size * NUMBER,
                    )
                    return numbers[place * size : (place + 1) * size]
            logger.error("More than %s processes count; this one is not seen.", PLACES)
        except OSError:
            logger.exception("What this process counts is not seen.")
        return array("d", [0] * size)

    def _open(self):
        """All places of all processes, as doubles one after the other. Raises OSError."""
        if self._all is None:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Never closed: the system would let go of this process's place.
            self._opened = open(self._file, "a+b")  # noqa: SIM115
            # Room that is there for certain: a full disk would end a process that writes into memory without any.
            os.posix_fallocate(self._opened.fileno(), 0, PLACES * len(self._at) * NUMBER)
            self._all = memoryview(mmap.mmap(self._opened.fileno(), 0)).cast("d")
        return self._all
