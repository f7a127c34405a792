"""How long a story takes to read."""

import pytest

from articles.reading import CHARACTERS_A_MINUTE, LETTERS_A_MINUTE, WORDS_A_MINUTE, count_words, minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The ferry is late.", 4),
        ("It’s the harbour-master’s well-known 1,200.50 boats", 6),
        ("— … ! ?", 0),
        ("Пором запізнився на п’ять хвилин", 5),
        ("渡船", 2),
        ("The 渡船 is late", 5),
        ("フェリー𠮷", 5),
        ("เรือข้ามฟากมาสาย", 4),
    ],
)
def test_words_are_counted_as_people_count_them(text, words):
    """Hyphens, apostrophes and figures hold a word together; scripts without spaces count by character."""
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("word", 1),
        ("word " * WORDS_A_MINUTE, 1),
        ("word " * (WORDS_A_MINUTE + 1), 2),
        ("word " * (WORDS_A_MINUTE * 10), 10),
        ("字" * CHARACTERS_A_MINUTE, 1),
        ("字" * (CHARACTERS_A_MINUTE + 1), 2),
        ("เรือข้ามฟาก" * (LETTERS_A_MINUTE // 11), 1),
        ("เรือข้ามฟาก" * (LETTERS_A_MINUTE // 11 + 1), 2),
        ("word " * (WORDS_A_MINUTE // 2) + "字" * (CHARACTERS_A_MINUTE // 2), 1),
    ],
)
def test_minutes_are_whole_and_rounded_up(text, expected):
    """Nothing takes less than a minute, and a minute that has begun counts."""
    assert minutes(text) == expected
