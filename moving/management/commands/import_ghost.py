"""Bring in the export of a Ghost site."""

from moving.ghost.source import GhostSource
from moving.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Bring in a Ghost export: posts, pages, authors, tags and pictures. It may be run again."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--permalinks", default="", help="How addresses looked, if not /slug/: “/{year}/{month}/{slug}/”."
        )

    def source(self, file, options):
        return GhostSource(file, site=options["site"], permalinks=options["permalinks"])
