"""Serves the newsroom by granian, with the variables of deploy/gunicorn.conf.py: `SERVER=granian make run`.

docs/operations.md says when to take it.
"""

import multiprocessing
import os
import sys
from pkgutil import resolve_name

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from newsroom.processes import as_one_begins, before_they_part, save_memory

#: Seconds for which a process that is to end finishes its answers.
GRACEFUL = 30
#: Seconds that a new process gets to answer before the one in its place ends.
OVERLAP = 1


def serve(target):
    save_memory()
    # Loaded once, before the processes part, so that they share its memory and the folder of finished pages.
    application = resolve_name(target)
    multiprocessing.set_start_method("fork")

    def load(_target):
        as_one_begins()
        return application

    before_they_part()
    Granian(
        target,
        address=os.environ.get("HOST") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8000),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # nginx speaks no other to it
        workers=int(os.environ.get("WEB_CONCURRENCY") or 2),
        blocking_threads=int(os.environ.get("WEB_THREADS") or 4),
        respawn_failed_workers=True,
        respawn_interval=OVERLAP,
        workers_kill_timeout=GRACEFUL,
        # No line per request: it would name the reader.
        log_access=False,
        log_level=LogLevels.error,
    ).serve(target_loader=load)


if __name__ == "__main__":
    serve(sys.argv[1] if len(sys.argv) > 1 else "newsroom.wsgi:application")
