"""Pages that the processes of one machine share, and the locks by which only one of them makes a page.

The files are this server's own: a new start of it has a new folder, which nobody else may read or write.
"""

import fcntl
import os
import pickle
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

#: Locks, each for its share of all addresses.
LOCKS = 256
#: Seconds to wait for somebody else who makes the page, longer than that takes; and between two looks.
WAIT, STEP = 5, 0.005
#: After so many pages written, a process looks whether the oldest must go.
TIDY_EVERY = 200


class Shelf:
    """A folder with at most about `room` bytes of pages."""

    def __init__(self, folder, room):
        self.folder, self.room = Path(folder), room
        self._written = 0
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(LOCKS):
            (self.folder / f"{number}.lock").touch(mode=0o600)

    def get(self, key):
        """The page another process has put there, or None."""
        with suppress(OSError, EOFError, pickle.UnpicklingError, AttributeError):
            return pickle.loads(self._file(key).read_bytes())  # noqa: S301 (only this server can write there)
        return None

    def put(self, key, page):
        """Keep it for the others. A full disk is no reason to fail: each process then makes its own."""
        file = self._file(key)
        new = file.with_suffix(f".{os.getpid()}-{id(page)}")
        try:
            new.write_bytes(pickle.dumps(page, protocol=pickle.HIGHEST_PROTOCOL))
            new.replace(file)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
        self._written += 1
        if self._written % TIDY_EVERY == 0:
            self.tidy()

    @contextmanager
    def alone(self, key, *, wait=True):
        """Hold the lock of `key` in the block; gives False when another keeps it, at once when `wait` is off.

        A process that dies lets go of it, and for one that hangs nobody waits longer than WAIT. Where the folder is
        gone, everybody makes pages for themselves.
        """
        number = int.from_bytes(_digest(key)[:2], "big") % LOCKS
        with ExitStack() as opened:
            try:
                lock = opened.enter_context(open(self.folder / f"{number}.lock", "rb"))
                alone = _locked(lock, until=time.monotonic() + (WAIT if wait else 0))
            except OSError:
                alone = True
            yield alone

    def tidy(self):
        """Remove the pages that were written longest ago until the rest has room."""
        files = []
        for file in self.folder.glob("*.page"):
            with suppress(OSError):
                about = file.stat()
                files.append((about.st_mtime, about.st_size, file))
        taken = sum(size for _time, size, _file in files)
        for _time, size, file in sorted(files):
            if taken <= self.room * 0.8:
                break
            with suppress(OSError):
                file.unlink()
            taken -= size

    def _file(self, key):
        return self.folder / f"{_digest(key).hex()}.page"


def _locked(lock, *, until):
    """Whether this process got the lock before the time `until` of the clock that nobody sets."""
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(STEP)


def _digest(key):
    return blake2b(repr(key).encode(), digest_size=16).digest()


def new_folder(parent):
    """A fresh folder below `parent` for one start of the server; those of earlier starts are removed."""
    parent = Path(parent)
    shutil.rmtree(parent, ignore_errors=True)
    folder = parent / os.urandom(8).hex()
    folder.mkdir(mode=0o700, parents=True)
    return folder
