"""The whole public site as plain files in a folder, and the next time only what has changed.

A page is kept as the page cache keeps it (docs/decisions/0060-a-page-keeps-its-questions.md): with the questions it
asked the database and a fingerprint of the answers. The next export asks each question once more, however many pages
asked it, and makes those pages whose answers are others.
"""

import pickle
from array import array
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from heapq import heappop, heappush
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import OldAddress, PublishedVersion
from articles.next_change import next_change
from images.cursors import read_cursor
from moving.site.cursors import Cursors
from moving.site.files import NOT_FOUND, SEARCH, address_of
from moving.site.folder import files_below, remove, write_whole
from moving.site.pages import Made, Maker
from moving.site.search_files import search_files
from moving.site.signing import (
    LIST,
    NAMES,
    PUBLIC_KEY,
    SIGNATURE,
    NotTrue,
    contents,
    names_and_digests,
    public_half,
)
from moving.site.state import State
from pagecache.questions import answer
from pagecache.watches import watched, writes

#: An export in whose time somebody wrote is done again, so often at most.
PASSES = 3
#: Questions asked by one process at a time, pages made before they are noted.
QUESTIONS, NOTED = 500, 100
#: What pages are made of besides the database. A change of it makes all pages anew.
MADE_BY = (
    "articles",
    "authors",
    "images",
    "pagecache",
    "moving",
    "newsroom",
    "templates",
    "static",
    "locale",
)
SAID = (
    "SITE_NAME",
    "SITE_TAGLINE",
    "SITE_URL",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "FEED_HUB",
    "MEDIA_URL",
    "STATIC_URL",
)


class Refused(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass
class Report:
    """What an export did: numbers of pages and files, and a sentence for each address that could not be written."""

    made: int = 0
    written: int = 0
    kept: int = 0
    removed: int = 0
    files: int = 0
    unchanged: bool = False
    problems: list = field(default_factory=list)


def export(folder, key, *, address="", processes=1, tell=lambda report: None):
    """Bring the files in `folder` up to this moment and sign their list with `key`; a Report.

    `address` is where the files will be served, for feeds and sitemaps, which need full addresses; the site's own
    when left out. Whoever is killed in here leaves whole files, and the next export goes on. Raises Refused.
    """
    folder = Path(folder)
    ours = _ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    state = State(folder.with_name(f"{folder.name}.state"))
    try:
        report = Report()
        for _pass in range(PASSES):
            written = writes()
            _Pass(folder, state, report, address.rstrip("/") or settings.SITE_URL, processes, tell).run(
                key, ours
            )
            if writes() == written:
                break
        return report
    finally:
        state.close()


def _ours(folder):
    """The names of the files in the folder that an export wrote. Raises Refused for somebody else's folder."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    if folder.with_name(f"{folder.name}.state").exists() and not (folder / LIST).exists():
        return set()  # the first export was killed
    try:
        return {*names_and_digests((folder / LIST).read_bytes()), *NAMES}
    except (OSError, NotTrue) as error:
        raise Refused(
            _("%(folder)s holds files that no export wrote. Name an empty folder, or a new one.")
            % {"folder": folder}
        ) from error


class _Pass:
    """One look at the whole site, at one moment."""

    def __init__(self, folder, state, report, address, processes, tell):
        self.folder, self.state, self.report, self.address = folder, state, report, address
        self.processes, self.tell = processes, tell
        self.at, self.written = timezone.now(), writes()

    def run(self, key, ours):
        made_by = _made_by(self.address)
        if self.state.about("made_by") != made_by:
            self.state.doubt(all_pages=True)
            self.state.note(made_by=made_by, complete="")
        there = files_below(self.folder)
        self.state.doubt(self.at, files=there)
        if self._nothing_happened(there):
            self.report.unchanged = True
            self.report.files = self.report.kept = len(there) - len(NAMES)
            return
        self.state.note(complete="")
        ours = {*ours, *(name for name, _digest in self.state.files())}
        maker = Maker(
            self.folder,
            self.at,
            origin=settings.SITE_URL,
            media=default_storage.url("x")[:-1],
            address=self.address,
            cursors=Cursors(self.state.every_address()),
            watched=frozenset(watched()),
        )
        with _workers(maker, self.processes) as submit:
            self._ask(submit)
            reached = self._crawl(submit)
        reached |= self._search_files()
        self.state.forget_others(reached)
        self.state.forget_questions()
        self._remove(ours)
        self._sign(key)
        change = next_change(self.at)
        ends = [change.astimezone(UTC).isoformat() if change else "", self.state.next_end()]
        self.state.note(written=str(self.written), until=min(filter(None, ends), default=""), complete="yes")

    def _nothing_happened(self, there):
        """Whether all is as the last export left it: no write, no moment passed, no file touched."""
        state = self.state
        until = state.about("until")
        return (
            state.about("complete") == "yes"
            and state.about("written") == str(self.written)
            and (not until or self.at.isoformat() < until)
            and state.all_good()
            and set(NAMES) <= set(there)
        )

    def _ask(self, submit):
        """Ask all questions again, and doubt the pages whose answers are others now."""
        waiting = deque(submit(_changed, batch) for batch in self.state.questions(QUESTIONS))
        answers = {}
        while waiting:
            answers |= waiting.popleft().result()
        self.state.doubt_by(answers)

    def _crawl(self, submit):
        """Make every page that is not as it should be, from the front page on; the numbers of all there are.

        The later pages of all lists come last, whichever begins with the newest story first: so the lists show the
        same stories at the same time, and a card that was drawn for one of them is there for the others.
        """
        numbers = (self.state.number_of(address) for address in self._seeds())
        todo, later, reached, running = list(numbers), [], set(), deque()
        reached.update(todo)
        while todo or later or running:
            while todo and len(running) < 4 * self.processes:
                address, good, leads_to = self.state.page(number := todo.pop())
                if good:
                    self.report.kept += 1
                    todo += self._new(leads_to, reached)
                elif place := read_cursor(address.partition("?before=")[2]):
                    heappush(later, (-place[0].timestamp(), number, address))
                else:
                    running.append((number, submit(_make, address)))
            while later and not todo and len(running) < 4 * self.processes:
                _turn, number, address = heappop(later)
                running.append((number, submit(_make, address)))
            if running:
                number, future = running.popleft()
                todo += self._new(self._keep(number, future.result()), reached)
        self.state.database.commit()
        return reached

    def _new(self, numbers, reached):
        new = [number for number in dict.fromkeys(numbers) if number not in reached]
        reached.update(new)
        return new

    def _keep(self, number, made):
        """Note what was made; the numbers of the addresses it leads to."""
        report = self.report
        if made.problem:
            # What is there stays, and what it leads to: better an old page than none. The next export tries again.
            report.problems.append(made.problem)
            return self.state.page(number)[2]
        leads_to = array("Q", (self.state.number_of(address) for address in made.leads_to))
        self.state.keep(made, leads_to)
        report.made += 1
        report.written += made.written
        if report.made % NOTED == 0:
            self.state.database.commit()
            self.tell(report)
        return leads_to

    def _seeds(self):
        """Addresses that nothing leads to, all that stories have or had, and those of the former site."""
        yield from [
            "/",
            f"/{NOT_FOUND}",
            "/robots.txt",
            SEARCH,
            *map(reverse, ("sitemap", "news-sitemap", "lite", "lite-feed")),
        ]
        public = PublishedVersion.objects.filter(visible_from__lte=self.at)
        for slug in public.values_list("slug", flat=True).distinct().order_by("slug").iterator():
            yield PublishedVersion(slug=slug).get_absolute_url()
            yield reverse("lite-story", args=[slug])
        for path in OldAddress.objects.values_list("path", flat=True).iterator():
            if place := address_of(quote(path)):
                yield place[0]

    def _search_files(self):
        reached = set()
        for name, content in search_files(self.at):
            made = Made(f"/{name}", file=name)
            reached.add(self.state.number_of(made.address))
            made.written, made.sha256, made.size, made.changed = write_whole(self.folder / name, [content])
            self.report.written += made.written
            self.state.keep(made, array("Q"))
        return reached

    def _remove(self, ours):
        """Remove what the last export wrote and this one has not; what somebody else put there stays."""
        wanted = {*NAMES, *(name for name, _digest in self.state.files())}
        for name in sorted(ours - wanted):
            remove(self.folder, name)
            self.report.removed += 1

    def _sign(self, key):
        """Write the list and its signature, unless the list of last time says the same."""
        files = list(self.state.files())
        self.report.files = len(files)
        heading = f"{settings.SITE_NAME} {settings.SITE_URL} {self.at:%Y-%m-%dT%H:%M:%SZ}"
        listed = contents(heading, files)
        known = self.folder / LIST
        old = known.read_bytes() if known.exists() else b""
        public = public_half(key)
        signed_so = (self.folder / PUBLIC_KEY).exists() and (self.folder / PUBLIC_KEY).read_bytes() == public
        if (
            signed_so
            and old.partition(b"\n")[2] == listed.partition(b"\n")[2]
            and (self.folder / SIGNATURE).exists()
        ):
            return
        write_whole(self.folder / PUBLIC_KEY, [public])
        write_whole(self.folder / SIGNATURE, [key.sign(listed)])
        write_whole(known, [listed])


def _made_by(address):
    """A fingerprint of the code, the templates and the settings that pages are made by."""
    said = sha256(address.encode())
    for name in SAID:
        said.update(f"{name}={getattr(settings, name)}".encode())
    files = chain.from_iterable((settings.BASE_DIR / part).rglob("*") for part in MADE_BY)
    for path in sorted(path for path in files if path.is_file() and path.suffix != ".pyc"):
        said.update(f"{path}".encode() + path.read_bytes())
    return said.hexdigest()


# --- In the processes that make pages ------------------------------------------------------------------------

_maker = None


def _begin(maker):
    global _maker
    _maker = maker


def _make(address):
    return _maker.make(address)


def _changed(questions):
    """{number: answer} of those questions whose answer is another now."""
    found = {}
    with connection.cursor() as cursor:
        for number, sql, parameters, known in questions:
            said = answer(cursor, sql, pickle.loads(parameters), _maker.at)  # noqa: S301 (our own notes)
            if said != known:
                found[number] = said
    return found


class _workers:
    """`with _workers(maker, n) as submit`: submit(function, argument) gives something with a result()."""

    def __init__(self, maker, processes):
        self.maker, self.pool = maker, None
        if processes > 1:
            connections.close_all()
            self.pool = ProcessPoolExecutor(
                processes, mp_context=get_context("fork"), initializer=_begin, initargs=[maker]
            )

    def __enter__(self):
        if self.pool:
            return self.pool.submit
        global _maker
        _maker = self.maker
        return _Here

    def __exit__(self, *error):
        if self.pool:
            self.pool.shutdown(cancel_futures=True)


class _Here:
    """Done at once, in this process."""

    def __init__(self, function, argument):
        self._result = function(argument)

    def result(self):
        return self._result
