"""The real servers over the scratch database, and how much memory one worker holds after it has served the pages."""

import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

#: As many requests at a time as deploy/gunicorn.conf.py has threads, so that each holds its own cache.
THREADS = 4
#: Seconds that the server may take to start.
PATIENCE = 30


def worker_memory(pages, *, environment, rounds):
    """Resident megabytes of a gunicorn worker after `rounds` of `pages`; None where there is no /proc.

    Memory that the worker shares with its parent counts in full, so that the figure errs to the high side.
    """
    if not Path("/proc/self/status").exists():
        return None
    with served(environment) as (process, port):
        with ThreadPoolExecutor(THREADS) as visitors:
            list(visitors.map(lambda page: _fetch(port, page.path), pages * rounds))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return max(_resident(pid) for pid in children)


#: What serves, each with the same variables.
PROGRAMS = {
    "gunicorn": ["gunicorn", "--config", "deploy/gunicorn.conf.py"],
    "granian": ["newsroom.granian_server"],
}


@contextmanager
def served(environment, *, workers=1, application="newsroom.wsgi:application", program="gunicorn"):
    """A server with so many workers: its process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**environment, "HOST": "127.0.0.1", "PORT": str(port)}
    environment["WEB_CONCURRENCY"] = str(workers)
    command = [sys.executable, "-m", *PROGRAMS[program], application]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)  # noqa: S603 (our own words)
    try:
        _wait_until_ready(process, port)
        yield process, port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_until_ready(process, port):
    for _attempt in range(PATIENCE * 10):
        if process.poll() is not None:
            break
        try:
            return _fetch(port, "/readyz")
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start; its own words are above.")


def _fetch(port, path):
    visitor = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        visitor.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = visitor.getresponse()
        response.read()
    finally:
        visitor.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")


def _resident(pid):
    """Megabytes of the process `pid` that lie in memory now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1_000_000
    raise RuntimeError(f"The worker {pid} is gone.")
