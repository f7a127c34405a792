"""Crop arithmetic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from images.crops import CROPS, crop_box, plan_renditions, widths_within

steady = settings(deadline=None, derandomize=True)
sides = st.integers(1, 12_000)
shares = st.floats(0, 1)
ratios = st.sampled_from([crop.ratio for crop in CROPS])


@steady
@given(sides, sides, ratios, shares, shares)
def test_a_crop_lies_inside_the_picture_and_is_never_empty(width, height, ratio, x, y):
    """Whatever the picture and the focal point, the box has pixels and none of them is outside."""
    left, upper, right, lower = crop_box(width, height, ratio=ratio, focal_x=x, focal_y=y)
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height


@steady
@given(sides, sides, st.sampled_from([3 / 2, 1.0, 1.91]), shares, shares)
def test_a_crop_is_as_large_as_its_ratio_allows(width, height, ratio, x, y):
    """One side of the box is the picture's own, and the ratio is right to the pixel."""
    left, upper, right, lower = crop_box(width, height, ratio=ratio, focal_x=x, focal_y=y)
    assert right - left == width or lower - upper == height
    assert abs((right - left) - ratio * (lower - upper)) <= max(1, ratio)


@steady
@given(sides, sides, st.sampled_from([3 / 2, 1.0, 1.91]), shares, shares)
def test_the_focal_point_is_always_in_the_crop(width, height, ratio, x, y):
    """What must stay in the picture stays, to within the rounding of one pixel."""
    left, upper, right, lower = crop_box(width, height, ratio=ratio, focal_x=x, focal_y=y)
    assert left - 1 <= x * width <= right + 1
    assert upper - 1 <= y * height <= lower + 1


@steady
@given(sides, sides, shares, shares)
def test_nothing_is_ever_enlarged(width, height, x, y):
    """No planned file has more pixels, in either direction, than its part of the picture."""
    for plan in plan_renditions(width, height, focal_x=x, focal_y=y):
        left, upper, right, lower = plan.box
        assert 1 <= plan.width <= right - left
        assert 1 <= plan.height <= lower - upper


@steady
@given(sides, sides)
def test_every_crop_has_a_jpeg_and_no_file_is_planned_twice(width, height):
    """Each crop can be shown by a browser that knows JPEG only."""
    plans = plan_renditions(width, height)
    assert {plan.crop for plan in plans if plan.format == "jpeg"} == {crop.name for crop in CROPS}
    assert len({plan.key for plan in plans}) == len(plans)


@pytest.mark.parametrize(
    ("available", "made"),
    [
        (2000, [480, 800, 1200, 1600]),
        (1600, [480, 800, 1200, 1600]),
        (1500, [480, 800, 1200, 1500]),
        (1250, [480, 800, 1200]),
        (480, [480]),
        (300, [300]),
    ],
)
def test_widths_stop_at_the_picture(available, made):
    """A picture gets the standard widths it can fill, and its own where that is worth a file."""
    assert widths_within(available, (480, 800, 1200, 1600)) == made


def test_a_moved_focal_point_changes_the_crops_but_not_the_whole_picture():
    """Only files whose box moves have another recipe, so only they are made again."""
    before = {plan.key: plan.recipe for plan in plan_renditions(1800, 1200)}
    after = {plan.key: plan.recipe for plan in plan_renditions(1800, 1200, focal_x=0.1)}
    changed = {key[0] for key in before if before[key] != after[key]}
    assert changed == {"square"}  # card has the picture's own ratio here; share is as wide as the picture
