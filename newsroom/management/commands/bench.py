"""Time the readers' pages over a large archive, in a scratch database that is thrown away."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.core.management.base import BaseCommand
from django.db import connection

from newsroom.bench.archive import fill
from newsroom.bench.pages import measure, wanted_pages
from newsroom.bench.report import goals, table
from newsroom.bench.scratch import scratch_newsroom
from newsroom.bench.server import worker_memory

MARKS = {True: "met   ", False: "MISSED", None: "?     "}


class Command(BaseCommand):
    help = (
        "Time the readers' pages over a large archive, in a scratch database that is thrown away afterwards."
    )
    requires_migrations_checks = False
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, default=100_000, help="How many are live (100,000).")
        parser.add_argument("--rounds", type=int, default=31, help="Visits of each page that count (31).")

    def handle(self, *, stories, rounds, **options):
        with (
            TemporaryDirectory(prefix="newsroom-bench-") as folder,
            scratch_newsroom(Path(folder)) as environment,
        ):
            self._load(stories)
            pages = wanted_pages()
            measure(pages, rounds=rounds)
            megabytes = worker_memory(pages, environment=environment, rounds=rounds)
        self.stdout.write("\n".join(["", *table(pages), ""]))
        for met, goal in goals(pages, megabytes):
            self.stdout.write(f"{MARKS[met]}  {goal}")

    def _load(self, stories):
        began = perf_counter()
        database = connection.settings_dict["NAME"]
        self.stdout.write(f"Loading {stories:,} stories into {database}, {connection.display_name}")
        fill(stories, progress=self._tell)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # what its autovacuum would have done within a minute
        self.stdout.write(f"  in {perf_counter() - began:.0f} seconds; now visiting each page in turns")

    def _tell(self, done):
        if done % 10_000 == 0:
            self.stdout.write(f"  {done:,}")
            self.stdout.flush()
