"""Writes metadata into picture files byte by byte, as cameras, agencies and mischief do, for tests to read back.

Nothing here uses the code under test or a library's writer of metadata (but AVIF's, whose boxes nobody writes by
hand): a mistake made twice would hide itself.
"""

import io
import struct
import zlib
from hashlib import md5

from PIL import Image

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7


# --- EXIF and TIFF ----------------------------------------------------------------------------------------


def ascii_value(text):
    return ASCII, text.encode() + b"\0"


def undefined(content):
    return UNDEFINED, content


def long_value(*numbers):
    return LONG, struct.pack(f"<{len(numbers)}I", *numbers)


def short(*numbers):
    return SHORT, struct.pack(f"<{len(numbers)}H", *numbers)


def rationals(*numbers):
    return RATIONAL, b"".join(struct.pack("<II", round(number * 100_000), 100_000) for number in numbers)


SIZES = {ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1, 1: 1}


def directory(entries, *, at, following=0):
    """The bytes of an IFD that stands at `at`: {tag: (type, bytes)}, its values behind it."""
    table, values = [], b""
    values_at = at + 2 + 12 * len(entries) + 4
    for tag, (type_, content) in sorted(entries.items()):
        count = len(content) // SIZES[type_]
        if len(content) <= 4:
            where = content.ljust(4, b"\0")
        else:
            where = struct.pack("<I", values_at + len(values))
            values += content + b"\0" * (len(content) & 1)
        table.append(struct.pack("<HHI", tag, type_, count) + where)
    return struct.pack("<H", len(entries)) + b"".join(table) + struct.pack("<I", following) + values


def exif_block(main=(), details=(), gps=(), thumbnail=b""):
    """A TIFF header and its directories, as an EXIF block holds them: dicts by tag."""
    main, parts = dict(main), []
    # Sizes do not depend on where things stand, so each is laid out once with zeros and once for good.
    at = 8 + len(directory(main | {0x8769: long_value(0), 0x8825: long_value(0)}, at=0))
    for pointer, entries in ((0x8769, dict(details)), (0x8825, dict(gps))):
        main[pointer] = long_value(at)
        parts.append(directory(entries, at=at))
        at += len(parts[-1])
    following = 0
    if thumbnail:
        small = {0x0103: short(6), 0x0201: long_value(0), 0x0202: long_value(len(thumbnail))}
        following, size = at, len(directory(small, at=at))
        small[0x0201] = long_value(at + size)
        parts += [directory(small, at=at), thumbnail]
    return b"II*\0\x08\0\0\0" + directory(main, at=8, following=following) + b"".join(parts)


def gps_of(latitude, longitude):
    """The GPS directory of a place in degrees, south and west negative."""

    def sexagesimal(value):
        value = abs(value)
        minutes = (value - int(value)) * 60
        return rationals(int(value), int(minutes), (minutes - int(minutes)) * 60)

    return {
        0x0001: ascii_value("N" if latitude >= 0 else "S"),
        0x0002: sexagesimal(latitude),
        0x0003: ascii_value("E" if longitude >= 0 else "W"),
        0x0004: sexagesimal(longitude),
    }


# --- IPTC-IIM and Photoshop's resources -------------------------------------------------------------------


def iim(fields, *, encoding="utf-8", marked=True):
    """IIM of [(number, text), ...] in record 2; `marked` says in 1:90 that it is UTF-8."""
    head = iim_field(1, 90, b"\x1b%G") if marked else b""
    return head + b"".join(iim_field(2, number, text.encode(encoding)) for number, text in fields)


def iim_field(record, number, content):
    return struct.pack(">BBBH", 0x1C, record, number, len(content)) + content


def resources(parts):
    """Photoshop's image resources: {number: bytes}."""
    return b"".join(
        b"8BIM" + struct.pack(">HxxI", number, len(content)) + content + b"\0" * (len(content) & 1)
        for number, content in parts.items()
    )


def digest(content):
    return md5(content, usedforsecurity=False).digest()


# --- XMP --------------------------------------------------------------------------------------------------

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def xmp(body, attributes="", encoding="utf-8"):
    """A packet with `body` inside its one Description."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode(encoding)


def items(kind, *texts):
    """An rdf list: Bag, Seq or Alt, the last with the default language on its first item."""
    first = ' xml:lang="x-default"' if kind == "Alt" else ""
    rest = "".join(f"<rdf:li>{text}</rdf:li>" for text in texts[1:])
    return f"<rdf:{kind}><rdf:li{first}>{texts[0]}</rdf:li>{rest}</rdf:{kind}>"


# --- The formats ------------------------------------------------------------------------------------------


def pixels(format, *, size=(64, 48), color=(30, 90, 160), **options):
    """A picture file without a word in it."""
    buffer = io.BytesIO()
    mode = "P" if format == "GIF" else "RGB"
    Image.new("RGB", size, color).convert(mode).save(buffer, format, **options)
    return buffer.getvalue()


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(*segments, behind=b"", **options):
    """A JPEG with `segments` after its first marker and `behind` after its end."""
    content = pixels("JPEG", **options)
    return content[:2] + b"".join(segments) + content[2:] + behind


def app1_exif(block):
    return segment(0xE1, b"Exif\0\0" + block)


def app1_xmp(packet):
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def app1_more_xmp(packet):
    """Extended XMP, for what does not fit into one segment."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + md5(packet, usedforsecurity=False).hexdigest().encode()
    return segment(0xE1, head + struct.pack(">II", len(packet), 0) + packet)


def app13(parts):
    return segment(0xED, b"Photoshop 3.0\0" + resources(parts))


def app2_icc(profile):
    return segment(0xE2, b"ICC_PROFILE\0\x01\x01" + profile)


def png(*chunks, late=(), behind=b"", **options):
    """A PNG with `chunks` after its header, `late` ones before its end and `behind` after it."""
    content = pixels("PNG", **options)
    return content[:33] + b"".join(chunks) + content[33:-12] + b"".join(late) + content[-12:] + behind


def chunk(name, content):
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def itxt(keyword, text, *, compressed=False):
    content = zlib.compress(text) if compressed else text
    return chunk(b"iTXt", keyword.encode() + b"\0" + bytes([compressed]) + b"\0\0\0" + content)


def ztxt(keyword, text):
    return chunk(b"zTXt", keyword.encode() + b"\0\0" + zlib.compress(text))


def text(keyword, words):
    return chunk(b"tEXt", keyword.encode() + b"\0" + words)


def iccp(profile):
    return chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile))


def webp(exif=b"", packet=b"", icc=b"", unknown=b"", behind=b"", **options):
    """A WebP in the extended layout."""
    inner = pixels("WEBP", lossless=True, **options)[12:]
    with Image.open(io.BytesIO(b"RIFF" + struct.pack("<I", len(inner) + 4) + b"WEBP" + inner)) as picture:
        width, height = picture.size
    flags = (0x20 if icc else 0) | (0x08 if exif else 0) | (0x04 if packet else 0)
    head = struct.pack("<I", flags) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = riff(b"VP8X", head) + (riff(b"ICCP", icc) if icc else b"") + inner
    for name, content in ((b"EXIF", exif), (b"XMP ", packet), (b"JUNK", unknown)):
        body += riff(name, content) if content else b""
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + behind


def riff(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)


def gif(comment=b"", packet=b"", unknown=b"", behind=b"", **options):
    """A GIF with a comment, XMP and an application's block of its own, as far as they are given."""
    content = pixels("GIF", **options)
    at = 13 + (3 << (content[10] & 7) + 1)
    blocks = b""
    if comment:
        blocks += b"!\xfe" + sub_blocks(comment)
    if packet:
        blocks += b"!\xff\x0bXMP DataXMP" + packet + bytes([1, *range(255, -1, -1), 0])
    if unknown:
        blocks += b"!\xff\x0bNEWSROOM1.0" + sub_blocks(unknown)
    return content[:at] + blocks + content[at:] + behind


def sub_blocks(content):
    pieces = [content[at : at + 255] for at in range(0, len(content), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"


def tiff(tags=(), details=(), gps=(), behind=b"", size=(64, 48), color=(30, 90, 160)):
    """A TIFF of one strip without compression; `tags` join those that draw it."""
    width, height = size
    strip = bytes(color) * (width * height)
    drawing = {
        0x0100: long_value(width),
        0x0101: long_value(height),
        0x0102: short(8, 8, 8),
        0x0103: short(1),
        0x0106: short(2),
        0x0111: long_value(0),
        0x0115: short(3),
        0x0116: long_value(height),
        0x0117: long_value(len(strip)),
    }
    empty = exif_block(drawing | dict(tags), details, gps)
    drawing[0x0111] = long_value(len(empty))
    return exif_block(drawing | dict(tags), details, gps) + strip + behind


def avif(exif=b"", packet=b"", icc=b"", behind=b"", **options):
    """An AVIF whose boxes libavif wrote, and boxes nobody knows behind them."""
    more = {"icc_profile": icc} if icc else {}
    return pixels("AVIF", exif=exif, xmp=packet, speed=10, **more, **options) + behind


def box(name, content):
    return struct.pack(">I4s", len(content) + 8, name) + content
