"""Small recordings for tests, written byte by byte, with words in every place where files keep them."""

import struct


def mp3(word=b"", *, frames=80):
    """Two seconds of silence, 128 kbit/s at 44.1 kHz; `word` in tags before, between and behind the frames."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    info = b"\xff\xfb\x90\x00" + bytes(32) + b"Info" + word + bytes(413 - 36 - len(word))
    body = b"TIT2" + struct.pack(">I", len(word) + 1) + b"\0\0\0" + word
    size = bytes([len(body) >> 21 & 127, len(body) >> 14 & 127, len(body) >> 7 & 127, len(body) & 127])
    head = b"ID3\x04\0\0" + size + body
    half = frames // 2
    return head + info + frame * half + b"APETAGEX" + word + frame * half + b"TAG" + word.ljust(125, b"\0")


def box(name, *parts):
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, name) + content


def track(kind, word, dates):
    entry = b"avc1" if kind == b"vide" else b"mp4a"
    described = bytes(42) + word.ljust(32, b"\0") + bytes(4) if kind == b"vide" else bytes(28)
    return box(
        b"trak",
        box(b"tkhd", bytes(4), dates, bytes(72)),
        box(b"udta", box(b"name", word)),
        box(
            b"mdia",
            box(b"mdhd", bytes(4), dates, bytes(12)),
            box(b"hdlr", bytes(8), kind, bytes(12), word, b"\0"),
            box(b"minf", box(b"stbl", box(b"stsd", bytes(7), b"\1", box(entry, described)))),
        ),
    )


def mp4(word=b"", *, kinds=(b"vide", b"soun"), media=b"\x21" * 64):
    """A file of 95 seconds; `word` in places, tags, names and boxes of makers, before and behind the media."""
    dates = word[:8].ljust(8, b"\0")
    moov = box(
        b"moov",
        box(b"mvhd", bytes(4), dates, struct.pack(">II", 1000, 95_000), bytes(80)),
        *(track(kind, word, dates) for kind in kinds),
        box(b"udta", box(b"\xa9xyz", word), box(b"loci", word), box(b"meta", bytes(4), box(b"ilst", word))),
        box(b"meta", bytes(4), word),
    )
    head = box(b"ftyp", b"isom", bytes(4), b"isom")
    return (
        head
        + box(b"uuid", bytes(16), word)
        + moov
        + box(b"free", word)
        + box(b"mdat", media)
        + box(b"xmp_", word)
    )
