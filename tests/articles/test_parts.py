"""Parts of readers' pages are the same when all that they are made of is the same."""

from types import SimpleNamespace

from django.utils.safestring import mark_safe

from articles.parts import remembered


def drawn(**inputs):
    """How often three pages, one after the other, drew a part of these inputs: each value is a list of three."""
    made = []
    for values in zip(*inputs.values(), strict=True):
        remembered("a part", dict(zip(inputs, values, strict=True)), lambda: made.append(1))
    return len(made)


def test_a_part_is_drawn_once_for_what_the_database_said():
    """Two objects with the same row are the same; one without a row, as in a preview, is drawn each time."""
    assert drawn(story=[SimpleNamespace(row=(1, "Fog")) for _page in range(3)]) == 1
    assert drawn(story=[SimpleNamespace(row=(1, words)) for words in ("Sea", "Mist", "Sea")]) == 2
    assert drawn(story=[SimpleNamespace() for _page in range(3)]) == 3


def test_words_that_are_html_are_not_words_that_are_not():
    """One would be printed as it stands, the other escaped."""
    words = "<b>Fog</b>"
    assert drawn(title=[words, mark_safe(words), words]) == 2  # noqa: S308 (our own words)
    assert drawn(number=[1, True, 1]) == 2
