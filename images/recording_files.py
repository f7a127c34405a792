"""Sound and film files: which of them browsers play, and the same file without a word about its source.

Two formats are taken, because every browser plays them: MP3, and MP4 (M4A when it has no picture). Nothing is decoded.
A file is a row of labelled parts; those that sound or show stay byte for byte, and all others go: tags, places, names
of devices, dates, covers. A part that cannot be followed, or a track besides sound and picture, which is where cameras
write places, means that the file is refused. Knows no model.
"""

import hashlib
import struct
from dataclasses import dataclass

#: MP4: boxes whose content is boxes, and those that sound or show. Everything else is emptied.
HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
NEEDED = {
    *[b"ftyp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"dref", b"elst"],
    *[b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp"],
}
FRAGMENTS = {b"moof", b"mvex", b"sidx"}
#: A file of more boxes is none that a program wrote for people.
MOST_BOXES = 20_000

#: MPEG audio, layer III: kilobits a second and samples a second by their numbers in the frame's head.
BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = (44100, 48000, 32000)


class Refused(Exception):
    """Why the file cannot be used: its argument is "unknown", "damaged", "track", "fragments" or "silent"."""


@dataclass(frozen=True)
class Sound:
    """A clean file: its ending, whether it has a picture, its length in seconds, and its bytes."""

    ending: str
    is_film: bool
    seconds: int
    content: bytes

    @property
    def sha256(self):
        """The fingerprint of the clean file, in hexadecimal: the same sound is kept once."""
        return hashlib.sha256(self.content).hexdigest()


def clean(content):
    """The Sound in `content` (bytes) without anything about its source. Raises Refused."""
    if content[4:8] == b"ftyp":
        return _mp4(bytearray(content))
    if content[:3] == b"ID3" or _frame(content, 0):
        return _mp3(content)
    raise Refused("unknown")


# --- MP3 --------------------------------------------------------------------------------------------------


def _mp3(content):
    """Its frames alone. Tags stand before them, behind them and, in careless files, between them."""
    at = _behind_tags(content, 0)
    frames, length = [], 0.0
    kind = None
    while frame := _frame(content, at) or _next_frame(content, at):
        start, size, seconds, sort = frame
        if kind not in (None, sort) and not _frame(content, start + size):
            break
        kind = sort
        if start + size > len(content):
            break  # cut off in the middle of a frame
        frames.append(content[start : start + size])
        length += seconds
        at = start + size
    if len(frames) < 4:
        raise Refused("damaged")
    # The first frame may hold no sound, but the encoder's name and notes.
    if any(mark in frames[0] for mark in (b"Xing", b"Info", b"VBRI")):
        frames = frames[1:]
    return Sound("mp3", False, round(length), b"".join(frames))


def _behind_tags(content, at):
    while content[at : at + 3] == b"ID3" and len(content) > at + 10:
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    return at


def _next_frame(content, at):
    """The next frame that another one follows, within 64 KB: what stands before it is no sound."""
    end = min(len(content), at + 65536)
    while (at := content.find(b"\xff", at, end)) >= 0:
        if (frame := _frame(content, at)) and _frame(content, at + frame[1]):
            return frame
        at += 1
    return None


def _frame(content, at):
    """(place, bytes, seconds, kind) of the frame at this place, or None."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return None
    generation = 1 if version == 3 else 2
    hertz = RATES[rate] >> {3: 0, 2: 1, 0: 2}[version]
    size = (144 if generation == 1 else 72) * BITRATES[generation][bitrate] * 1000 // hertz + padding
    return at, size, (1152 if generation == 1 else 576) / hertz, (version, rate)


# --- MP4 --------------------------------------------------------------------------------------------------


def _mp4(content):
    """The same file with every box emptied that neither sounds nor shows. No byte moves, so that all places hold."""
    found = {"tracks": [], "seconds": 0, "boxes": 0, "media": False}
    _boxes(content, 0, len(content), found)
    kinds = set(found["tracks"])
    if kinds - {b"soun", b"vide"}:
        raise Refused("track")
    if not kinds or not found["media"]:
        raise Refused("silent")
    is_film = b"vide" in kinds
    return Sound("mp4" if is_film else "m4a", is_film, found["seconds"], bytes(content))


def _boxes(content, at, end, found):
    while at < end:
        found["boxes"] += 1
        if end - at < 8 or found["boxes"] > MOST_BOXES:
            raise Refused("damaged")
        size, name = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1 and end - at >= 16:
            size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise Refused("damaged")
        _box(content, name, at, at + head, at + size, found)
        at += size


def _box(content, name, at, inside, end, found):
    if name in FRAGMENTS:
        raise Refused("fragments")
    if name in HOLDERS:
        _boxes(content, inside, end, found)
    elif name not in NEEDED:
        content[at + 4 : at + 8] = b"free"
        content[inside:end] = bytes(end - inside)
    elif name == b"mdat":
        found["media"] = True
    elif name in (b"mvhd", b"tkhd", b"mdhd"):
        _forget_dates(content, name, inside, end, found)
    elif name == b"hdlr":
        if end - inside < 24:
            raise Refused("damaged")
        if content[inside + 8 : inside + 12] not in (b"dhlr", b"url ", b"alis"):
            found["tracks"].append(bytes(content[inside + 8 : inside + 12]))
        content[inside + 12 : inside + 24] = bytes(12)  # who wrote it
        content[inside + 24 : end] = bytes(end - inside - 24)  # and its name
    elif name == b"stsd":
        _forget_encoder(content, inside, end)


def _forget_dates(content, name, inside, end, found):
    """When the file was made and changed; the length is read on the way."""
    long = content[inside] == 1
    if end - inside < (32 if long else 20):
        raise Refused("damaged")
    content[inside + 4 : inside + (20 if long else 12)] = bytes(16 if long else 8)
    if name == b"mvhd":
        scale = struct.unpack_from(">I", content, inside + (20 if long else 12))[0]
        length = struct.unpack_from(">Q" if long else ">I", content, inside + (24 if long else 16))[0]
        found["seconds"] = min(round(length / scale), 1_000_000) if scale else 0


def _forget_encoder(content, inside, end):
    """The name of the program or camera in each description of a picture: 32 bytes at a fixed place."""
    at = inside + 8
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", content, at)
        if size < 8 or at + size > end:
            raise Refused("damaged")
        if name in (b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp09", b"mp4v") and size >= 86:
            content[at + 50 : at + 82] = bytes(32)
        at += size
