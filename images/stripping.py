"""A file's pixels without anything else: what stays of an original that was wiped.

JPEG, PNG, WebP and GIF are rows of labelled parts, so the parts that draw are kept byte for byte and all others
left out, with what lies behind the end. Any other file, and one whose parts cannot be followed, is written anew
as a TIFF of the same pixels. Colour profile and rotation stay: without them it would be another picture.
"""

import io
import struct
import zlib
from contextlib import suppress

from PIL import Image

from images.encoding import DECODERS, orientation_of

#: EXIF that says one thing: how the picture is turned.
TURNED = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"

JPEG_TABLES = {0xC4, 0xCC, 0xDB, 0xDD}
JPEG_FRAMES = set(range(0xC0, 0xD0)) - JPEG_TABLES - {0xC8}
PNG_DRAWS = {
    *[b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"],
    *[b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"],
}
WEBP_DRAWS = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"}
WEBP_EXIF, WEBP_XMP = 0x08, 0x04
GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class Broken(Exception):
    """The parts of the file do not follow each other as its format says."""


def stripped(file):
    """(content, format) of the picture in `file`, which check_picture has accepted before."""
    file.seek(0)
    content = file.read()
    with Image.open(io.BytesIO(content), formats=DECODERS) as picture:
        format = "JPEG" if picture.format == "MPO" else picture.format
        turned = orientation_of(picture)
        if format in STRIPPERS:
            with suppress(Broken, IndexError, ValueError, struct.error):
                return STRIPPERS[format](content, TURNED % turned if turned in range(2, 9) else b""), format
        return anew(picture), "TIFF"


def anew(picture):
    """The pixels in a TIFF, and the colour profile."""
    profile, turned = picture.info.get("icc_profile"), orientation_of(picture)
    if picture.format == "TIFF":  # Pillow turns it itself while loading it
        turned = 1
    picture.load()
    clean = picture.convert("RGBA") if picture.has_transparency_data else picture.copy()
    clean.info = {}
    buffer = io.BytesIO()
    clean.save(buffer, "TIFF", compression="tiff_adobe_deflate", icc_profile=profile, exif=TURNED % turned)
    return buffer.getvalue()


def jpeg(content, exif):
    kept = [content[:2]]
    if exif:
        body = b"Exif\0\0" + exif
        kept.append(b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # filling
            at += 1
        if content[at] != 0xFF:
            raise Broken
        marker = content[at + 1]
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        body = content[at + 4 : end]
        if marker == 0xDA:
            end = end_of_scan(content, end)
        if marker in JPEG_TABLES | JPEG_FRAMES | {0xDA} or draws(marker, body):
            kept.append(content[at:end])
        at = end


def draws(marker, body):
    """Whether an application's segment changes the colours."""
    return (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")) or (
        marker == 0xEE and body.startswith(b"Adobe")
    )


def end_of_scan(content, at):
    """Where the next marker stands: data holds 0xFF only before a zero or a marker of restart."""
    while (at := content.index(b"\xff", at)) and content[at + 1] in (0x00, *range(0xD0, 0xD8)):
        at += 2
    return at


def png(content, exif):
    kept, at, name = [content[:8]], 8, b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise Broken
        if name == b"IDAT" and exif:
            kept.append(png_chunk(b"eXIf", exif))
            exif = b""
        if name in PNG_DRAWS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def webp(content, exif):
    size = struct.unpack_from("<I", content, 4)[0]
    parts = webp_parts(content[12 : 8 + size], WEBP_EXIF if exif else 0)
    if exif:
        parts.append(webp_chunk(b"EXIF", exif))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_parts(content, has_exif):
    kept, at = [], 0
    while at < len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if len(body) < size:
            raise Broken
        if name == b"VP8X":
            body = bytes([body[0] & ~(WEBP_EXIF | WEBP_XMP) | has_exif]) + body[1:]
        if name == b"ANMF":
            body = body[:16] + b"".join(webp_parts(body[16:], has_exif))
        if name in WEBP_DRAWS:
            kept.append(webp_chunk(name, body))
        at += 8 + size + (size & 1)
    return kept


def webp_chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)


def gif(content, exif):
    at = 13 + gif_colours(content[10])
    kept = [content[:at]]
    while content[at] != 0x3B:
        start = at
        if content[at] == 0x2C:  # a frame
            at += 10 + gif_colours(content[at + 9]) + 1
            drawn = True
        elif content[at] == 0x21:  # an extension: times and transparency, or how often it repeats
            kind, name = content[at + 1], content[at + 3 : at + 14]
            at += 2
            drawn = kind == 0xF9 or (kind == 0xFF and name in GIF_LOOPS)
        else:
            raise Broken
        while size := content[at]:
            at += 1 + size
        at += 1
        if drawn:
            kept.append(content[start:at])
    return b"".join([*kept, b";"])


def gif_colours(flags):
    """Bytes of a table of colours that a byte of flags announces."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


STRIPPERS = {"JPEG": jpeg, "PNG": png, "WEBP": webp, "GIF": gif}
