"""Crop arithmetic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from images.crops import CROPS, crop_box, least_width, own_box, plan_renditions, widths_within

steady = settings(deadline=None, derandomize=True)
sides = st.integers(1, 12_000)
shares = st.floats(0, 1)
ratios = st.sampled_from([crop.ratio for crop in CROPS])
slots = st.sampled_from([crop for crop in CROPS if crop.ratio])
LEAD = next(crop for crop in CROPS if crop.name == "lead")


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
@given(sides, sides, ratios, shares, shares)
def test_a_face_at_the_focal_point_is_cut_only_where_the_picture_ends(width, height, ratio, x, y):
    """Around the point the crop reaches half its size on every side, or to the edge of the picture, to a pixel."""
    left, upper, right, lower = crop_box(width, height, ratio=ratio, focal_x=x, focal_y=y)
    across, down = x * width, y * height
    assert across - left >= min(across, (right - left) / 2) - 1
    assert right - across >= min(width - across, (right - left) / 2) - 1
    assert down - upper >= min(down, (lower - upper) / 2) - 1
    assert lower - down >= min(height - down, (lower - upper) / 2) - 1


# --- Crops that the desk draws ----------------------------------------------------------------------------


def in_shares(box, width, height):
    left, upper, right, lower = box
    return [round(edge, 4) for edge in (left / width, upper / height, right / width, lower / height)]


@st.composite
def drawn(draw):
    """(crop, its box in pixels, width, height): any box of the right ratio that is large enough."""
    crop, width, height = draw(slots), draw(sides), draw(sides)
    most = crop_box(width, height, ratio=crop.ratio, focal_x=0.5, focal_y=0.5)
    box_width = draw(st.integers(least_width(crop, width, height), most[2] - most[0]))
    box_height = min(height, max(1, round(box_width / crop.ratio)))
    left, upper = draw(st.integers(0, width - box_width)), draw(st.integers(0, height - box_height))
    return crop, (left, upper, left + box_width, upper + box_height), width, height


@steady
@given(drawn())
def test_a_crop_of_the_desk_s_own_is_kept_to_the_pixel(case):
    """What was drawn, rounded to shares and back, is the same box to within two pixels, inside the picture."""
    crop, box, width, height = case
    made = own_box(crop, in_shares(box, width, height), width, height)
    assert all(abs(a - b) <= 2 for a, b in zip(made, box, strict=True))
    assert 0 <= made[0] < made[2] <= width
    assert 0 <= made[1] < made[3] <= height
    assert abs((made[2] - made[0]) - crop.ratio * (made[3] - made[1])) <= max(1, crop.ratio)


@pytest.mark.parametrize(
    ("own", "rule"),
    [
        ([0.2, 0.2, 1.1, 1.1], "outside"),
        ([-0.1, 0, 0.9, 1], "outside"),
        ([0, 0, 1, 0.5], "ratio"),
        ([0.4, 0.4, 0.5, 0.5], "small"),
        ([0.5, 0.5, 0.5, 0.5], "small"),
        ([0.8, 0.8, 0.2, 0.2], "small"),
        ([0, 0, float("nan"), 1], "shape"),
        ([0, 0, 1], "shape"),
    ],
)
def test_a_crop_that_breaks_a_rule_is_refused_and_never_used(own, rule):
    """The form says which rule; a picture that has such a crop all the same is cut around its focal point."""
    with pytest.raises(ValueError, match=f"^{rule}$"):
        own_box(LEAD, own, 3200, 1800)
    plans = plan_renditions(3200, 1800, own_crops={"lead": own})
    assert {plan.box for plan in plans if plan.crop == "lead"} == {(0, 0, 3200, 1800)}


def test_a_small_picture_cannot_be_cut_smaller():
    """It can only be moved: less than half the pixels of the largest place would look soft."""
    assert least_width(LEAD, 3200, 1800) == 800
    assert least_width(LEAD, 600, 600) == 600
    assert own_box(LEAD, [0, 0, 1, 0.5625], 600, 600) == (0, 0, 600, 338)


def test_one_crop_of_its_own_leaves_the_others_alone():
    """Only its files have another recipe."""
    before = {plan.key: plan.recipe for plan in plan_renditions(3200, 1800)}
    after = {
        plan.key: plan.recipe for plan in plan_renditions(3200, 1800, own_crops={"card": [0, 0, 0.5, 0.5926]})
    }
    assert {key[0] for key in before if before[key] != after.get(key)} == {"card"}


@steady
@given(drawn())
def test_a_crop_of_the_desk_s_own_is_not_enlarged_either(case):
    """No planned file has more pixels than its part of the picture."""
    crop, box, width, height = case
    for plan in plan_renditions(width, height, own_crops={crop.name: in_shares(box, width, height)}):
        left, upper, right, lower = plan.box
        assert 1 <= plan.width <= right - left
        assert 1 <= plan.height <= lower - upper


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
