"""Bring in a feed, or items of an agency, as drafts."""

from pathlib import Path

from django.core.exceptions import ValidationError

from moving.importing.command import ImportCommand
from moving.importing.fetching import NotFetched, fetch
from moving.wire.items import read
from moving.wire.source import WireSource

#: Bytes of a feed.
MOST = 20_000_000


class Command(ImportCommand):
    help = "Bring in RSS, Atom, ninjs or NewsML-G2, from an address or a file, as drafts. Run it by a timer."

    def source(self, file, options):
        options["drafts"] = True  # whatever was asked for: nothing of a wire is public by itself
        if file.startswith(("http://", "https://")):
            try:
                content = fetch(file, most=MOST, accept="*/*").read()
            except NotFetched as why:
                raise ValidationError(str(why)) from why
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MOST + 1)
        if len(content) > MOST:
            raise ValidationError(f"A feed has at most {MOST} bytes.")
        return WireSource(read(content))
