"""Bring in a newsroom that export_newsroom wrote, or the stories of one."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from moving.format.files import Wrong
from moving.format.read import Refused, read


class Command(BaseCommand):
    help = (
        "Bring in what export_newsroom wrote. Into an empty newsroom it comes as it was, so that every public page is "
        "the same; into another comes what that does not have, and stories that went on in the file. All of it, or "
        "with a mistake in the file nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="The records: newsroom.jsonl")
        parser.add_argument("--media", metavar="FOLDER-OR-ZIP", help="The files of the pictures.")
        parser.add_argument("--dry-run", action="store_true", help="Do all of it, report, and keep nothing.")

    def handle(self, *, file, media, dry_run, **options):
        self.told = monotonic()
        try:
            with open(file, "rb") as opened:
                result = read(opened, media, dry_run=dry_run, tell=self._tell)
        except (Refused, Wrong, OSError) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.stdout.write("      new    updated  unchanged")
        for name in dict.fromkeys([*result.new, *result.updated, *result.known]):
            numbers = result.new[name], result.updated[name], result.known[name]
            self.stdout.write("  ".join(f"{number:9,}" for number in numbers) + f"  {name}")
        if result.left:
            self.stdout.write(f"{len(result.left):,} stories refused:")
        for sentence in result.left:
            self.stdout.write(sentence)
        if dry_run:
            self.stdout.write("Nothing was kept: this was a rehearsal.")

    def _tell(self, result):
        if monotonic() - self.told > 10:
            self.told = monotonic()
            self.stdout.write(f"  {result.new.total() + result.known.total():,} records")
            self.stdout.flush()
