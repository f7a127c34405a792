"""Pixels: an original becomes clean files, upright, in sRGB, with no trace of the camera or its owner."""

import io
from itertools import groupby
from math import ceil

# The plugins of DECODERS by name: Pillow would load all forty of them to look for one it does not have yet.
from PIL import (  # noqa: F401
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

# Large originals are made smaller before anything else happens to them, which saves most of the time and memory;
# a JPEG is even decoded at a half, a quarter or an eighth of its size. Not below this many times the pixels that
# the largest rendition has, so that the last step still has something to choose from.
ROOM = 1.5

# Rows of the reduced picture that are worked on together: colours are moved band by band, so that only the
# original itself is ever in memory as a whole.
BAND = 256

DECODERS = ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"]

# Measured on Pillow 13 with libavif 1.4: AVIF at speed 8 costs a few per cent of weight against 6 and saves half
# the time; speed 9 costs about a sixth more weight and a quarter of the time, which only the two largest widths
# need to keep a whole upload near one second. WebP's method 2 halves its time for 4 per cent. One thread: an
# upload must not take the processor from the readers.
AVIF_SPEED, AVIF_SPEED_LARGE, LARGE_WIDTH = 8, 9, 960

ENCODERS = {
    "avif": {"format": "AVIF", "quality": 55, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 76, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}

SRGB = ImageCms.createProfile("sRGB")

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def exif_of(picture):
    """What the camera wrote. Damage there is no reason to refuse a sound picture, so it counts as nothing."""
    try:
        return picture.getexif()
    except MemoryError:  # built to cost more than it tells: that is a reason
        raise
    except Exception:  # the parser fails in every way there is
        return Image.Exif()


def orientation_of(picture):
    return exif_of(picture).get(ORIENTATION, 1)


def upright_size(picture):
    """Width and height as seen. Call it on a loaded picture: Pillow turns a TIFF itself while loading it."""
    return picture.size[::-1] if orientation_of(picture) in (5, 6, 7, 8) else picture.size


def open_clean(file, *, share=1.0):
    """The first frame of `file` as an upright RGB or RGBA picture in sRGB that carries no metadata.

    `share` of its width and height is enough: the result is that large or larger, at most the original's size.
    """
    file.seek(0)
    with Image.open(file, formats=DECODERS) as picture:
        wanted = [share * side for side in picture.size]
        if picture.format in ("JPEG", "MPO"):
            picture.draft(None, tuple(ceil(side) for side in wanted))
        picture.load()
        turn = TURNS.get(orientation_of(picture))
        clean = in_bands(picture, factor=max(1, int(max(picture.size) / max(wanted))))
    if turn is not None:
        clean = clean.transpose(turn)
    if clean.mode == "RGBA" and clean.getextrema()[3] == (255, 255):
        clean = clean.convert("RGB")
    clean.info = {}
    return clean


def in_bands(picture, *, factor):
    """`picture`, loaded, at a `factor`-th of its size and in sRGB, worked on a band of rows at a time."""
    picture = in_one_scale(picture)
    width, height = picture.size
    parts = []
    for top in range(0, height, BAND * factor):
        band = picture.crop((0, top, width, min(top + BAND * factor, height)))
        parts.append(in_srgb(band, factor=factor))
    whole = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for number, part in enumerate(parts):
        whole.paste(part, (0, number * BAND))
    return whole


def in_srgb(picture, *, factor=1):
    """`picture` in mode RGB or RGBA, its colours moved from its own profile where it has a sound one."""
    picture = in_eight_bits(picture)
    profile, transparent = picture.info.get("icc_profile"), picture.has_transparency_data
    if transparent:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGB")
    picture = picture.reduce(factor)
    colours = through_profile(picture.convert("RGB") if transparent else picture, profile)
    if transparent:
        colours.putalpha(picture.getchannel("A"))
    return colours


def in_one_scale(picture):
    """Greyscale of more than sixteen bits, or in floating point, has no scale but its own extremes."""
    if picture.mode not in ("I", "F"):
        return picture
    low, high = picture.getextrema()
    scale = 255 / (high - low) if high > low else 0
    return picture.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def in_eight_bits(picture):
    """Deep greyscale scaled to 0..255; Pillow's own conversion would cut everything above 255 to white."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return in_one_scale(picture)


def through_profile(picture, profile):
    """`picture` in RGB; a profile that is broken or of another colour space is ignored."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert("RGB") if picture.mode != "RGB" else picture.copy()


def encode(picture, format):
    """The bytes of `picture` in `format`. JPEG knows no transparency, so it gets a white ground."""
    if format == "jpeg" and picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    options = dict(ENCODERS[format])
    if format == "avif":
        options["speed"] = AVIF_SPEED if picture.width <= LARGE_WIDTH else AVIF_SPEED_LARGE
    buffer = io.BytesIO()
    picture.save(buffer, **options)
    return buffer.getvalue()


def share_needed(plans):
    """How much of the original's width the largest of `plans` needs, with ROOM to spare: at most 1."""
    return min(1.0, ROOM * max(plan.width / (plan.box[2] - plan.box[0]) for plan in plans))


def render(file, plans, *, width):
    """Yield (plan, bytes) for each of `plans`, whose boxes are in pixels of a picture `width` wide."""
    picture = open_clean(file, share=share_needed(plans))
    scale = picture.width / width
    by_size = sorted(plans, key=lambda plan: (plan.crop, plan.box, plan.width, plan.height))
    for (box, *size), same in groupby(by_size, key=lambda plan: (plan.box, plan.width, plan.height)):
        left, upper, right, lower = (edge * scale for edge in box)
        part = (left, upper, min(right, picture.width), min(lower, picture.height))
        resized = picture.resize(size, Image.Resampling.LANCZOS, box=part, reducing_gap=2.0)
        for plan in same:
            yield plan, encode(resized, plan.format)
