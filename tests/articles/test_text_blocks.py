"""Pull quotes, fact boxes, key points, questions, timelines and tables: from what was pasted to what readers get."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from articles import rendering
from articles.compare_body import compare_bodies
from articles.dates import machine_date
from articles.models import PublishedVersion
from articles.rendering import clean, plain_text
from tests.factories import ArticleFactory, published

FIGURE = '<figure data-block="figure" data-id="3"></figure>'
ROW = "<tr><td><p>1</p></td><td><p>2</p></td></tr>"
TABLE = f'<section data-block="table"><table><tbody>{ROW}</tbody></table></section>'


def block(kind, inside):
    return f'<section data-block="{kind}">{inside}</section>'


ALL = [
    block("takeaways", "<p>The ferry is late.</p><p>It costs <strong>more</strong>.</p>"),
    block("pull-quote", '<p>Plan around it.</p><p data-part="source">Mara Venn</p>'),
    block(
        "fact-box",
        '<p data-part="title">The berth</p><p>Built in 1931.</p><ul><li><p>84 metres</p></li></ul>',
    ),
    block(
        "questions",
        '<p data-part="question">A refund?</p><p>Yes.</p><p data-part="question">When?</p><p>Now.</p>',
    ),
    block(
        "timeline",
        '<p data-part="date">12 March 2024</p><p>Silt.</p><p data-part="date">Monday</p><p>Fog.</p>',
    ),
    block(
        "table",
        '<p data-part="caption">What it costs</p><table><tbody><tr><th></th><th><p>Town</p></th></tr>'
        "<tr><th><p>2024</p></th><td><p>214,000</p></td></tr><tr><th><p>2025</p></th><td><p>–</p></td></tr></tbody>"
        '</table><p data-part="source">Harbour office</p>',
    ),
]


# --- Cleaning ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ALL)
def test_a_block_is_kept_as_the_editor_writes_it(body):
    """Between paragraphs, with white space of another writer in it, and twice."""
    assert clean(f"<p>Ebb</p>{body}<p>Flow</p>") == f"<p>Ebb</p>{body}<p>Flow</p>"
    assert clean(body.replace("><", ">\n<")) == body


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        (block("fact-box", ""), ""),
        (block("poll", "<p>a</p>"), "<p>a</p>"),
        ("<section><h2>a</h2></section>", "<h2>a</h2>"),
        (f"<blockquote>{block('pull-quote', '<p>a</p>')}</blockquote>", "<blockquote><p>a</p></blockquote>"),
        (f"<section>{block('takeaways', '<p>a</p>')}</section>", block("takeaways", "<p>a</p>")),
        ('<p data-part="title">a</p>', "<p>a</p>"),
        # A block's own lines stand in their place, once; those of other blocks are paragraphs.
        (
            block(
                "fact-box",
                '<p>b</p><p data-part="title">a</p><p data-part="title">c</p><p data-part="x">d</p>',
            ),
            block("fact-box", '<p data-part="title">a</p><p>b</p><p>c</p><p>d</p>'),
        ),
        (
            block("fact-box", "<h3>a</h3>b <em>c</em><blockquote><p>d</p></blockquote><hr><p> <br></p>"),
            block("fact-box", '<p data-part="title">a</p><p>b <em>c</em></p><p>d</p>'),
        ),
        (block("takeaways", "<ul><li>a</li><li><p>b</p></li></ul>"), block("takeaways", "<p>a</p><p>b</p>")),
        # What a block cannot hold follows it.
        (block("fact-box", f"<p>a</p>{FIGURE}<p>b</p>"), block("fact-box", "<p>a</p><p>b</p>") + FIGURE),
        (block("questions", f"<p>a</p><table>{ROW}</table>"), block("questions", "<p>a</p>") + TABLE),
        (block("table", f"<table>{ROW}</table><p>a</p>"), f"{TABLE}<p>a</p>"),
        (block("table", '<p data-part="caption">a</p>'), "<p>a</p>"),
        (block("table", "<table><tr><td></td></tr></table>"), ""),
        # Tables of other programs.
        (f"<table>{ROW}</table>", TABLE),
        (f"<div><table><colgroup><col></colgroup><thead>{ROW}</thead></table></div>", TABLE),
        (
            "<table><caption>a</caption><tr><td colspan=2 rowspan=1 style=x>1<ul><li>2</li></ul></td></tr></table>",
            block(
                "table",
                '<p data-part="caption">a</p>'
                '<table><tbody><tr><td colspan="2"><p>1</p><p>2</p></td></tr></tbody></table>',
            ),
        ),
        (f"<ul><li><table>{ROW}</table></li></ul>", "<ul><li><p>1</p><p>2</p></li></ul>"),
        (
            f"<table><tr><td>a<table>{ROW}</table></td></tr></table>",
            block("table", "<table><tbody><tr><td><p>a</p><p>1</p><p>2</p></td></tr></tbody></table>"),
        ),
    ],
)
def test_what_comes_from_elsewhere_becomes_a_block_or_ordinary_text(dirty, cleaned):
    """No word is lost, and nothing is left that a page could not print."""
    assert clean(dirty) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.django_db
def test_words_are_the_storys_own():
    """All are searched for; a quote that says the text again is not read twice, and no block opens the excerpt."""
    body = "".join(ALL) + "<p>The text.</p>"
    assert plain_text(body).startswith(
        "The ferry is late. It costs more. Plan around it. Mara Venn The berth"
    )
    assert "2024 214,000 2025" in plain_text(body)
    assert "Plan around it" not in rendering.read_text(body)
    assert rendering.running_text(body) == "The text."
    assert rendering.running_text(ALL[0]) == "The ferry is late. It costs more."
    assert PublishedVersion.of(ArticleFactory(body=body, standfirst="")).excerpt == "The text."


def test_a_change_is_told_in_words():
    """One word of an answer; a row of headings; a paragraph that became a fact box."""
    before, after = ALL[3], ALL[3].replace("Yes.", "No.")
    [part] = compare_bodies(before, after, names={})
    assert (part.kind, part.block) == ("changed", "Questions and answers")
    assert "<del>Yes</del><ins>No</ins>" in part.html
    [part] = compare_bodies(TABLE, TABLE.replace("td>", "th>"), names={})
    assert part.notes == ("The headings of the table changed.",)
    [part] = compare_bodies("<p>Built in 1931.</p>", block("fact-box", "<p>Built in 1931.</p>"), names={})
    assert part.notes[0] == "Paragraph became fact box."
    [part] = compare_bodies("", ALL[5], names={})
    assert "2024 | 214,000<br>2025 | –" in part.html


# --- What readers get -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "machine"),
    [
        ("12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("Mar. 2024", "2024-03"),
        ("2024", "2024"),
        ("2024-03-12", "2024-03-12"),
        ("12.03.2024", "2024-03-12"),
        ("9:05", "09:05"),
        ("31 February 2024", ""),
        ("Monday", ""),
        ("12 Mardi 2024", ""),
        ("", ""),
    ],
)
def test_a_date_in_words_is_a_date_for_machines(words, machine):
    assert machine_date(words) == machine


def test_dates_are_read_in_the_pages_language():
    with override("uk"):
        assert machine_date("12 березня 2024 р.") == "2024-03-12"
        assert machine_date("12 March 2024") == "2024-03-12"


@pytest.mark.django_db
def test_each_block_is_read_on_the_page_on_the_lite_page_and_in_feeds(client):
    """The same words in each place, in the order of the story, and structure that says what they are."""
    published(slug="ferry", body="<p>Ebb.</p>" + "".join(ALL), at=timezone.now())
    page, lite, feed = (client.get(path).content.decode() for path in ("/ferry/", "/lite/ferry/", "/rss/"))
    words = re.findall(r"\w+", plain_text("".join(ALL)))
    for text in (page, lite, feed):
        text = re.sub(r"<(head|style|script)\b.*?</\1>|&lt;|&gt;", " ", text, flags=re.S)
        said = re.sub(r"<[^>]+>", " ", text)
        place = said.index("Ebb.")
        for word in words:
            place = said.index(word, place)
    assert '<aside class="fact-box" aria-label="The berth">' in page
    assert '<time datetime="2024-03-12">12 March 2024</time>' in page
    assert '<p class="timeline__date">Monday</p>' in page
    answer = '{"@type":"Question","name":"A refund?","acceptedAnswer":{"@type":"Answer","text":"Yes."}}'
    assert f'"hasPart":[{answer},' in page
    assert 'role="region" tabindex="0" aria-label="What it costs"' in page
    for text in (page, lite):
        assert '<tr><td></td><th scope="col" class="number">Town</th></tr></thead>' in text
        assert '<tr><th scope="row">2025</th><td class="number">–</td></tr>' in text
    assert "data-block" not in page + lite + feed and "data-part" not in page + lite + feed
