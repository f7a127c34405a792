"""A set of files that mean no good, or that stupidity made: each by a few lines of its own, the same at every run.

HOSTILE is {name: (builder, outcomes)}. A builder gives the bytes, or a Sparse. The outcomes are codes of images.validators
or "accepted": what is odd but sound becomes a picture like any other.
"""

import gzip
import random
import struct
import zlib
from dataclasses import dataclass
from functools import partial

from PIL import Image, ImageCms

from tests.images import metadata as write
from tests.images.pictures import picture_bytes

MEGABYTE = 1 << 20
REFUSED = {"damaged", "unreadable"}
EITHER = REFUSED | {"accepted"}
SCRIPT = b"<!DOCTYPE html><html><script>alert('zqscriptqz')</script></html>"
PHP = b"<?php system($_GET['zqscriptqz']); ?>"


@dataclass(frozen=True)
class Sparse:
    """A file of that many zeros behind its head, which nobody has to keep in memory."""

    head: bytes
    zeros: int


def photo(size=(600, 400), **options):
    """A JPEG with something in it."""
    return picture_bytes("JPEG", picture=Image.radial_gradient("L").resize(size).convert("RGB"), **options)


# --- PNG --------------------------------------------------------------------------------------------------


def png_of(width, height, idat, *chunks, depth=8, colour=2):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [write.chunk(b"IHDR", head), *chunks, write.chunk(b"IDAT", idat), write.chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed_zeros(size):
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)) + packer.flush()


def png_with_endless_pixels():
    """A small picture whose data unpack to far more rows than it has."""
    return png_of(100, 100, packed_zeros(256 * MEGABYTE))


def png_in_crumbs():
    """Its data in a million chunks of a byte each."""
    idat = zlib.compress(bytes(3001) * 400, 0)[:1_000_000]
    whole = png_of(1000, 400, b"")
    crumbs = b"".join(struct.pack(">I4sBI", 1, b"IDAT", byte, 0) for byte in idat)
    at = whole.index(b"IDAT") - 4
    return whole[:at] + crumbs + whole[at + 12 :]


def apng(frames):
    size, number = (64, 48), 0
    content = write.pixels("PNG", size=size)
    at = content.index(b"IDAT") - 4
    idat = zlib.compress(b"\0" + bytes(3) + b"\0" + bytes(3))
    parts = [write.chunk(b"acTL", struct.pack(">II", frames, 0))]
    parts.append(write.chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, *size, 0, 0, 1, 10, 0, 0)))
    later = []
    for _ in range(frames - 1):
        number += 2
        later.append(write.chunk(b"fcTL", struct.pack(">IIIIIHHBB", number - 1, 1, 2, 0, 0, 1, 10, 0, 0)))
        later.append(write.chunk(b"fdAT", struct.pack(">I", number) + idat))
    return content[:at] + b"".join(parts) + content[at:-12] + b"".join(later) + content[-12:]


def many_chunks(chunk, count):
    content = write.pixels("PNG")
    return content[:33] + chunk * count + content[33:]


# --- JPEG -------------------------------------------------------------------------------------------------


def many_segments(segment, count):
    content = photo((64, 48))
    return content[:2] + segment * count + content[2:]


def many_scans(count):
    """A progressive JPEG that refines itself again and again: each scan is 75 bytes and a walk over all its pixels."""
    content = picture_bytes("JPEG", size=(7000, 7000), color=(9, 99, 200), progressive=True, quality=1)
    last = content.rfind(b"\xff\xda")
    return content[:-2] + content[last:-2] * count + b"\xff\xd9"


def with_size(content, width, height):
    """A JPEG that claims to be larger than it is."""
    at = max(content.find(b"\xff\xc0"), content.find(b"\xff\xc2"))
    return content[: at + 5] + struct.pack(">HH", height, width) + content[at + 9 :]


def flipped(seed):
    """A photo with bits turned over, some ten of them anywhere behind its first marker."""
    chance, content = random.Random(seed), bytearray(photo(quality=92, progressive=seed % 2 == 0))
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(2, len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def truncated(seed):
    chance, content = random.Random(seed), photo(quality=92, progressive=seed % 2 == 0)
    return content[: chance.randrange(2, len(content) - 2)]


def exif_of_lies():
    """65,000 entries that all point at the same 64 kB."""
    entries = b"".join(struct.pack("<HHII", tag, 7, 60_000, 8) for tag in range(5_000))
    block = b"II*\0\x08\0\0\0" + struct.pack("<H", 5_000) + entries + struct.pack("<I", 0)
    return block[:65_000]


def exif_in_circles():
    """A directory that is its own next, its own details and its own position."""
    pointers = {0x8769: write.long_value(8), 0x8825: write.long_value(8), 0xA005: write.long_value(8)}
    return b"II*\0\x08\0\0\0" + write.directory(pointers, at=8, following=8)


def icc_of_lies():
    """A sound profile whose list of tags promises four thousand million of them, far away."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    struct.pack_into(">I", profile, 128, 0xFFFFFFFF)
    struct.pack_into(">II", profile, 136, 0xFFFFFFF0, 0xFFFFFFF0)
    return bytes(profile)


def icc_segments(count):
    return b"".join(
        write.segment(0xE2, b"ICC_PROFILE\0" + bytes([number + 1, count]) + bytes(65_000))
        for number in range(count)
    )


# --- GIF --------------------------------------------------------------------------------------------------


def gif_frames(frames):
    content = write.pixels("GIF")
    at = 13 + (3 << (content[10] & 7) + 1)
    frame = b"!\xf9\x04\x04\x01\0\0\0" + content[at:-1]
    return content[:at] + frame * frames + b";"


def gif_blocks(block, count):
    content = write.pixels("GIF")
    at = 13 + (3 << (content[10] & 7) + 1)
    return content[:at] + block * count + content[at:]


def gif_beyond_its_screen():
    content = bytearray(write.pixels("GIF"))
    at = content.index(b",", 13 + (3 << (content[10] & 7) + 1))
    struct.pack_into("<HH", content, at + 5, 65_535, 65_535)
    return bytes(content)


# --- TIFF -------------------------------------------------------------------------------------------------


def tiff_chain(count, *, circle=False):
    """`count` directories one after the other, or one that follows itself."""
    content = bytearray(write.tiff())
    entries = struct.unpack_from("<H", content, 8)[0]
    pointer = 10 + 12 * entries
    if circle:
        struct.pack_into("<I", content, pointer, 8)
        return bytes(content)
    content += b"\0" * (len(content) & 1)
    start = len(content)
    struct.pack_into("<I", content, pointer, start)
    for number in range(count):
        following = start + 18 * (number + 1) if number < count - 1 else 0
        content += struct.pack("<HHHIII", 1, 256, 4, 1, 64, following)
    return bytes(content)


def big_tiff(entries):
    """The format's large sister, with a million entries in its one directory."""
    rows = b"".join(struct.pack("<HHQQ", 256 + number % 60_000, 3, 1, 64) for number in range(entries))
    return b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, entries) + rows + struct.pack("<Q", 0)


def tiff_entries_of_lies():
    """65,000 entries that all claim the whole file as their value."""
    rows = b"".join(struct.pack("<HHII", tag, 7, 750_000, 8) for tag in range(300, 65_300))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 65_000) + rows + struct.pack("<I", 0)


def tiff_strips(count):
    """Nine million strips, each somewhere else."""
    content = bytearray(write.tiff())
    at = len(content)
    for number in range(struct.unpack_from("<H", content, 8)[0]):
        place = 10 + 12 * number
        if (tag := struct.unpack_from("<H", content, place)[0]) in (0x0111, 0x0117):
            struct.pack_into("<HHII", content, place, tag, 4, count, at)
    return bytes(content) + random.Random(1).randbytes(4 * count)


def tiff_packed(width, height):
    """A strip that unpacks to what the header claims, which is far too much."""
    return (
        write.tiff({0x0103: write.short(8)}, size=(64, 48))
        .replace(struct.pack("<HHII", 0x0100, 4, 1, 64), struct.pack("<HHII", 0x0100, 4, 1, width))
        .replace(struct.pack("<HHII", 0x0101, 4, 1, 48), struct.pack("<HHII", 0x0101, 4, 1, height))
    )


# --- WebP and AVIF ----------------------------------------------------------------------------------------


def webp_canvas(width, height):
    """The extended header claims a canvas, the one frame is small."""
    content = bytearray(write.webp(exif=b"II*\0\x08\0\0\0\0\0\0\0\0\0"))
    content[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(content)


def webp_frames(frames):
    """An animation whose every frame is the same small one."""
    content = picture_bytes(
        "WEBP",
        picture=Image.new("RGB", (32, 32), "red"),
        save_all=True,
        append_images=[Image.new("RGB", (32, 32))],
    )
    at = content.index(b"ANMF")
    size = struct.unpack_from("<I", content, at + 4)[0]
    frame = content[at : at + 8 + size + (size & 1)]
    body = content[8:at] + frame * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif_size(width, height):
    """The box with the size lies about what the frame holds."""
    content = bytearray(write.avif())
    at = content.index(b"ispe") + 8
    struct.pack_into(">II", content, at, width, height)
    return bytes(content)


def avif_boxes(depth):
    """Boxes in boxes."""
    inner = b""
    for _ in range(depth):
        inner = write.box(b"meta", b"\0\0\0\0" + inner)
    return write.avif()[:32] + inner


# --- Two things at once -----------------------------------------------------------------------------------


def polyglot_gif(code):
    """Begins like a GIF and like a script: GIF89a/* … */ = 1"""
    return write.gif(comment=b"*/=1;" + code + b"/*", behind=code)


HEADS = {
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n/x { x } def x\n",
    "fits": b"SIMPLE  =                    T".ljust(80)
    + b"BITPIX  =                    8".ljust(80)
    + b"END".ljust(2720),
    "psd": b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 65_000, 65_000, 8, 3) + bytes(64),
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    "zip": b"PK\x03\x04" + bytes(60),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(60),
    "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(64),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(64),
    "windows metafile": b"\xd7\xcd\xc6\x9a" + bytes(64),
    "html": SCRIPT,
    "php": PHP,
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>',
    "xml of entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><svg>&a;</svg>',
}
BOMB = packed_zeros(100 * MEGABYTE)

HOSTILE = {
    # Larger than anybody can show.
    "png of 65,000 x 65,000": (lambda: png_of(65_000, 65_000, packed_zeros(8 * MEGABYTE)), {"pixels"}),
    "png of one bit and 65,000 x 65,000": (lambda: png_of(65_000, 65_000, packed_zeros(504 * MEGABYTE), depth=1, colour=0), {"pixels"}),
    "jpeg that claims 65,500 x 65,500": (lambda: with_size(photo(), 65_500, 65_500), {"pixels"}),
    "jpeg that claims 7,000 x 7,000": (lambda: with_size(photo(), 7000, 7000), EITHER),
    "gif beyond its screen": (gif_beyond_its_screen, {"pixels"}),
    "tiff that claims 2,000,000 x 2,000,000": (lambda: tiff_packed(2_000_000, 2_000_000), {"pixels", *REFUSED}),
    "tiff that claims 7,000 x 7,000": (lambda: tiff_packed(7000, 7000), REFUSED),
    "webp whose canvas is 16,384 x 16,384": (lambda: webp_canvas(16_384, 16_384), {"pixels", *REFUSED}),
    "webp whose canvas is larger than its frame": (lambda: webp_canvas(2000, 2000), REFUSED),
    "avif that claims 65,535 x 65,535": (lambda: avif_size(65_535, 65_535), {"pixels", *REFUSED}),
    "avif that claims 7,000 x 7,000": (lambda: avif_size(7000, 7000), {"pixels", *REFUSED}),
    "200 megabytes": (lambda: Sparse(photo(), 200 * MEGABYTE), {"weight"}),
    # More than it seems.
    "png whose data never end": (png_with_endless_pixels, EITHER),
    "png in a million crumbs": (png_in_crumbs, EITHER | {"costly"}),
    "png with three million chunks": (lambda: many_chunks(write.chunk(b"prVt", b""), 3_000_000), {"costly"}),
    "png with a packed text of 100 MB": (lambda: many_chunks(write.chunk(b"zTXt", b"A\0\0" + BOMB), 1), EITHER),
    "png with a hundred packed texts": (lambda: many_chunks(write.chunk(b"zTXt", b"A\0\0" + packed_zeros(MEGABYTE)), 100), EITHER),
    "png with a packed international text": (lambda: many_chunks(write.chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + BOMB), 1), EITHER),
    "png with a packed profile of 100 MB": (lambda: many_chunks(write.chunk(b"iCCP", b"p\0\0" + BOMB), 1), EITHER),
    "jpeg with a profile of 16 MB": (lambda: write.jpeg(icc_segments(255)), {"accepted"}),
    "jpeg with a lying profile": (lambda: write.jpeg(write.app2_icc(icc_of_lies())), {"accepted"}),
    "jpeg with nine million segments": (lambda: many_segments(b"\xff\xe5\0\2", 9_000_000), {"costly"}),
    "jpeg with thirty million bytes of filling": (lambda: many_segments(b"\xff", 30_000_000), {"costly"}),
    "jpeg with 20,000 scans": (lambda: many_scans(20_000), {"costly"}),
    "jpeg whose exif lies": (lambda: write.jpeg(write.app1_exif(exif_of_lies())), {"accepted"}),
    "jpeg whose exif runs in circles": (lambda: write.jpeg(write.app1_exif(exif_in_circles())), {"accepted"}),
    "jpeg with entities in its xmp": (lambda: write.jpeg(write.app1_xmp(b'<!DOCTYPE x [<!ENTITY a "aaa">]>' + write.xmp("&a;"))), {"accepted"}),
    "webp with 40 MB of xmp": (lambda: write.webp(packet=write.xmp("<dc:creator>" + "x" * 39_000_000 + "</dc:creator>")), {"accepted"}),
    "webp whose exif lies": (lambda: write.webp(exif=tiff_entries_of_lies()), {"accepted"}),
    "png whose exif lies": (lambda: many_chunks(write.chunk(b"eXIf", tiff_entries_of_lies()), 1), {"accepted"}),
    "avif whose exif lies": (lambda: write.avif(exif=tiff_entries_of_lies()), EITHER),
    "tiff with two million directories": (lambda: tiff_chain(2_000_000), EITHER | {"costly"}),
    "tiff that follows itself": (lambda: tiff_chain(1, circle=True), EITHER),
    "tiff with 1.9 million entries": (lambda: big_tiff(1_900_000), {"costly", *REFUSED}),
    "tiff whose entries lie": (tiff_entries_of_lies, REFUSED),
    "tiff with nine million strips": (lambda: tiff_strips(9_000_000), EITHER | {"costly"}),
    "gif of 10,000 frames": (lambda: gif_frames(10_000), {"accepted"}),
    "gif with seven million comments": (lambda: gif_blocks(b"!\xfe\1a\0", 7_000_000), {"accepted", "costly"}),
    "gif with a comment of 38 MB": (lambda: gif_blocks(b"!\xfe" + (b"\xff" + b"a" * 255) * 150_000 + b"\0", 1), {"accepted", "costly"}),
    "apng of 10,000 frames": (lambda: apng(10_000), {"accepted"}),
    "webp of 10,000 frames": (lambda: webp_frames(10_000), {"accepted", "costly"}),
    "avif of boxes in boxes": (lambda: avif_boxes(100_000), REFUSED),
    # Nothing, or half of it.
    "zero bytes": (lambda: b"", {"empty"}),
    "one byte": (lambda: b"\xff", REFUSED),
    "png without pixels": (lambda: png_of(100, 100, b""), REFUSED),
    "avif cut off": (lambda: write.avif()[:-40], REFUSED),
    "webp cut off": (lambda: write.webp()[:-20], REFUSED),
    "gif cut off": (lambda: write.pixels("GIF", size=(200, 200))[:-40], EITHER),
    **{f"jpeg cut off, {seed}": (partial(truncated, seed), REFUSED) for seed in range(6)},
    **{f"jpeg with turned bits, {seed}": (partial(flipped, seed), EITHER | {"pixels", "strip"}) for seed in range(12)},
    # Something else by its name.
    **{f"{kind} named .jpg": (partial(lambda head: head, head), {"unreadable"}) for kind, head in HEADS.items()},
    "bmp named .jpg": (lambda: picture_bytes("BMP"), {"unreadable"}),
    "packed svg named .jpg": (lambda: gzip.compress(HEADS["svg"]), {"unreadable"}),
    "png named .jpg": (lambda: picture_bytes("PNG"), {"accepted"}),
    "webp named .jpg": (lambda: picture_bytes("WEBP"), {"accepted"}),
    "jpeg with html inside": (lambda: write.jpeg(write.segment(0xFE, SCRIPT), behind=SCRIPT), {"accepted"}),
    "jpeg with php inside": (lambda: write.jpeg(write.app1_exif(write.exif_block({0x013B: write.ascii_value(PHP.decode())})), behind=PHP), {"accepted"}),
    "png with php inside": (lambda: write.png(write.text("Comment", PHP), behind=PHP), {"accepted"}),
    "gif that is a script": (lambda: polyglot_gif(SCRIPT), {"accepted"}),
    "webp with html behind": (lambda: write.webp(unknown=SCRIPT, behind=SCRIPT), {"accepted"}),
    "pdf behind a jpeg": (lambda: write.jpeg(behind=HEADS["pdf"]), {"accepted"}),
    "zip behind a png": (lambda: write.png(behind=HEADS["zip"]), {"accepted"}),
    # Odd and sound.
    "jpeg in cmyk": (lambda: picture_bytes("JPEG", mode="CMYK", color=(1, 2, 3, 4)), {"accepted"}),
    "png of 16 bits grey": (lambda: picture_bytes("PNG", mode="I;16", color=0x8000), {"accepted"}),
    "png of 16 bits colour": (lambda: png_of(64, 48, zlib.compress((b"\0" + bytes(range(6)) * 64) * 48), depth=16), {"accepted"}),
    "tiff in cmyk": (lambda: picture_bytes("TIFF", mode="CMYK", color=(1, 2, 3, 4)), {"accepted"}),
    "tiff in floating point": (lambda: picture_bytes("TIFF", mode="F", color=0.5), {"accepted"}),
    "animated gif": (lambda: gif_frames(2), {"accepted"}),
    "animated webp": (lambda: webp_frames(2), {"accepted"}),
    "one pixel": (lambda: picture_bytes("PNG", size=(1, 1)), {"accepted"}),
}  # fmt: skip

#: Names that go with a sound picture.
NAMES = [
    *[
        "../../../etc/passwd",
        "..\\..\\boot.jpg",
        "/etc/passwd",
        "C:\\boot.jpg",
        "shell.php",
        ".htaccess",
        ".jpg",
        "jpg",
    ],
    *[
        "a\0b.jpg",
        "a\r\nSet-Cookie: x=1.jpg",
        "\x1b[31mred.jpg",
        "\u202egpj.exe",
        "x" * 300 + ".jpg",
        "harbour.jpg.",
    ],
    *[
        "<script>alert(1)</script>.jpg",
        "'; DROP TABLE images_image; --.jpg",
        "hafen/ñandú\u200b.jpg",
        "%2e%2e%2f.jpg",
    ],
]
