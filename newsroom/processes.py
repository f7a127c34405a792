"""What either server, gunicorn or granian, does around the start of its processes."""

import ctypes
import gc
from contextlib import suppress
from importlib import import_module

from django.db import connections


def save_memory():
    """Let the C library keep two stocks of free memory instead of one for each thread.

    Two do as well, and a process that has handled pictures in many threads stays about half as large (`make bench`
    measures it).
    """
    with suppress(AttributeError):  # another C library than glibc
        ctypes.CDLL(None).mallopt(-8, 2)  # M_ARENA_MAX


def before_they_part():
    """Share no database connection between processes, and keep the shared memory shared."""
    connections.close_all()
    gc.freeze()


def as_one_begins():
    """Go on with the pictures that a process which was killed has left waiting for their files."""
    # Models can be imported only now that the application is loaded.
    import_module("images.tasks").make_waiting.enqueue()
    connections.close_all()  # this thread only listens
