"""Write the whole newsroom, the desk's side included, into one file and a folder of pictures."""

from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from moving.format.write import write


class Command(BaseCommand):
    help = (
        "Write the whole newsroom, the desk's side included, as JSON Lines into FILE, and with --media the files of "
        "its pictures into a folder. import_articles reads it in elsewhere. docs/format.md says what stands in it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="Where the records go: newsroom.jsonl")
        parser.add_argument("--media", metavar="FOLDER", help="Where the files of the pictures go.")

    def handle(self, *, file, media, **options):
        self.told = monotonic()
        try:
            written = write(file, media, tell=self._tell)
        except OSError as error:
            raise CommandError(str(error)) from error
        for name, count in written.records.items():
            self.stdout.write(f"{count:9,}  {name}")
        self.stdout.write(
            f"All of it is in {Path(file)}: nobody but the newsroom may read it, drafts are in it."
        )
        if media:
            self.stdout.write(f"{written.files:,} files of pictures are in {Path(media)}.")
        else:
            self.stdout.write("The files of the pictures are not with it: --media names a folder for them.")
        for name in written.missing[:20]:
            self.stderr.write(f"Missing: {name}")
        if written.missing:
            self.stderr.write(f"{len(written.missing):,} files of pictures are missing.")

    def _tell(self, written):
        if monotonic() - self.told > 10:
            self.told = monotonic()
            self.stdout.write(f"  {sum(written.records.values()):,} records")
            self.stdout.flush()
