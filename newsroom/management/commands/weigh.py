"""Weigh the readers' pages of the demo newsroom, served by the real server over a scratch database."""

import gzip
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test import override_settings

from newsroom.bench.scratch import scratch_newsroom
from newsroom.bench.server import PATIENCE, served
from newsroom.weight import goals, lead_pictures, table, wanted, weigh

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


class Command(BaseCommand):
    help = (
        "Weigh one readers' page of each kind, with the demo newsroom in a scratch database that is thrown away "
        "afterwards. Ends with 1 when one is heavier than its budget."
    )
    requires_migrations_checks = False
    requires_system_checks = []

    def handle(self, **options):
        with (
            TemporaryDirectory(prefix="newsroom-weight-") as folder,
            scratch_newsroom(Path(folder)) as environment,
            override_settings(VAR_DIR=Path(folder)),
        ):
            call_command("load_demo", verbosity=0, stdout=self.stdout)
            with served(environment) as (_process, port):
                line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                weights = [weigh(name, path, _over(line)) for name, path in wanted()]
                leads = lead_pictures(_over(line))
                line.close()
        self.stdout.write("\n".join(["", *table(weights), ""]))
        results = list(goals(weights, leads))
        for met, goal in results:
            self.stdout.write(f"{'met   ' if met else 'MISSED'}  {goal}")
        if not all(met for met, _goal in results):
            raise CommandError("A page is heavier than its budget.")


def _over(line):
    """fetch(path) over an open line: (bytes of the body as they came, the body unpacked)."""

    def fetch(path):
        line.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        response = line.getresponse()
        body = response.read()
        if response.status != 200:
            raise CommandError(f"{path} answered {response.status}")
        return len(body), UNPACK.get(response.headers["Content-Encoding"], bytes)(body)

    return fetch
