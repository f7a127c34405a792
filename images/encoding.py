"""Pixels: an original becomes clean files, upright, in sRGB, with no trace of the camera or its owner."""

import io
from itertools import groupby

from PIL import Image, ImageCms

# A JPEG can be decoded at a half or a quarter of its size, which saves most of the time and memory of a large
# photo. Not below these: every rendition is still made from more pixels than it has.
DRAFT_WIDTH, DRAFT_HEIGHT = 2400, 1200

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

ORIENTATION, EXIF_DETAILS = 0x0112, 0x8769
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
    except Exception:  # the parser fails in every way there is
        return Image.Exif()


def exif_details_of(picture):
    """The part of it that holds the times, by number."""
    try:
        return exif_of(picture).get_ifd(EXIF_DETAILS)
    except Exception:  # as above
        return {}


def orientation_of(picture):
    return exif_of(picture).get(ORIENTATION, 1)


def upright_size(picture):
    """Width and height as seen. Call it on a loaded picture: Pillow turns a TIFF itself while loading it."""
    return picture.size[::-1] if orientation_of(picture) in (5, 6, 7, 8) else picture.size


def open_clean(file):
    """The first frame of `file` as an upright RGB or RGBA picture in sRGB that carries no metadata."""
    file.seek(0)
    with Image.open(file, formats=DECODERS) as picture:
        if picture.format in ("JPEG", "MPO"):
            width, height = upright_size(picture)
            share = max(DRAFT_WIDTH / width, DRAFT_HEIGHT / height)
            picture.draft(None, tuple(round(side * share) for side in picture.size))
        picture.load()
        turn = TURNS.get(orientation_of(picture))
        clean = in_srgb(picture)
    if turn is not None:
        clean = clean.transpose(turn)
    if clean.mode == "RGBA" and clean.getextrema()[3] == (255, 255):
        clean = clean.convert("RGB")
    clean.info = {}
    return clean


def in_srgb(picture):
    """`picture` in mode RGB or RGBA, its colours moved from its own profile where it has a sound one."""
    picture = in_eight_bits(picture)
    alpha = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
    flat = picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")
    colours = through_profile(flat, picture.info.get("icc_profile"))
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def in_eight_bits(picture):
    """Deep greyscale scaled to 0..255; Pillow's own conversion would cut everything above 255 to white."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("I", "F"):
        low, high = picture.convert("F").getextrema()
        scale = 255 / (high - low) if high > low else 0
        return picture.convert("F").point(lambda value: value * scale - low * scale).convert("L")
    return picture


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


def render(file, plans, *, width):
    """Yield (plan, bytes) for each of `plans`, whose boxes are in pixels of a picture `width` wide."""
    picture = open_clean(file)
    scale = picture.width / width
    by_size = sorted(plans, key=lambda plan: (plan.crop, plan.box, plan.width, plan.height))
    for (box, *size), same in groupby(by_size, key=lambda plan: (plan.box, plan.width, plan.height)):
        left, upper, right, lower = (edge * scale for edge in box)
        part = (left, upper, min(right, picture.width), min(lower, picture.height))
        resized = picture.resize(size, Image.Resampling.LANCZOS, box=part, reducing_gap=2.0)
        for plan in same:
            yield plan, encode(resized, plan.format)
