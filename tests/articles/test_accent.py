"""The paper's one colour: what can be read, and what is made of it."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from articles import accent

SHEET = (Path(__file__).parents[2] / "static" / "css" / "site.css").read_text()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert accent.contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_the_papers_are_those_of_the_stylesheet():
    """The check is worth nothing against other colours than those readers see."""
    white, grey, ink = (re.findall(rf"--{name}: (#\w+);", SHEET) for name in ("white", "grey-1", "black"))
    assert (white[0], grey[0]) == accent.LIGHT
    assert (white[1], grey[1]) == accent.DARK
    assert ink[0] == accent.INK


@pytest.mark.parametrize(
    "colour", ["#ffff00", "#e8742a", "#8888ff", "#000000", "#a93a0c", "#003366", "#ffffff"]
)
def test_every_colour_leads_to_ones_that_can_be_read(colour):
    """In the light, in the dark, and below a selection; one that can be read already stays as it is."""
    assert accent.is_readable(accent.darkened(colour), accent.LIGHT)
    assert accent.is_readable(accent.for_the_dark(colour), accent.DARK, accent.CONTRAST_IN_THE_DARK)
    assert accent.contrast(accent.glow(colour), accent.INK) >= accent.CONTRAST
    if accent.is_readable(colour, accent.LIGHT):
        assert accent.darkened(colour) == colour


def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read():
    with pytest.raises(
        ValidationError, match=r"#e8742a is too pale.*contrast 2\.\d.*nearest.*(#[0-9a-f]{6})"
    ) as caught:
        accent.check("#e8742a")
    nearest = re.findall(r"#[0-9a-f]{6}", str(caught.value))[-1]
    accent.check(nearest)
    assert accent.contrast(nearest, "#e8742a") < 2.5  # near, and not simply black
    with pytest.raises(ValidationError, match="six digits"):
        accent.check("orange")
