"""Which crops and widths readers get, and where a crop lies in a picture. Pure arithmetic, in pixels."""

from dataclasses import dataclass

# Raise it when the encoders' settings change: every rendition is then out of date, and build_renditions
# makes it again.
ENCODING = "1"

# A picture's own width joins the list only when it is worth another file.
WORTH_A_FILE = 1.15

MODERN = ("avif", "webp")


@dataclass(frozen=True)
class Crop:
    """One shape that pages use. `ratio` is width to height, None means the picture's own."""

    name: str
    ratio: float | None
    widths: tuple[int, ...]
    jpeg_widths: tuple[int, ...]
    formats: tuple[str, ...] = MODERN


CROPS = (
    Crop("full", None, (480, 800, 1200, 1600), jpeg_widths=(800, 1200)),
    Crop("card", 3 / 2, (320, 640, 960, 1440), jpeg_widths=(640,)),
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


def widths_within(available, widths):
    """Those of `widths` that need no enlarging, and the `available` width where they fall short of it."""
    fitting = [width for width in widths if width <= available]
    if not fitting:
        return [available]
    if available < widths[-1] and available >= fitting[-1] * WORTH_A_FILE:
        return [*fitting, available]
    return fitting


def plan_renditions(width, height, *, focal_x=0.5, focal_y=0.5):
    """Every file that a picture of `width` by `height` should have, as a list of Plan."""
    plans = []
    for crop in CROPS:
        box = crop_box(width, height, ratio=crop.ratio, focal_x=focal_x, focal_y=focal_y)
        box_width, box_height = box[2] - box[0], box[3] - box[1]
        widths = widths_within(box_width, crop.widths)
        jpeg_widths = {min(widths, key=lambda made: abs(made - wish)) for wish in crop.jpeg_widths}
        for target in widths:
            target_height = min(box_height, max(1, round(target * box_height / box_width)))
            formats = [*crop.formats, "jpeg"] if target in jpeg_widths else crop.formats
            plans += [Plan(crop.name, format, target, target_height, box) for format in formats]
    return plans
