"""What a body may hold, how it is cleaned, and how it becomes a page."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import rendering, text_blocks
from articles.rendering import BLOCKS, MARKS, MAX_DEPTH, MAX_LENGTH, TEXT_BLOCKS, clean, references
from articles.text_blocks import TABLE_TAGS


class Elements(HTMLParser):
    """Lists the (tag, attributes) of a text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# --- The allowlist ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("<script>alert(1)</script><p>Tide</p>", "<p>Tide</p>"),
        ("<scr\x00ipt>alert(1)</script><p>Tide</p>", "<p>Tide</p>"),
        ("<SCRIPT SRC=//evil.example>x</SCRIPT >", ""),
        ("<style>p{display:none}</style><p>Tide</p>", "<p>Tide</p>"),
        ('<iframe src="https://evil.example">words</iframe>', ""),
        ('<svg onload="alert(1)"><text>x</text></svg>', ""),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>", ""),
        ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "'&gt;"),
        ('<object data="x">y</object><textarea>z</textarea><template>w</template>', ""),
        ('<p onclick="alert(1)" style="color:red" class="x" id="y">Tide</p>', "<p>Tide</p>"),
        ('<img src="x" onerror="alert(1)">', ""),
        ('<a href="javascript:alert(1)">Tide</a>', '<a rel="noopener">Tide</a>'),
        ('<a href="java\nscript:alert(1)">Tide</a>', '<a rel="noopener">Tide</a>'),
        ('<a href="&#106;avascript:alert(1)">Tide</a>', '<a rel="noopener">Tide</a>'),
        ('<a href="data:text/html,x">Tide</a>', '<a rel="noopener">Tide</a>'),
        ('<a href="/tide/" target="_blank">Tide</a>', '<a href="/tide/" rel="noopener">Tide</a>'),
        ('<form action="/admin/"><input name="q"><button>Go</button></form>', "Go"),
        ('<base href="//evil.example"><meta http-equiv="refresh"><link rel="stylesheet" href="x">', ""),
        ("<section><article><p>Tide</p></article></section>", "<p>Tide</p>"),
        ("<p>Ebb<!-- not for readers --> and flow</p>", "<p>Ebb and flow</p>"),
        ("<p><b>Ebb</b> <i>flow</i></p>", "<p><strong>Ebb</strong> <em>flow</em></p>"),
        ("<h1>Tide</h1><h4>Ebb</h4>", "<h2>Tide</h2><h3>Ebb</h3>"),
        ("<p>Tide</p><p></p><p><br></p>\n", "<p>Tide</p>"),
        (
            "<p>Tide</p><p> <br></p>x<p> </p>\n<p>&nbsp;</p>",
            "<p>Tide</p><p> <br></p>x<p> </p><p>&nbsp;</p>",
        ),
        (
            '<h2>Tide</h2>\n\n<ol start="3">\n<li>\n<p>a b</p> </li>\n</ol>\n<hr> <p> <b>c</b> d</p> e',
            '<h2>Tide</h2><ol start="3"><li><p>a b</p></li></ol><hr><p> <strong>c</strong> d</p> e',
        ),
        ("<p></p>", ""),
        ("5 < 6 & 7 > 6", "5 &lt; 6 &amp; 7 &gt; 6"),
    ],
)
def test_only_the_tables_marks_survive(dirty, cleaned):
    """Code goes with its content, unknown elements keep their words, foreign names become ours."""
    assert clean(dirty) == cleaned


def test_markup_in_attributes_stays_text():
    """Blocks are found by pattern in cleaned text; that holds only while attributes never carry a bare bracket."""
    hostile = (
        '<div data-id="a><script>alert(1)</script>">Tide</div><a title="</div><figure>" href="/x/">y</a>'
    )
    cleaned = clean(hostile)
    assert [tag for tag, _attributes in Elements(cleaned).found] == ["a"]
    assert "<script" not in cleaned


def test_every_mark_of_the_table_is_kept():
    """What the toolbar offers survives a save."""
    body = (
        "<h2>Ebb</h2><h3>Flow</h3><p><strong>a</strong><em>b</em><sub>c</sub><sup>d</sup><br>e</p>"
        '<ul><li><p>f</p></li></ul><ol start="3"><li><p>g</p></li></ol><blockquote><p>h</p></blockquote><hr>'
        '<p><a href="https://tide.example/" title="i" rel="noopener">j</a> <a href="mailto:k@tide.example" '
        'rel="noopener">k</a> <a href="tel:+441" rel="noopener">l</a></p>'
    )
    assert clean(body) == body
    offered = {tag for _options, tags in MARKS.values() for tag in tags}
    assert {tag for tag, _attributes in Elements(body).found} == offered


def test_the_toolbar_offers_what_the_table_lists():
    """The editor's extensions follow from the table and from nothing else."""
    extensions = rendering.editor_extensions()
    assert set(extensions) == set(MARKS) | {block.extension for block in BLOCKS.values()}
    assert extensions["Heading"] == {"levels": [2, 3]}


# --- Reference blocks -------------------------------------------------------------------------------------


def test_blocks_are_kept_in_one_form():
    """Attributes come in the table's order, empty and foreign ones go, markup in words stays text."""
    dirty = (
        '<figure data-credit="A/B" class="x" data-caption="" data-id="7" data-url="no" '
        'data-block="figure" data-alt="&lt;b&gt; &quot;quay&quot;"></figure>'
    )
    cleaned = clean(dirty)
    assert cleaned == (
        '<figure data-block="figure" data-id="7" data-alt="&lt;b&gt; &quot;quay&quot;" data-credit="A/B"></figure>'
    )
    [block] = references(cleaned)
    assert (block.kind, block.id) == ("figure", 7)
    assert block.data == {"id": "7", "alt": '<b> "quay"', "credit": "A/B"}


@pytest.mark.parametrize(
    "block",
    [
        '<figure data-block="figure"></figure>',
        '<figure data-block="figure" data-id="0"></figure>',
        '<figure data-block="figure" data-id="-1"></figure>',
        '<figure data-block="figure" data-id="²"></figure>',
        '<figure data-block="figure" data-id="99999999999999999999"></figure>',
        '<figure data-block="related-card" data-id="1"></figure>',
        '<div data-block="figure" data-id="1"></div>',
        '<div data-block="poll" data-id="1"></div>',
        '<div data-block="embed" data-url="https://evil.example/x"></div>',
        '<div data-block="embed" data-url="javascript:alert(1)"></div>',
        "<div></div>",
    ],
)
def test_a_block_that_refers_to_nothing_goes(block):
    """Unknown kinds, wrong elements, impossible ids and addresses of nobody leave no trace."""
    assert clean(f"<p>Ebb</p>{block}<p>Flow</p>") == "<p>Ebb</p><p>Flow</p>"
    assert references(block) == []


def test_a_figure_with_content_keeps_only_its_words():
    """A figure pasted from another site is not a reference: its picture goes, its caption becomes text."""
    pasted = '<figure><img src="https://elsewhere.example/x.jpg"><figcaption>A quay</figcaption></figure>'
    assert clean(pasted) == "A quay"


# --- Blocks that hold pictures ----------------------------------------------------------------------------

ONE, TWO, THREE = (f'<figure data-block="figure" data-id="{number}"></figure>' for number in (1, 2, 3))


def box(kind, *figures, words=""):
    return f'<div data-block="{kind}"{words}>{"".join(figures)}</div>'


def test_a_gallery_keeps_its_pictures_in_order_and_their_words():
    """White space between them goes, a width too: how wide its pictures are the gallery decides."""
    wide = '<figure data-block="figure" data-id="2" data-alt="A quay" data-size="wide" data-decorative="1"></figure>'
    cleaned = clean(f"<p>Ebb</p>{box('gallery', ONE, ' ', wide, chr(10))}<p>Flow</p>")
    two = '<figure data-block="figure" data-id="2" data-alt="A quay" data-decorative="yes"></figure>'
    assert cleaned == f"<p>Ebb</p>{box('gallery', ONE, two)}<p>Flow</p>"
    assert clean(cleaned) == cleaned
    [gallery] = references(cleaned)
    assert [(one.kind, one.id) for one in gallery.figures] == [("figure", 1), ("figure", 2)]
    assert [one.id for one in rendering.figures(cleaned)] == [1, 2]


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        (box("gallery"), ""),
        (box("gallery", ONE), ONE),
        (box("side-by-side", ONE, TWO, THREE), box("gallery", ONE, TWO, THREE)),
        (box("side-by-side", ONE, TWO, words=' data-caption="Both"'), None),
        (
            box("side-by-side", ONE, words=' data-caption="Both"'),
            ONE.replace("></", ' data-caption="Both"></'),
        ),
        (box("gallery", ONE, '<figure data-block="figure"></figure>', TWO), box("gallery", ONE, TWO)),
        (box("gallery", ONE, "words", TWO), f"{ONE}words{TWO}"),
        (box("poll", ONE, TWO), ONE + TWO),
        (box("related-card", ONE, words=' data-id="7"'), ONE),
        (box("gallery", box("gallery", ONE, TWO), THREE), box("gallery", ONE, TWO) + THREE),
        (f"<figure>{ONE}{TWO}</figure>", ONE + TWO),
        (f"<p>Ebb {box('gallery', ONE, TWO)} flow</p>", None),
    ],
)
def test_what_is_no_gallery_keeps_its_pictures_all_the_same(dirty, cleaned):
    """One picture is no gallery, three do not stand side by side, and a foreign box is unwrapped: nothing is lost."""
    if cleaned is None:
        cleaned = clean(dirty)
        assert [one.id for one in rendering.figures(cleaned)] == [1, 2]
        assert references(cleaned)[0].figures
    assert clean(dirty) == cleaned


def test_two_pictures_share_a_caption():
    """It is what readers read under each of them."""
    body = clean(box("side-by-side", ONE, TWO, words=' data-caption="Before and after" data-title="x"'))
    assert 'data-caption="Before and after"' in body
    assert "title" not in body
    assert [one.data["caption"] for one in rendering.figures(body)] == ["Before and after"] * 2


def test_galleries_cost_no_more_than_words():
    """Ten thousand pictures in one box, and boxes that are none, are read in the time of their length."""
    began = process_time()
    assert len(list(rendering.figures(clean(box("gallery", *[ONE] * 10_000))))) == 10_000
    assert clean(f'<div data-block="gallery">{ONE * 100}x</div>' * 100) == f"{ONE * 100}x" * 100
    assert process_time() - began < 10


# --- Limits -----------------------------------------------------------------------------------------------


def test_deep_nesting_is_refused_with_a_sentence():
    """Two hundred elements inside each other come from a broken paste; the editor learns a way out."""
    with pytest.raises(ValidationError, match="nested 200 deep. Paste it again as plain text") as refused:
        clean("<blockquote>" * 200 + "Tide" + "</blockquote>" * 200)
    assert refused.value.code == "too_deep"


def test_nesting_up_to_the_limit_is_kept():
    body = "<blockquote>" * MAX_DEPTH + "<p>Tide</p>" + "</blockquote>" * MAX_DEPTH
    assert clean(body) == body


def test_ends_of_elements_that_never_began_do_not_hide_depth():
    """A stray end tag closes nothing, so it must not make a deep text look flat."""
    with pytest.raises(ValidationError, match="nested 500 deep"):
        clean("<em></sub>" * 500)


def test_unclosed_paragraphs_are_not_depth():
    """Old markup leaves a thousand paragraphs and items open; HTML closes them by itself."""
    assert clean("<p>Tide" * 1000).count("<p>") == 1000


def test_a_million_characters_are_the_limit():
    """A text of the limit's length is cleaned; one character more is refused with both numbers."""
    body = "<p>" + "tide " * ((MAX_LENGTH - 7) // 5)
    body = body + "x" * (MAX_LENGTH - len(body) - 4) + "</p>"
    assert len(body) == MAX_LENGTH
    assert clean(body) == body
    with pytest.raises(ValidationError, match=f"{MAX_LENGTH + 1} characters, the limit is {MAX_LENGTH}"):
        clean(body + "x")


@pytest.mark.parametrize(
    "body",
    ["<p>&</p>" * (MAX_LENGTH // 10), '<strong title="</strong>">' * (MAX_DEPTH + 1)],
    ids=["length", "depth"],
)
def test_what_only_shows_after_cleaning_is_refused_as_well(body):
    """A text that could not be saved a second time is not saved the first time."""
    with pytest.raises(ValidationError):
        clean(body)


@pytest.mark.parametrize(
    "body",
    [" " * 300_000 + "Tide", "<p></p>" * 40_000 + "<p>Tide</p>", "<p>Tide</p>" + "<p> <br> </p>\n" * 40_000],
)
def test_blanks_cost_no_more_than_words(body):
    """A paste full of empty lines is cleaned at once: the time grows with the text, not with its square."""
    began = process_time()
    assert clean(body).endswith(("Tide", "<p>Tide</p>"))
    assert process_time() - began < 10


# --- Properties -------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    [
        *["p", "h1", "h2", "h3", "b", "strong", "i", "em", "a", "ul", "ol", "li", "blockquote", "br", "hr"],
        *[
            "sub",
            "div",
            "figure",
            "section",
            "section",
            "span",
            "table",
            "tr",
            "td",
            "script",
            "style",
            "svg",
            "math",
        ],
        *["caption", "th", "tbody", "dl", "dt", "aside"],
        *["iframe", "img", "form", "pre", "button", "select", "option", "template", "title", "font", "nobr"],
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="javascript:alert(1)"',
        ' href="/x/"',
        ' onclick="alert(1)"',
        ' title="</p><script>"',
        ' data-block="figure" data-id="3"',
        ' data-block="related-card" data-id="5"',
        ' data-block="gallery"',
        ' data-block="fact-box"',
        ' data-block="table"',
        ' data-block="questions"',
        ' data-part="title"',
        ' data-part="question"',
        ' colspan="2"',
        ' rowspan="999999"',
        ' data-block="side-by-side" data-caption="both"',
        ' data-id="a>b" data-alt="<div>"',
        ' style="x" start="2"',
        " '",
        ' "',
    ]
)
TEXTS = st.sampled_from(
    ["tide", " ", "&", "<", ">", '"', "\x00", "&lt;", "&#60;", "é", "\n", "<!--", "-->", "]]>"]
)
OPENINGS = st.tuples(NAMES, ATTRIBUTES).map(lambda pair: f"<{pair[0]}{pair[1]}>")
SOUP = st.lists(st.one_of(OPENINGS, NAMES.map("</{}>".format), TEXTS), max_size=14).map("".join)


@given(SOUP)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_cleaning_twice_is_cleaning_once(soup):
    """A body read from the database and saved again does not change."""
    cleaned = clean(soup)
    assert clean(cleaned) == cleaned


@given(st.one_of(SOUP, st.text(max_size=40)))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_cleaned_text_holds_only_the_tables_elements(soup):
    """Whatever comes in, every element and attribute that comes out stands in the table."""
    tables = {name for names in TABLE_TAGS.values() for name in names}
    allowed = {"rel", "data-part", *tables} | {
        name for _options, tags in MARKS.values() for names in tags.values() for name in names
    }
    marks = {tag for _options, tags in MARKS.values() for tag in tags} | set(TABLE_TAGS)
    for tag, attributes in Elements(clean(soup)).found:
        if "data-block" in attributes:
            kind = BLOCKS[attributes["data-block"]]
            assert tag == kind.tag
            assert set(attributes) <= {"data-block", *kind.attributes}
        else:
            assert tag in marks
            assert set(attributes) <= allowed
        assert not (attributes.get("href") or "").startswith("javascript")


@given(st.sampled_from(sorted(TEXT_BLOCKS)), SOUP, SOUP)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_text_blocks_are_settled_at_once(kind, soup, more):
    """Whatever stands in a block and around it, it is at the top afterwards, and a second save changes nothing."""
    cleaned = clean(f'<section data-block="{kind}">{soup}</section>{more}')
    assert clean(cleaned) == cleaned
    outside = text_blocks.sections(cleaned, lambda _kind, _inside: "")
    assert not re.search(r"<(?:section|table|t[dhr])\b| data-part=", outside)


@pytest.mark.parametrize(
    "soup", ["<h2><section><h3>Tide</h3></section></h2>", "<h2><div><h3>Tide</h3></div></h2>"]
)
def test_what_unwrapping_leaves_behind_is_settled_at_once(soup):
    """Headings that only a dropped element kept apart close each other at the first save, not at the second."""
    assert clean(clean(soup)) == clean(soup)
