"""The library's records."""

from datetime import UTC, datetime, timedelta

import pytest

from images.models import Image
from tests.images.pictures import make_picture


def test_search_wants_every_word_somewhere(db):
    """Words may be spread over title, caption, credit and alternative text."""
    image = make_picture(
        title="Ferry", caption="The quay at night", credit="Arda Example", alt_text="A lit boat"
    )
    make_picture(caption="The quay by day")
    assert list(Image.objects.search("night quay ARDA boat ferry")) == [image]
    assert not Image.objects.search("night day").exists()


@pytest.mark.parametrize("words", ["ПОРТ", "порт", "cafe", "CAFÉ", "istanbul"])
def test_search_knows_no_case_and_no_accents_in_any_script(words, db):
    """What one types on a plain keyboard finds what was written with care."""
    image = make_picture(caption="Порт біля café İstanbul")
    assert list(Image.objects.search(words)) == [image]


def test_search_without_words_finds_all_and_survives_long_ones(db):
    """An empty box shows the library; a pasted page is no attack."""
    make_picture()
    assert Image.objects.search("  ").count() == 1
    assert Image.objects.search("zz " * 10_000).count() == 0
    assert Image.objects.search("100%").count() == 0
    assert Image.objects.search("\0harbour\0").count() == 1


def test_saving_some_fields_keeps_search_in_step(db):
    """A caption saved alone is found; other fields alone do not touch the words."""
    image = make_picture(caption="Before")
    image.caption = "After"
    image.save(update_fields=["caption"])
    assert Image.objects.search("after").exists()


def test_a_picture_is_called_by_the_best_words_it_has(db):
    """Title, caption, alternative text, or at least its number."""
    image = make_picture(title="T", caption="C", alt_text="A")
    names = [str(image)]
    for field in ("title", "caption", "alt_text"):
        setattr(image, field, "")
        names.append(str(image))
    assert names == ["T", "C", "A", f"Picture {image.pk}"]


def test_rights_are_an_interval():
    """The first moment is inside, the last is not; no limit is no limit."""
    start = datetime(2024, 5, 1, tzinfo=UTC)
    image = Image(not_before=start, not_after=start + timedelta(days=1))
    moments = [start - timedelta(seconds=1), start, start + timedelta(days=1)]
    assert [image.rights_allow(at) for at in moments] == [False, True, False]
    assert Image().rights_allow(start)
