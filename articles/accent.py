"""The paper's one colour: whether it can be read, and what follows from it for the dark and for marks on a page.

Contrast is that of WCAG 2.2 (1.4.3): from 4.5 on everybody with ordinary glasses can read small letters. Colours are
made lighter and darker in OKLab (Ottosson 2020), where equal steps look equal and a blue stays the same blue.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CONTRAST = 4.5
#: In the dark a colour is made and not chosen, and may as well be easy to read.
CONTRAST_IN_THE_DARK = 7
#: What accents stand on, as static/css/site.css has it: the paper and the tint of boxes, in the light and in the dark.
LIGHT = ("#fffdf9", "#f5f0e6")
DARK = ("#151310", "#211e19")
#: Letters that stand on the accent: what a reader has selected.
INK = "#1a1714"
STEP = 0.005
_HEX = re.compile(r"#[0-9a-f]{6}")


def is_colour(text):
    """Whether `text` is a colour as this module takes it: "#" and six digits from 0 to f, in small letters."""
    return bool(_HEX.fullmatch(text))


def contrast(one, other):
    """The contrast of two colours, 1 (none) to 21 (black on white)."""
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour, papers, least=CONTRAST):
    """Whether small letters of this colour can be read on all these papers."""
    return all(contrast(colour, paper) >= least for paper in papers)


def darkened(colour):
    """`colour`, or the nearest darker one that can be read on the light papers."""
    return _moved(colour, -STEP, lambda found: is_readable(found, LIGHT))


def for_the_dark(colour):
    """`colour`, or the nearest lighter one that can be read on the dark papers."""
    return _moved(colour, STEP, lambda found: is_readable(found, DARK, CONTRAST_IN_THE_DARK))


def glow(colour):
    """`colour`, or the nearest lighter one on which ink can be read: lines, marks, and what is selected."""
    return _moved(colour, STEP, lambda found: contrast(found, INK) >= CONTRAST)


def check(colour):
    """Validator: refuse what is no colour, and one that cannot be read on the paper, naming the nearest that can."""
    if not is_colour(colour):
        raise ValidationError(
            _("A colour is written as # and six digits from 0 to f, for example #a93a0c."), code="form"
        )
    if not is_readable(colour, LIGHT):
        raise ValidationError(
            _(
                "%(colour)s is too pale for small letters on our paper: contrast %(contrast).1f, at least 4.5 is "
                "needed. The nearest colour that can be read is %(nearest)s."
            ),
            params={
                "colour": colour,
                "contrast": min(contrast(colour, paper) for paper in LIGHT),
                "nearest": darkened(colour),
            },
            code="pale",
        )


def _moved(colour, step, is_enough):
    """`colour` made lighter or darker until `is_enough(colour)`; black or white where that is never so."""
    lightness, a, b = _oklab(colour)
    found = colour
    while not is_enough(found) and 0 <= lightness + step <= 1:
        lightness += step
        found = _hex(lightness, a, b)
    return found


def _linear(colour):
    """Red, green and blue as amounts of light, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(colour):
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour):
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hex(lightness, a, b):
    """The colour of a place in OKLab; one that no screen has loses saturation until one has it."""
    for share in (part / 20 for part in range(20, -1, -1)):
        light = _light(lightness, a * share, b * share)
        if all(-0.0005 <= part <= 1.0005 for part in light):
            break
    parts = [min(max(part, 0), 1) for part in light]
    encoded = [part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts]
    return "#" + "".join(f"{round(part * 255):02x}" for part in encoded)


def _light(lightness, a, b):
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
