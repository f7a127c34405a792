"""What the import commands have in common: their options, the report, and how they end."""

import sys
from contextlib import closing
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from moving.importing.mapping import Mapping, read_mapping
from moving.importing.media import Media
from moving.importing.report import Report
from moving.importing.run import Options, bring_in


class ImportCommand(BaseCommand):
    """A command that brings in one file. Subclasses open their source in `source`."""

    def add_arguments(self, parser):
        parser.add_argument("file", help="The export; it may be packed with gzip or ZIP.")
        parser.add_argument(
            "--media", metavar="FOLDER-OR-ZIP", help="Where the pictures are that came with it."
        )
        parser.add_argument(
            "--fetch",
            action="store_true",
            help="Fetch pictures that are not there from their addresses on the web.",
        )
        parser.add_argument(
            "--mapping", metavar="FILE.toml", help="Which category or tag becomes which section."
        )
        parser.add_argument("--site", default="", help="The old site's address, such as https://example.org.")
        parser.add_argument("--dry-run", action="store_true", help="Do all of it, report, and keep nothing.")
        parser.add_argument(
            "--drafts", action="store_true", help="Make nothing public: everything comes as a draft."
        )
        parser.add_argument("--by", metavar="USERNAME", help="The account that the stories are saved by.")
        parser.add_argument(
            "--report", metavar="FILE", help="Where the report goes; .txt and .html are added (var/moving/…)."
        )

    def handle(self, *, file, **options):
        try:
            report = self.bring(file, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except (OSError, BadZipFile) as error:
            raise CommandError(str(error)) from error
        path = self.keep(report, options["report"])
        self.stdout.write(report.as_text())
        self.stdout.write(f"{path.with_suffix('.html')}")

    def bring(self, file, options):
        with closing(self.source(file, options)) as source:
            return self.bring_from(source, file, options)

    def bring_from(self, source, file, options):
        media = Media(options["media"], fetching=options["fetch"])
        mapping = read_mapping(options["mapping"]) if options["mapping"] else Mapping()
        report = Report(f"{source.system}: {Path(file).name}, {timezone.localtime():%Y-%m-%d %H:%M}.")
        report.dry_run = options["dry_run"]
        wanted = Options(
            media=media,
            mapping=mapping,
            by=account(options["by"]),
            dry_run=options["dry_run"],
            drafts_only=options["drafts"],
            revisions=options.get("revisions", False),
            terminal=sys.stderr if options["verbosity"] else None,
        )
        bring_in(source, wanted, report)
        return report

    def source(self, file, options):
        """The source that reads `file`."""
        raise NotImplementedError

    def keep(self, report, place):
        """Write the report down, as text and as a page, and return the path without its ending."""
        if place is None:
            place = settings.VAR_DIR / "moving" / f"{timezone.localtime():%Y-%m-%d-%H%M%S}"
        path = Path(place).with_suffix("")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".txt").write_text(report.as_text(), encoding="utf-8")
        path.with_suffix(".html").write_text(report.as_html(), encoding="utf-8")
        return path


def account(username):
    """The account with this name, or None for no name. Raises CommandError."""
    if not username:
        return None
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no account {username}.")
    return user
