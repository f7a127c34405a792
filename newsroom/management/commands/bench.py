"""Time the readers' pages, the desk and its pictures over a large archive, in a scratch database thrown away."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client

from newsroom.bench.archive import fill
from newsroom.bench.autosave import measure_autosave
from newsroom.bench.browser import NoChromium, chromium, measure_writing
from newsroom.bench.cached import ROUNDS, NoWrk, measure_cached, measure_changes
from newsroom.bench.desk_pages import story_form, wanted_lists
from newsroom.bench.desk_story import PASSWORD, desk_person, write_story
from newsroom.bench.library import fill_library, wanted_library_pages
from newsroom.bench.moving import measure_exports
from newsroom.bench.moving_in import measure_moving_in, moving_in_goals, moving_in_table
from newsroom.bench.pages import search_pages, wanted_pages
from newsroom.bench.report import (
    cached_goals,
    cached_table,
    changes_goals,
    desk_goals,
    exports_table,
    library_goals,
    readers_goals,
    table,
    upload_goals,
    writing_goals,
)
from newsroom.bench.scratch import scratch_newsroom
from newsroom.bench.server import served, worker_memory
from newsroom.bench.uploads import measure_many, measure_upload
from newsroom.bench.visits import measure

MARKS = {True: "met   ", False: "MISSED", None: "?     "}
#: Autosaves for each round, so that their 95th of a hundred means something.
AUTOSAVES = 4
#: Publications of one story while readers visit it.
CHANGES = 200
#: Stories around the pictures when only those are timed; large pictures that are timed one by one.
FEW, UPLOADS = 5000, 5


class Command(BaseCommand):
    help = (
        "Time the readers' pages and the desk over a large archive, in a scratch database that is thrown away "
        "afterwards."
    )
    requires_migrations_checks = False
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, default=100_000, help="How many there are (100,000).")
        parser.add_argument("--rounds", type=int, default=31, help="Visits of each page that count (31).")
        parser.add_argument(
            "--only",
            choices=["readers", "cache", "desk", "pictures", "moving"],
            help="One part instead of all.",
        )
        parser.add_argument("--uploads", type=int, default=200, help="Pictures that come in in one go (200).")

    def handle(self, *, stories, rounds, only, uploads, **options):
        with (
            TemporaryDirectory(prefix="newsroom-bench-") as folder,
            scratch_newsroom(Path(folder)) as environment,
        ):
            # Stories are only what stands around the pictures when nothing else is timed.
            self._load(
                min(stories, FEW) if only == "pictures" else stories, searchable=only in (None, "desk")
            )
            if only in (None, "readers"):
                self._readers(rounds, environment)
            if only in (None, "cache"):
                self._cache(rounds, environment, folder)
            if only in (None, "desk"):
                self._desk(rounds, environment)
            if only in (None, "pictures"):
                self._pictures(stories, rounds, uploads, environment)
            if only == "moving":  # of 100,000 stories it takes longer than all the rest together
                self._moving(Path(folder))
                self._moving_in(environment, Path(folder))

    def _load(self, stories, *, searchable):
        began = perf_counter()
        database = connection.settings_dict["NAME"]
        self.stdout.write(f"Loading {stories:,} stories into {database}, {connection.display_name}")
        fill(stories, searchable=searchable, progress=self._tell)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # what its autovacuum would have done within a minute
        self.stdout.write(f"  in {perf_counter() - began:.0f} seconds; now visiting each page in turns")

    def _tell(self, done):
        if done % 10_000 == 0:
            self.stdout.write(f"  {done:,}")
            self.stdout.flush()

    def _readers(self, rounds, environment):
        pages = wanted_pages() + search_pages()
        measure(pages, _visitor(), rounds=rounds)
        megabytes = worker_memory(pages, environment=environment, rounds=rounds)
        self._report("readers' page", pages, readers_goals(pages, megabytes))

    def _cache(self, rounds, environment, folder):
        pages = [page for page in wanted_pages() if page.first is None]
        try:
            targets = measure_cached(pages, environment, folder, rounds=min(rounds, ROUNDS))
        except NoWrk as missing:
            self.stdout.write(f"{MARKS[None]}  cached pages: {missing}")
        else:
            self.stdout.write("\n".join(["", *cached_table(targets), ""]))
            self._goals(cached_goals(targets))
        waits, visits = measure_changes(environment, changes=min(CHANGES, 10 * rounds))
        self._goals(changes_goals(waits, visits))

    def _desk(self, rounds, environment):
        person = desk_person()
        story = write_story(person)
        visitor = _visitor()
        visitor.force_login(person)
        lists, form = wanted_lists(person), story_form(story)
        measure([*lists, form], visitor, rounds=rounds)
        autosave = measure_autosave(visitor, story, times=rounds * AUTOSAVES)
        self._report("the desk, on the server", [*lists, form, autosave], desk_goals(lists, autosave))
        try:
            with chromium() as browser, served(environment) as (_process, port):
                site = f"http://127.0.0.1:{port}"
                names = {"username": person.username, "password": PASSWORD}
                writing = measure_writing(browser, site, story.pk, rounds=rounds, **names)
        except NoChromium as missing:
            self.stdout.write(f"{MARKS[None]}  the story form in a browser: {missing}")
        else:
            self._report("the story form in Chromium", writing.rows, writing_goals(writing))

    def _pictures(self, pictures, rounds, uploads, environment):
        began = perf_counter()
        in_many = fill_library(pictures, progress=self._tell)
        self.stdout.write(f"{pictures:,} pictures in {perf_counter() - began:.0f} seconds")
        visitor, person = _visitor(), desk_person()
        visitor.force_login(person)
        pages = wanted_library_pages(in_many)
        measure(pages, visitor, rounds=rounds)
        self._report("the library", pages, library_goals(pages))
        if not uploads:
            return
        # Somebody signed in here is signed in there as well.
        with served({**environment, "SECRET_KEY": settings.SECRET_KEY}) as (process, port):
            rows = measure_upload(person, process, port, times=min(rounds, UPLOADS))
            megabytes, seconds = measure_many(person, process, port, pictures=uploads)
        self._report("uploads", rows, upload_goals(*rows, megabytes, uploads))
        self.stdout.write(f"        {uploads} pictures came in and were made in {seconds:.0f} seconds")

    def _moving(self, folder):
        runs = measure_exports(folder)
        self.stdout.write("\n".join(["", *exports_table(runs), ""]))

    def _moving_in(self, environment, folder):
        rows = measure_moving_in(environment, folder, clock=perf_counter)
        self.stdout.write("\n".join(["", *moving_in_table(rows), ""]))
        self._goals(moving_in_goals(rows))

    def _report(self, heading, rows, goals):
        self.stdout.write("\n".join(["", *table(heading, rows), ""]))
        self._goals(goals)

    def _goals(self, goals):
        for met, goal in goals:
            self.stdout.write(f"{MARKS[met]}  {goal}")
        self.stdout.flush()


def _visitor():
    """Asks as a browser does: by the site's name, and for a compressed answer."""
    return Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname, HTTP_ACCEPT_ENCODING="gzip")
