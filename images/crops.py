"""Which crops and widths readers get, and where a crop lies in a picture. Pure arithmetic, in pixels."""

from dataclasses import dataclass
from math import ceil, isfinite

# Raise it when the encoders' settings or the names of the files change: every rendition is then out of date,
# and build_renditions makes it again.
ENCODING = "2"

# How much larger than its pixels a picture may stand on a page before it looks soft: decides how small a crop the
# desk may draw.
ENLARGED = 2

# A picture's own width joins the list only when it is worth another file.
WORTH_A_FILE = 1.15

MODERN = ("avif", "webp")

# Shares of a picture's sides are kept to a ten-thousandth, which is finer than a pixel of most.
SHARE = 0.0001


@dataclass(frozen=True)
class Crop:
    """One shape that pages use. `ratio` is width to height, None means the picture's own."""

    name: str
    ratio: float | None
    widths: tuple[int, ...]
    jpeg_widths: tuple[int, ...]
    formats: tuple[str, ...] = MODERN


# Phones are 360 to 412 points wide and have two or three dots a point: between a page's margins a picture fills just
# under 720 or 1080 of them, and the small picture of a list 192 or 288. Widths just above these are there, so that
# nobody on a slow line fetches the next larger one.
CROPS = (
    Crop("full", None, (480, 720, 1080, 1600), jpeg_widths=(720, 1080)),
    Crop("lead", 16 / 9, (480, 720, 1080, 1600), jpeg_widths=(720, 1080)),
    Crop("card", 3 / 2, (192, 320, 720, 1080, 1440), jpeg_widths=(720,)),
    Crop("square", 1.0, (96, 192, 384), jpeg_widths=(192,)),
    # Cards on other sites are fetched by robots that read JPEG only.
    Crop("share", 1.91, (1200,), jpeg_widths=(1200,), formats=()),
)


@dataclass(frozen=True)
class Plan:
    """One file to make: the part of the picture (left, upper, right, lower) and the size it gets."""

    crop: str
    format: str
    width: int
    height: int
    box: tuple[int, int, int, int]

    @property
    def key(self):
        return self.crop, self.width, self.format

    @property
    def recipe(self):
        return ":".join([ENCODING, *map(str, self.box)])


def crop_box(width, height, *, ratio, focal_x, focal_y):
    """The largest box of `ratio` in a picture, as near to centred on the focal point as the edges allow."""
    if ratio is None:
        return (0, 0, width, height)
    box_width = min(width, max(1, round(height * ratio)))
    box_height = min(height, max(1, round(width / ratio)))
    left = min(max(round(focal_x * width - box_width / 2), 0), width - box_width)
    upper = min(max(round(focal_y * height - box_height / 2), 0), height - box_height)
    return (left, upper, left + box_width, upper + box_height)


def least_width(crop, width, height):
    """How many pixels wide a crop drawn by the desk must be; all of the picture's width if it has no more."""
    left, _upper, right, _lower = crop_box(width, height, ratio=crop.ratio, focal_x=0.5, focal_y=0.5)
    return min(right - left, ceil(crop.widths[-1] / ENLARGED))


def own_box(crop, own, width, height):
    """The box in pixels of a crop that the desk drew, from its shares (left, upper, right, lower).

    The ratio is made right to the pixel. ValueError says which rule it breaks: "shape", "outside", "ratio", "small".
    """
    if crop.ratio is None or len(own) != 4 or not all(isfinite(edge) for edge in own):
        raise ValueError("shape")
    left, upper, right, lower = own
    if min(left, upper) < -SHARE or max(right, lower) > 1 + SHARE:
        raise ValueError("outside")
    box_width, box_height = round((right - left) * width), (lower - upper) * height
    # Both sides were rounded, to pixels and to shares of a ten-thousandth.
    if abs(box_width - crop.ratio * box_height) > (1 + crop.ratio) * max(1, SHARE * max(width, height)):
        raise ValueError("ratio")
    if box_width < least_width(crop, width, height) - max(1, SHARE * width):
        raise ValueError("small")
    box_width = min(box_width, width, round(height * crop.ratio))
    box_height = min(height, max(1, round(box_width / crop.ratio)))
    left = min(max(round(left * width), 0), width - box_width)
    upper = min(max(round(upper * height), 0), height - box_height)
    return (left, upper, left + box_width, upper + box_height)


def box_in(crop, width, height, *, focal_x, focal_y, own_crops):
    """The box of `crop` in pixels: the desk's own, or one around the focal point where there is none that fits."""
    if own := own_crops.get(crop.name):
        try:
            return own_box(crop, own, width, height)
        except ValueError:  # the picture's file was replaced by one of another shape
            pass
    return crop_box(width, height, ratio=crop.ratio, focal_x=focal_x, focal_y=focal_y)


def widths_within(available, widths):
    """Those of `widths` that need no enlarging, and the `available` width where they fall short of it."""
    fitting = [width for width in widths if width <= available]
    if not fitting:
        return [available]
    if available < widths[-1] and available >= fitting[-1] * WORTH_A_FILE:
        return [*fitting, available]
    return fitting


def plan_renditions(width, height, *, focal_x=0.5, focal_y=0.5, own_crops=None):
    """Every file that a picture of `width` by `height` should have, as a list of Plan.

    `own_crops` is {name of a crop: (left, upper, right, lower) in shares} where the desk drew its own.
    """
    plans = []
    for crop in CROPS:
        box = box_in(crop, width, height, focal_x=focal_x, focal_y=focal_y, own_crops=own_crops or {})
        box_width, box_height = box[2] - box[0], box[3] - box[1]
        widths = widths_within(box_width, crop.widths)
        jpeg_widths = {min(widths, key=lambda made: abs(made - wish)) for wish in crop.jpeg_widths}
        for target in widths:
            target_height = min(box_height, max(1, round(target * box_height / box_width)))
            formats = [*crop.formats, "jpeg"] if target in jpeg_widths else crop.formats
            plans += [Plan(crop.name, format, target, target_height, box) for format in formats]
    return plans
