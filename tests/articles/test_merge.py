"""Two texts beside each other: blocks are found, aligned, and put together again without losing a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import merge, rendering
from articles.merge import Row, align, split

CARD = '<div data-block="related-card" data-id="7"></div>'
BLOCKS = [
    "<p>One.</p>",
    "<p>Two &amp; <em>half</em>.</p>",
    "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
    "<hr>",
    CARD,
    "<p>line<br>break\nand more</p>",
    "<blockquote><p>“No.”</p></blockquote>",
]
bodies = st.lists(st.sampled_from(BLOCKS), max_size=9).map("".join)


def test_a_body_is_split_at_its_top_level():
    """Lists and quotations stay whole, lines and cards stand alone, loose words belong to what is before them."""
    assert split("".join(BLOCKS)) == BLOCKS
    assert split("Loose <p>One</p> and <p>Two</p>") == ["Loose ", "<p>One</p> and ", "<p>Two</p>"]
    assert split("") == []


@given(bodies, bodies)
def test_nothing_is_lost_by_aligning(mine, theirs):
    """All of mine joined are mine, all of theirs joined are theirs, and no row is empty."""
    rows = align(mine, theirs)
    assert "".join(row.mine for row in rows) == mine
    assert "".join(row.theirs for row in rows) == theirs
    assert all(row.mine or row.theirs for row in rows)


@given(bodies)
def test_a_text_does_not_differ_from_itself(body):
    """Every row of a text beside itself is the same on both sides."""
    assert all(row.same for row in align(body, body))


@given(st.text(max_size=200))
def test_any_cleaned_text_can_be_split(text):
    """Whatever was typed, once it is cleaned its blocks joined are the text."""
    body = rendering.clean(text)
    assert "".join(split(body)) == body


def test_a_block_that_only_one_side_has_stands_beside_nothing():
    """An added, a deleted and a changed block each have a row of their own."""
    rows = align("<p>One.</p><p>Gone.</p><p>Rain fell.</p>", "<p>One.</p><p>Rain fell hard.</p><hr>")
    assert Row("<p>One.</p>", "<p>One.</p>") in rows
    assert align("<p>a</p>", "<p>a</p><hr>") == [Row("<p>a</p>", "<p>a</p>"), Row("", "<hr>")]
    assert align("<p>a</p><hr>", "<p>a</p>")[1] == Row("<hr>", "")


def test_a_changed_block_stands_beside_the_one_it_was():
    """With a new paragraph before it, a reworded one is still found."""
    rows = align("<p>The ferry was late.</p>", "<p>Zzz 123!</p><p>The ferry was very late.</p>")
    assert rows == [
        Row("", "<p>Zzz 123!</p>"),
        Row("<p>The ferry was late.</p>", "<p>The ferry was very late.</p>"),
    ]


@pytest.mark.parametrize("side", [0, 1])
def test_a_text_of_too_many_blocks_is_one_piece(side):
    """Aligning stays quick: beyond the limit, whole texts stand beside each other."""
    texts = ["<p>a</p>", "<p>a</p>" * (merge.MOST_BLOCKS + 1)]
    assert align(texts[side], texts[1 - side]) == [Row(texts[side], texts[1 - side])]
