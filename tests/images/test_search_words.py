"""The words of a text are the same, whether they are looked for in the whole of it or between its blanks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from images import search_words

#: Letters of several scripts, accents that stand by themselves, apostrophes, signs, and blanks of many kinds.
SIGNS = "abÉßжїґ'’ʼ`\u0301\u00ad\u200b_-.,1漢かกØ \n\t\u2028\u00a0\x1c"


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=st.text(SIGNS, max_size=80))
def test_words_between_blanks_are_the_words_of_the_text(text):
    written = search_words._WRITTEN.findall(text)
    expected = list(dict.fromkeys(word for one in written for word in search_words._cut(one)))
    assert search_words.words_of(text) == expected


def test_a_piece_as_long_as_an_address_is_cut_into_words():
    assert search_words.words_of(f"see https://else.example/{'a' * 50}/b see") == [
        *["see", "https", "else", "example"],
        *["a" * search_words.LONGEST, "b"],
    ]
