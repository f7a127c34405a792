"""Captions of a film in WebVTT: read, and written anew without what is no caption."""

import re

_TIMES = re.compile(r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}")
MOST = 1_000_000


def clean_captions(content):
    """The cues of a WebVTT file, as bytes: notes, styles and names of cues go. Raises ValueError for any other."""
    if len(content) > MOST:
        raise ValueError("too long")
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValueError("no WebVTT")
    cues = []
    for block in re.split(r"\n{2,}", text)[1:]:
        lines = block.strip("\n").split("\n")
        start = 0 if _TIMES.match(lines[0]) else 1
        if len(lines) > start + 1 and _TIMES.match(lines[start]):
            cues.append("\n".join([_TIMES.match(lines[start])[0], *lines[start + 1 :]]))
    if not cues:
        raise ValueError("no cues")
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()
