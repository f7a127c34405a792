"""The words of a body, taken out by its tags alone: the same that an HTML parser finds in it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rendering import BLOCKS, MARKS, clean, plain_text
from newsroom.demo.stories import read_stories

pytestmark = pytest.mark.any_database

NAMES = [name for _options, tags in MARKS.values() for name in tags] + ["section", "figure", "table", "td"]
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["&amp;", "&lt;b&gt;", "&amp;lt;", "&nbsp;", "a > b", "<", "'", '"', " "]),
    st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]),
    st.sampled_from(
        ['<a title="a > b < c">', "<a title='\"'>", '<a href="/x?a=1&amp;b=<i>">', "<p data-part=date>"]
    ),
    st.sampled_from([f'<section data-block="{name}">' for name, block in BLOCKS.items() if block.inside]),
)


class Parsed(HTMLParser):
    def __init__(self, body):
        super().__init__()
        self.words = ""
        self.feed(body)
        self.close()

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attributes):
        self.words += " " * (tag in ("br", "hr"))

    def handle_endtag(self, tag):
        self.words += " " * (tag not in ("a", "em", "strong", "sub", "sup"))


def parsed(body):
    return " ".join(Parsed(body).words.split())


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_words_are_those_that_a_parser_finds(written):
    body = clean(written)
    assert plain_text(body) == parsed(body)


def test_the_words_of_real_stories_are_those_that_a_parser_finds():
    for story in read_stories():
        body = clean(story.body)
        assert plain_text(body) == parsed(body)


@pytest.mark.parametrize(
    "hostile", ["<a" * 300_000, '<a "' * 200_000, "<a x" + '"' * 600_000, "</p" * 300_000]
)
def test_what_no_cleaner_wrote_takes_no_longer(hostile):
    """Each sign is looked at a few times at most."""
    assert isinstance(plain_text(hostile), str)
