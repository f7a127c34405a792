"""Bring in the export of a WordPress site."""

from moving.importing.command import ImportCommand
from moving.importing.mapping import read_mapping
from moving.wordpress.source import WordPressSource


class Command(ImportCommand):
    help = "Bring in a WordPress export (WXR): posts, pages, pictures, authors, categories, tags. It may be run again."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--kinds", default="", help="Kinds of items beside posts and pages, with commas: news,article."
        )
        parser.add_argument("--revisions", action="store_true", help="Keep what stories said before.")

    def source(self, file, options):
        mapping = read_mapping(options["mapping"]) if options["mapping"] else None
        return WordPressSource(
            file,
            site=options["site"],
            kinds=[kind.strip() for kind in options["kinds"].split(",") if kind.strip()],
            fields=mapping.fields if mapping else {},
            with_revisions=options["revisions"],
        )
