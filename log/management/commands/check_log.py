"""Follow the chain of the log from its first entry to its last and name every link that is broken."""

from django.core.management.base import BaseCommand, CommandError

from log.chain import broken_links
from log.models import Entry


class Command(BaseCommand):
    help = "Check that no entry of the log was changed, removed or put in. Ends with an error if one was."

    def add_arguments(self, parser):
        parser.add_argument(
            "--known",
            metavar="HASH",
            help="A hash this command printed earlier: says so if it is gone, which means the end was cut off.",
        )

    def handle(self, *, known, **options):
        entries = Entry.objects.order_by("pk")
        broken = 0
        for entry, reason in broken_links(entries.iterator(chunk_size=1000)):
            broken += 1
            self.stdout.write(f"Entry {entry.pk}: {reason}.")
        if known and not entries.filter(hash=known).exists():
            broken += 1
            self.stdout.write(f"No entry has the hash {known}: entries are missing at the end.")
        if broken:
            raise CommandError(f"The log is not what was written: {broken} broken link(s).")
        last = entries.last()
        self.stdout.write(
            f"{entries.count()} entries, unbroken." + (f" Last hash: {last.hash}" if last else "")
        )
