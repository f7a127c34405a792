"""The chain: each entry's hash covers its own words and the hash before it, so that no past row changes unseen."""

import hashlib
import json

#: What the first entry names as the hash before it.
BEGINNING = "0" * 64


def digest(previous, words):
    """The SHA-256, as 64 hexadecimal digits, of an entry's words after the entry whose hash is `previous`."""
    line = json.dumps([previous, words], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def broken_links(entries):
    """Yield (entry, reason) for each entry, oldest first, that does not follow from the one before it."""
    previous = BEGINNING
    for entry in entries:
        if entry.previous != previous:
            yield entry, "an entry before it is missing or was put in between"
        if entry.hash != digest(entry.previous, entry.words()):
            yield entry, "its words are not those that were written"
        previous = entry.hash
