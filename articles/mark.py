"""The mark beside the paper's name: a drawing (SVG) of which only shapes are kept.

A drawing from elsewhere may hold scripts, links, styles and other files. Nothing of it is copied: the shapes are read,
and a drawing of our own is written from those attributes that are numbers. It becomes a part of every page, so that it
costs no request and takes the colours of the page, in the dark too.
"""

import re
from html import escape
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Characters of a drawing as it comes, and as it is kept.
MOST_READ = 50_000
MOST_KEPT = 5_000
MOST_SHAPES = 100
DEEPEST = 10
HEIGHT = 30  # of the mark in pixels, where no stylesheet says it

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?(?:px)?", re.IGNORECASE)
_PATH = re.compile(r"[\s\d.,+\-eEMmLlHhVvCcSsQqTtAaZz]+")
_POINTS = re.compile(r"[\s\d.,+\-eE]+")
_TRANSFORM = re.compile(r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([\s\d.,+\-eE]+\)\s*,?)+")
_WORD = re.compile(r"evenodd|nonzero|round|square|butt|bevel|miter")

_DRAWN = {"stroke-width": _NUMBER, "stroke-linecap": _WORD, "stroke-linejoin": _WORD}
_DRAWN |= {"fill-rule": _WORD, "clip-rule": _WORD, "opacity": _NUMBER, "transform": _TRANSFORM}


def _numbers(names):
    return dict.fromkeys(names.split(), _NUMBER)


#: Element -> what each attribute of it may say, beside its colours.
SHAPES = {
    "g": {},
    "path": {"d": _PATH},
    "circle": _numbers("cx cy r"),
    "ellipse": _numbers("cx cy rx ry"),
    "rect": _numbers("x y width height rx ry"),
    "line": _numbers("x1 y1 x2 y2"),
    "polyline": {"points": _POINTS},
    "polygon": {"points": _POINTS},
}


def clean(drawing):
    """A drawing of our own with the shapes of `drawing`; "" for none. Cleaning twice changes nothing.

    What is filled or drawn with the colour "accent" takes the paper's, everything else the colour of the text.
    Raises ValidationError with a sentence that says what to do.
    """
    drawing = drawing.strip()
    if not drawing:
        return ""
    root = _parsed(drawing)
    box = _box(root)
    shapes = _shapes(root, _Count())
    if not shapes:
        raise ValidationError(
            _("There is no shape in this drawing. Turn letters and pictures into paths, then save it again."),
            code="empty",
        )
    width = round(HEIGHT * box[2] / box[3], 1)
    view = " ".join(f"{side:g}" for side in box)
    made = (
        f'<svg class="mark" viewBox="{view}" width="{width:g}" height="{HEIGHT}" fill="currentColor"'
        f' aria-hidden="true" focusable="false">{shapes}</svg>'
    )
    if len(made) > MOST_KEPT:
        raise ValidationError(
            _(
                "This drawing is too fine: %(length)d characters of shapes, and every page would carry them; the limit "
                "is %(limit)d. Simplify its paths, or leave out what nobody sees at this size."
            ),
            params={"length": len(made), "limit": MOST_KEPT},
            code="too_fine",
        )
    return made


class _Count:
    shapes = 0


def _parsed(drawing):
    # Entities can make a small text a huge one, and name files of this machine.
    if len(drawing) > MOST_READ or re.search(
        r"<!(?:DOCTYPE|ENTITY)\b[^>]*\[|<!ENTITY", drawing, re.IGNORECASE
    ):
        raise ValidationError(
            _("This drawing is too large. Export it as a plain SVG, without pictures in it."), code="large"
        )
    drawing = re.sub(r"<!DOCTYPE[^>\[]*>", "", drawing, flags=re.IGNORECASE)
    try:
        root = ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", drawing))  # noqa: S314 (no entities, no files)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValidationError(
            _("This is no drawing in the format SVG. Export it anew from the program it was drawn in."),
            code="broken",
        ) from error
    if _name(root) != "svg":
        raise ValidationError(
            _("A drawing begins with <svg>; this begins with something else."), code="other"
        )
    return root


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _box(root):
    """Left, top, width and height of the drawing."""
    said = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(said) != 4:
        said = ["0", "0", root.get("width", ""), root.get("height", "")]
    sides = [float(side.lower().removesuffix("px")) for side in said if _NUMBER.fullmatch(side)]
    if len(sides) != 4 or not all(0 < side < 100_000 for side in sides[2:]):
        raise ValidationError(
            _("The drawing does not say how large it is. Save it with a viewBox, or with width and height."),
            code="size",
        )
    return sides


def _shapes(parent, count, depth=0):
    if depth > DEEPEST:
        return ""
    return "".join(_shape(child, count, depth) for child in parent)


def _shape(element, count, depth):
    name = _name(element)
    if name not in SHAPES:
        return ""
    count.shapes += 1
    if count.shapes > MOST_SHAPES:
        raise ValidationError(
            _("This drawing has more than %(limit)d shapes. Join them, or draw a simpler mark."),
            params={"limit": MOST_SHAPES},
            code="too_many",
        )
    said = _said(element)
    kept = [
        f' {attribute}="{escape(said[attribute].strip())}"'
        for attribute, form in (SHAPES[name] | _DRAWN).items()
        if form.fullmatch(said.get(attribute, "").strip())
    ]
    kept += [f' {side}="{_colour(said[side])}"' for side in ("fill", "stroke") if side in said]
    classes = [word for word in said.get("class", "").split() if word in ("mark__fill", "mark__stroke")]
    classes += [f"mark__{side}" for side in ("fill", "stroke") if said.get(side, "").strip() == "accent"]
    if classes:
        kept.insert(0, f' class="{" ".join(dict.fromkeys(classes))}"')
    if name == "g":
        inside = _shapes(element, count, depth + 1)
        return f"<g{''.join(kept)}>{inside}</g>" if inside else ""
    return f"<{name}{''.join(kept)}/>"


def _said(element):
    """The attributes of an element; those of its style too."""
    style = (part.partition(":") for part in element.get("style", "").split(";"))
    return {**element.attrib, **{name.strip(): value.strip() for name, colon, value in style if colon}}


def _colour(said):
    return "none" if said.strip().lower() in ("none", "transparent") else "currentColor"
