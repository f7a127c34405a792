"""Finished pages against the same bytes from less: requests a second, in turns, by wrk."""

import pickle
import re
import shutil
import subprocess
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from django.utils import timezone

from articles import workflow
from articles.models import Article, PublishedVersion
from newsroom.bench.server import served

CONNECTIONS = 16
SECONDS = 2
ROUNDS = 5
CONSTANT = "a view that does nothing"
#: Readers who visit all the time while stories change, each by a connection that stays open.
READERS = 8


class NoWrk(Exception):
    """The program wrk, which asks fast enough, is not here."""


@dataclass
class Target:
    """One server and address that are asked as fast as they answer."""

    name: str
    program: str  # "gunicorn" or "granian"
    port: int
    path: str
    process: subprocess.Popen
    bare: object = (
        None  # the Target that sends the same bytes and does nothing else; itself, if it is such a one
    )
    rates: list = field(default_factory=list)  # requests a second, one for each round
    costs: list = field(default_factory=list)  # milliseconds of all its processes' work for a request

    @property
    def rate(self):
        return median(self.rates)

    @property
    def cost(self):
        return median(self.costs)


def measure_cached(pages, environment, folder, *, rounds=ROUNDS):
    """The Targets: each of `pages` from the page cache and bare, and the first by a view that does nothing.

    Under granian too where it is installed, without the view.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise NoWrk("install wrk to compare cached pages with bare bytes")
    answers = Path(folder) / "answers"
    environment = {**environment, "BENCH_ANSWERS": str(answers)}
    answers.touch()
    with ExitStack() as servers:

        def serve(program, application):
            started = served(environment, workers=2, program=program, application=application)
            return servers.enter_context(started)

        targets = []
        for program in ("gunicorn", "granian") if find_spec("granian") else ("gunicorn",):
            process, port = serve(program, "newsroom.wsgi:application")
            paths = ["/readyz", *(page.path for page in pages)]  # the first for whoever waits until it is up
            answers.write_bytes(pickle.dumps({path: _fetch(port, path) for path in paths}))
            bare_process, bare_port = serve(program, "newsroom.bench.bare:bare")
            for page in pages:
                bare = Target(f"{page.name}, bare", program, bare_port, page.path, bare_process)
                bare.bare = bare
                targets += [Target(f"{page.name}, cached", program, port, page.path, process, bare), bare]
        process, port = serve("gunicorn", "newsroom.bench.bare:constant()")
        targets.append(Target(CONSTANT, "gunicorn", port, pages[0].path, process, targets[1]))
        for _round in range(rounds):
            for target in targets:
                _ask(wrk, target)
    return targets


def _fetch(port, path):
    """A page's headers and body."""
    visitor = HTTPConnection("127.0.0.1", port)
    visitor.request("GET", path, headers={"Accept-Encoding": "br"})
    response = visitor.getresponse()
    body = response.read()
    visitor.close()
    of_the_server = ("Server", "Date", "Connection")
    return [pair for pair in response.getheaders() if pair[0] not in of_the_server], body


def _ask(wrk, target):
    """wrk takes one thread; what the server's processes work meanwhile is read from /proc."""
    worked = _work(target.process)
    address = f"http://127.0.0.1:{target.port}{target.path}"
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: br"]
    said = subprocess.run([wrk, *options, address], capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in said:
        raise RuntimeError(f"{target.name}: {said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    target.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))
    target.costs.append((_work(target.process) - worked) * 1000 / requests)


def _work(process):
    """Seconds of work of a server's processes so far."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    ticks = 0
    for pid in children:
        about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(about[11]) + int(about[12])
    return ticks / 100  # USER_HZ, which Linux fixes for programs


def measure_changes(environment, *, changes):
    """Publish one story again and again while readers visit it: milliseconds until each change was the only answer.

    Returns (that list, number of visits).
    """
    version = PublishedVersion.objects.live(timezone.now()).newest_first().first()
    story = Article.objects.get(pk=version.article_id)
    visits, stop = [], threading.Event()

    def read(port):
        visitor = HTTPConnection("127.0.0.1", port)
        while not stop.is_set():
            asked = time.perf_counter()
            visitor.request("GET", version.get_absolute_url())
            text = visitor.getresponse().read().decode()
            visits.append((asked, int(re.search(r"<h1[^>]*>\s*Edition (\d+)", text)[1])))

    def publish(number):
        article = Article.objects.get(pk=story.pk)
        article.headline = f"Edition {number}"
        workflow.save(article=article, by=None)
        workflow.publish(article=article, by=None, kind="update")
        return time.perf_counter()

    with served(environment, workers=2) as (_process, port):
        publish(0)
        time.sleep(1)
        readers = [threading.Thread(target=read, args=[port]) for _number in range(READERS)]
        for reader in readers:
            reader.start()
        moments = []
        for number in range(1, changes + 1):
            moments.append(publish(number))
            time.sleep(0.3)
        time.sleep(1)
        stop.set()
        for reader in readers:
            reader.join()
    waits = []
    for number, moment in enumerate(moments, 1):
        late = [asked for asked, shown in visits if shown < number and asked > moment]
        waits.append((max(late, default=moment) - moment) * 1000)
    return waits, len(visits)
