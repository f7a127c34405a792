"""The server as in production over the test's own database, and readers who visit it all the time."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tests.servers import database_url

ROOT = Path(__file__).parents[2]
PATIENCE = 60
#: In the place of a status: no answer on a connection that was kept, and on a new one.
CLOSED, LOST = "closed", "lost"
#: For /metrics.
TOKEN = "a token of this server alone"


COMMANDS = {
    "gunicorn": ["gunicorn", "--config", "deploy/gunicorn.conf.py", "newsroom.wsgi"],
    "granian": ["newsroom.granian_server"],
    "dying": ["gunicorn", "--config", "deploy/gunicorn.conf.py", "tests.pagecache.dying"],
}


class Server:
    """gunicorn or granian as in production, with two processes; or one whose processes may be told to die."""

    def __init__(self, program="gunicorn", **environment):
        self.program = program
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "WEB_THREADS": "8",
            "PAGE_CACHE": "yes",
            "LOG_FORMAT": "json",
            "METRICS_TOKEN": TOKEN,
            "SECRET_KEY": settings.SECRET_KEY,  # who is signed in in the test is there, too
            **environment,
        }
        command = [sys.executable, "-m", *COMMANDS[program]]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)  # noqa: S603 (our own words)
        self._wait()

    def _wait(self):
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)  # another process starts; there is no clock of ours to move
        raise RuntimeError("The server did not start; its own words are above.")

    def get(self, path, method="GET", body=None, **headers):
        """(status, headers, text) of one visit on a connection of its own."""
        visitor = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            visitor.request(method, path, body, headers)
            response = visitor.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            visitor.close()

    def post(self, path, data, **headers):
        """The same for a form with `data`."""
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        return self.get(path, "POST", urlencode(data), **headers)

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children]

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


def signed_in(person):
    """The headers of a browser in which this person is signed in, with the token of its forms."""
    browser, token = Client(), "t" * 32
    browser.force_login(person)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookies, "X-CSRFToken": token}


@contextmanager
def readers_of(server, address, *, count=4):
    """Readers who visit again and again during the block: a list of (when they asked, status, text).

    Half of them keep their connection, as browsers and proxies do. Whose kept connection is closed just when they
    ask, asks once more on a new one, as HTTP wants it (RFC 9112, 9.3.1); the list has CLOSED for it.
    """
    visits, stop = [], threading.Event()

    def read(stays):
        visitor = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        while not stop.is_set():
            asked, kept = time.monotonic(), visitor.sock is not None
            try:
                visitor.request("GET", address)
                response = visitor.getresponse()
                status, text = response.status, response.read().decode()
            except (OSError, HTTPException):  # a process was killed while it answered
                status, text = CLOSED if kept else LOST, ""
            if not stays or status in (CLOSED, LOST):
                visitor.close()
            visits.append((asked, status, text))
        visitor.close()

    threads = [threading.Thread(target=read, args=[number % 2 == 0]) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield visits
    finally:
        stop.set()
        for thread in threads:
            thread.join()
