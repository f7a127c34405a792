"""How a page is timed: through the whole application, without a network between."""

from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: Rounds before the clock counts: templates compiled, files of the database in memory.
WARM_UP = 3
#: Calls that fill one piece of Python's memory for calls, about; and a step that visits all parts of it soon.
FRAMES, STRIDE = 120, 37


@dataclass
class Timed:
    """Something that was done many times: milliseconds by the clock, and of this process's work; queries of one time.

    The work hardly grows when others use the machine. It leaves out what another process does, such as PostgreSQL.
    """

    name: str
    queries: int = 0
    times: list = field(default_factory=list)
    work: list = field(default_factory=list)

    def do(self, what):
        """Call `what`, note how long it took and return its answer."""
        began, worked = perf_counter(), process_time()
        answer = what()
        self.times.append((perf_counter() - began) * 1000)
        self.work.append((process_time() - worked) * 1000)
        return answer

    @property
    def ms(self):
        return median(self.times)

    @property
    def own(self):
        return median(self.work)

    @property
    def slow(self):
        """What 95 of a hundred times stayed below."""
        return quantiles(self.times, n=20, method="inclusive")[-1] if len(self.times) > 1 else self.ms

    ratio = None


@dataclass
class Page(Timed):
    """One address, visited in turns with others."""

    path: str = ""
    first: "Page | None" = None  # the first page of the list, when this is one deep in it

    @property
    def ratio(self):
        """How much more this page costs than the first of its list; None for a first page."""
        return self.ms / self.first.ms if self.first else None


def measure(pages, client, *, rounds):
    """Visit `pages` in turns, `rounds` times each after a warm-up, and note in each what it cost."""
    for _round in range(WARM_UP):
        for page in pages:
            _visit(client, page)
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            _visit(client, page)
        page.queries = len(captured)
    for number in range(rounds):
        for page in pages:
            _from_depth(number * STRIDE % FRAMES, lambda page=page: page.do(lambda: _visit(client, page)))


def _from_depth(frames, work):
    """Call `work` that many calls deeper. Each round begins elsewhere, so that the median is a usual depth.

    Python gets the memory of calls in pieces of 16 KB. Where a piece happens to end in a page's busiest template,
    each small call gets the next piece and gives it back: the time of a list doubled at unlucky depths.
    """
    return _from_depth(frames - 1, work) if frames else work()


def _visit(client, page):
    response = client.get(page.path, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{page.path} answered {response.status_code}")
