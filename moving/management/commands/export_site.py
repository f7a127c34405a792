"""Write the whole public site into a folder as plain files, or check such a folder or a mirror of it."""

import os
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moving.site.export import Refused, export
from moving.site.signing import NotTrue, own_key, read_public_key, verify


class Command(BaseCommand):
    help = (
        "Write the whole public site into FOLDER as plain files with relative links, for any web server, a mirror or a "
        "memory stick. The next time only what changed is written. With --verify, check such a folder, or the address "
        "of a mirror, against the signed list of its files."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", help="Where the files are; with --verify also an address.")
        parser.add_argument("--verify", action="store_true", help="Check instead of writing.")
        parser.add_argument("--key", help="A public key to check with (PEM); the newsroom's own without it.")
        parser.add_argument(
            "--address",
            default="",
            help="Where the files will be served, if not at SITE_URL: for feeds and sitemaps.",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count(),
            help="How many make pages at a time; as many as cores.",
        )

    def handle(self, *, folder, **options):
        try:
            if options["verify"]:
                self._verify(folder, options["key"])
            else:
                self._export(folder, options["address"], options["processes"])
        except (Refused, NotTrue) as error:
            raise CommandError(str(error)) from error

    def _export(self, folder, address, processes):
        self.began = perf_counter()
        key = own_key(settings.EXPORT_KEY)
        report = export(folder, key, address=address, processes=max(1, processes), tell=self._tell)
        seconds = perf_counter() - self.began
        if report.unchanged:
            self.stdout.write(
                f"Nothing has changed: {report.files:,} files, looked through in {seconds:.1f} seconds."
            )
            return
        self.stdout.write(
            f"{report.files:,} files in {Path(folder)}: {report.written:,} written, {report.removed:,} removed; "
            f"{report.made:,} pages and pictures made, {report.kept:,} known, in {seconds:.1f} seconds."
        )
        for problem in report.problems[:50]:
            self.stderr.write(problem)
        if report.problems:
            raise CommandError(
                f"{len(report.problems):,} addresses could not be written; the files are without them."
            )

    def _tell(self, report):
        if report.made % 1000 == 0:
            seconds = perf_counter() - self.began
            self.stdout.write(f"  {report.made:,} made, {report.made / seconds:.0f} a second")
            self.stdout.flush()

    def _verify(self, folder, key):
        content = Path(key).read_bytes() if key else None
        public = read_public_key(content) if content else own_key(settings.EXPORT_KEY).public_key()
        wrong = 0
        for sentence in verify(folder, public):
            wrong += 1
            self.stdout.write(sentence)
        if wrong:
            raise CommandError(f"{wrong:,} files are not what the newsroom signed.")
        self.stdout.write("Every file is what the newsroom signed.")
