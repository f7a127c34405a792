"""The thread that works beside the requests, with real threads, processes and locks."""

import os
import signal
import subprocess
import sys
import threading
from queue import Queue

import pytest
from django_tasks import task
from django_tasks.backends.base import BaseTaskBackend

from images.turns import turn
from newsroom.background import Line, OneThread

SECONDS = 10
ran = Queue()
may_end = threading.Event()


@task
def name_the_thread(word):
    ran.put((word, threading.get_ident()))


@task
def wait_for_the_test():
    ran.put(("waiting", threading.get_ident()))
    may_end.wait(SECONDS)


@task
def fail():
    raise RuntimeError("as it sometimes happens")


@pytest.fixture
def backend():
    """A backend of the newsroom's own kind; what a test left waiting is let go."""
    may_end.clear()
    yield OneThread("default", {})
    may_end.set()


def test_a_task_runs_beside_the_one_who_asked(backend):
    """The answer does not wait for it; it says that the task is ready to run."""
    result = backend.enqueue(name_the_thread, ["far"], {})
    word, thread = ran.get(timeout=SECONDS)
    assert (result.status, word) == ("READY", "far")
    assert thread != threading.get_ident()


def test_tasks_run_one_after_the_other_and_none_is_doubled(backend):
    """While one runs the next waits, and asking for it again adds nothing."""
    backend.enqueue(wait_for_the_test, [], {})
    assert ran.get(timeout=SECONDS)[0] == "waiting"
    for word in ("one", "two", "one", "two"):
        backend.enqueue(name_the_thread, [word], {})
    assert ran.empty()
    may_end.set()
    assert [ran.get(timeout=SECONDS)[0] for _ in range(2)] == ["one", "two"]
    backend.enqueue(name_the_thread, ["last"], {})
    assert ran.get(timeout=SECONDS)[0] == "last"


def test_a_task_that_fails_does_not_stop_the_next(backend, caplog):
    """It is logged."""
    backend.enqueue(fail, [], {})
    backend.enqueue(name_the_thread, ["next"], {})
    assert ran.get(timeout=SECONDS)[0] == "next"
    assert "tests.newsroom.test_background.fail" in caplog.text


def test_a_backend_that_fails_does_not_stop_the_thread(caplog):
    """Whatever breaks, the next call is made, and a new one finds a thread."""
    line, done = Line(), Queue()
    for word in ("first", "second"):
        line.add(f"broken {word}", lambda: 1 / 0)
        line.add(word, lambda word=word: done.put(word))
        assert done.get(timeout=SECONDS) == word
    assert "ZeroDivisionError" in caplog.text


def test_with_a_worker_nothing_runs_here():
    """The task is accepted, because the worker looks by itself."""
    backend = OneThread("default", {"OPTIONS": {"here": False}})
    assert isinstance(backend, BaseTaskBackend)
    assert backend.enqueue(name_the_thread, ["nowhere"], {}).status == "READY"
    assert ran.empty()


HOLDER = "from images.turns import turn\nwith turn('encoding'):\n    print('mine', flush=True); input()"


def test_a_turn_ends_with_its_holder_however_it_ends(settings, tmp_path):
    """Another process waits for it, and gets it when the holder is killed."""
    settings.VAR_DIR = tmp_path
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "VAR_DIR": str(tmp_path)}
    holder = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLDER],
        cwd=settings.BASE_DIR,
        env={**environment, "LOCAL_TRIAL": "yes"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    mine = threading.Event()

    def wait():
        with turn("encoding"):
            mine.set()

    try:
        assert holder.stdout.readline() == "mine\n"
        waiter = threading.Thread(target=wait)
        waiter.start()
        assert not mine.wait(0.2)
        holder.send_signal(signal.SIGKILL)
        assert mine.wait(SECONDS)
        waiter.join()
    finally:
        holder.kill()
        holder.communicate()


def test_two_threads_of_one_process_take_turns_too(settings, tmp_path):
    """The lock belongs to the open file, not to the process."""
    settings.VAR_DIR = tmp_path
    inside, most, guard = [], [], threading.Lock()

    def work():
        with turn("checking"):
            with guard:
                inside.append(1)
                most.append(len(inside))
            with guard:
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
