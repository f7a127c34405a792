"""Runs tasks beside the requests, in the server's own processes: the default set-up needs no worker.

Tasks of this project are calls to look: what is to be done stands in the database (pictures that wait for their
renditions). So a task that is lost with its process is no loss, and nothing here has to be kept.
"""

import logging
import os
import threading
from contextlib import suppress
from functools import partial

from django.db import connections
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)

#: Added to the background thread's niceness, so that readers' requests get the processor first.
NICER = 5


class OneThread(ImmediateBackend):
    """A task backend: one thread per process, one task after the other. A task that waits already is not doubled.

    With OPTIONS {"here": False} nothing runs here, because a worker process looks by itself.
    """

    def enqueue(self, task, args, kwargs):
        self.validate_task(task)
        if self.options.get("here", True):
            line.add((task, args, kwargs), partial(super().enqueue, task, args, kwargs))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


class Line:
    """Calls that wait for the thread, which exists only while there are any."""

    def __init__(self):
        self.guard = threading.Lock()
        self.waiting = {}
        self.at_work = False

    def add(self, key, call):
        with self.guard:
            self.waiting.setdefault(repr(key), call)
            if not self.at_work:
                self.at_work = True
                # A daemon: whoever stops the server does not wait for two hundred pictures.
                threading.Thread(target=self.work, name="background", daemon=True).start()

    def work(self):
        with suppress(AttributeError, OSError):  # on Linux each thread has a niceness of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICER)
        while call := self.next():
            try:
                call()  # which logs what a task raises
            except Exception:
                logger.exception("The task backend failed.")
            finally:
                connections.close_all()

    def next(self):
        with self.guard:
            if not self.waiting:
                self.at_work = False
                return None
            return self.waiting.pop(next(iter(self.waiting)))


line = Line()
os.register_at_fork(after_in_child=line.__init__)  # a child has none of its parent's threads
