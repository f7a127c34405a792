"""What a WordPress export holds is in the newsroom after the import, field by field."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Tag
from images.models import Image
from moving.importing.body import convert
from moving.importing.credits import split_credit
from moving.wordpress.shortcodes import expand
from moving.wordpress.source import WordPressSource
from tests.moving.comparing import bring, compare, everything, write_pictures
from tests.moving.generators import wordpress

pytestmark = pytest.mark.django_db

#: Every construct once, in both editors.
ALL = [
    (False, "publish", False, range(12)),
    (True, "publish", False, range(12)),
    (False, "publish", True, range(12, 24)),
    (True, "draft", False, range(12, 24)),
    (True, "future", False, [1]),
    (False, "private", False, [1]),
]


def written(draws, tmp_path):
    text, truth = wordpress.export(draws)
    file = tmp_path / "export.xml"
    file.write_text(text)
    write_pictures(truth, tmp_path / "media/wp-content/uploads/2012/06")
    return file, truth


def bring_wordpress(file, tmp_path, **options):
    return bring("import_wordpress", file, tmp_path, media=str(tmp_path / "media"), **options)


def test_every_construct_arrives(tmp_path, client):
    file, truth = written(ALL, tmp_path)
    report = bring_wordpress(file, tmp_path)
    compare(truth)
    for line in (
        "6 × comments",
        "shortcode [su_box]",
        "block “latest-posts”",
        "1 × posts in the bin",
        "“private”",
    ):
        assert line in report
    for old, here in truth.old_addresses.items():
        assert client.get(old)["Location"] == here, old
    before = everything()
    bring_wordpress(file, tmp_path)
    assert everything() == before


drawn = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["publish", "draft", "future"]),
        st.booleans(),
        st.lists(st.integers(0, 40), max_size=6),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(draws=drawn)
def test_any_mixture_arrives(draws, tmp_path):
    with transaction.atomic():
        file, truth = written(draws, tmp_path)
        bring_wordpress(file, tmp_path)
        compare(truth)
        transaction.set_rollback(True)


def test_a_picture_brings_its_words(tmp_path):
    """Alternative text, caption and the credit, wherever a plug-in keeps it."""
    meta = wordpress.meta
    words = meta("_wp_attachment_image_alt", "A quay") + meta("_media_credit", "Ana Example")
    words += meta("_navis_media_credit_org", "Agency") + wordpress.field("excerpt:encoded", "The quay.")
    words += wordpress.field("wp:attachment_url", "https://old.example/wp-content/uploads/q.png")
    file = tmp_path / "one.xml"
    text = wordpress.item(5, "attachment", "inherit", "Quay", extra=words) + wordpress.item(
        6, "post", "publish", "T", "x"
    )
    file.write_text(f"{wordpress.HEAD}{text}</channel></rss>")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/q.png").write_bytes(wordpress.png(7))
    bring_wordpress(file, tmp_path)
    image = Image.objects.get()
    assert (image.alt_text, image.caption, image.credit) == ("A quay", "The quay.", "Ana Example/Agency")


def test_a_tag_is_known_by_its_name_in_any_case(tmp_path):
    """The desk's own spelling stays; two spellings of an export become one tag."""
    Tag.objects.create(name="Ferries", slug="boats")
    named = [("ferries", "FERRIES"), ("quays", "Quays"), ("quays-2", "quays"), ("перевізник", "Перевізник")]
    extra = "".join(
        f'<category domain="post_tag" nicename="{slug}">{name}</category>' for slug, name in named
    )
    file = tmp_path / "one.xml"
    text = wordpress.item(7, "post", "publish", "T", "x", extra=extra)
    file.write_text(f"{wordpress.HEAD}{text}</channel></rss>")
    bring("import_wordpress", file, tmp_path)
    assert sorted(Article.objects.get().tags.names()) == ["Ferries", "Quays", "Перевізник"]


def test_custom_fields_sections_and_revisions_as_asked(tmp_path):
    extra = wordpress.meta("subtitle", "A <b>second</b> line")
    extra += '<category domain="category" nicename="schools"><![CDATA[Schools]]></category>'
    old = wordpress.item(8, "revision", "inherit", "Before", "Older words", parent=7)
    file = tmp_path / "one.xml"
    file.write_text(
        wordpress.HEAD
        + wordpress.item(7, "post", "publish", "T", "Words", extra=extra)
        + old
        + "</channel></rss>"
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[sections]\nschools = {slug = "learning", name = "Learning"}\n[fields]\nsubtitle = "standfirst"\n'
    )
    bring("import_wordpress", file, tmp_path, mapping=str(mapping), revisions=True)
    story = Article.objects.get()
    assert (story.section.name, story.standfirst) == ("Learning", "A second line")
    assert {one.snapshot["body"] for one in story.revisions.all()} == {"<p>Words</p>", "<p>Older words</p>"}


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The quay. Photo: Ana Example", ("The quay.", "Ana Example")),
        ("The quay (Ana Example/Agency)", ("The quay", "Ana Example/Agency")),
        ("The quay | Photo: A. B. Example/AP", ("The quay", "A. B. Example/AP")),
        ("Порт. Фото: Укрінформ", ("Порт.", "Укрінформ")),
        ("© AFP", ("", "AFP")),
        ("The mayor (left) and her sister (right)", ("The mayor (left) and her sister (right)", "")),
        ("The photo shows boats", ("The photo shows boats", "")),
    ],
)
def test_a_credit_ends_a_caption(caption, parts):
    assert split_credit(caption) == parts


IMAGE = '<img src="https://old.example/a.jpg" class="wp-image-6">'


@pytest.mark.parametrize(
    "text",
    [
        f'<figure>{IMAGE}<figcaption>The quay. <span class="image-credit">Credit: Ana Example</span></figcaption></figure>',
        f'<div class="wp-caption">{IMAGE}<p class="wp-media-credit">Ana Example</p><p class="wp-caption-text">The quay.</p></div>',
        f'[caption width="9"][media-credit name="Ana Example" width="9"]{IMAGE}[/media-credit] The quay.[/caption]',
    ],
)
def test_a_credit_that_stands_beside_the_caption(text):
    [picture] = convert(expand(text)).pictures()
    assert (picture.caption, picture.credit) == ("The quay.", "Ana Example")


def test_a_credit_that_names_an_account(tmp_path):
    file = tmp_path / "one.xml"
    credited = f'[caption width="9"][media-credit align="left" id=1 width="9"]{IMAGE}[/media-credit] The quay.[/caption]'
    file.write_text(
        wordpress.HEAD
        + wordpress.item(7, "post", "publish", "T", f"{credited} [media-credit id=99]Words[/media-credit]")
        + "</channel></rss>"
    )
    [story] = WordPressSource(file).stories()
    [picture] = convert(story.html).pictures()
    assert (picture.caption, picture.credit) == ("The quay.", "Ines Calder")


def test_words_below_a_picture_that_did_not_come_are_in_the_report(tmp_path):
    """Once, also for a story that is read twice because it points to a later one."""
    file = tmp_path / "one.xml"
    captioned = (
        f'[caption width="9"][media-credit name="Ana Example"]{IMAGE}[/media-credit] The quay.[/caption]'
    )
    later = "\n\nhttps://old.example/?p=8\n\n"
    file.write_text(
        wordpress.HEAD
        + wordpress.item(7, "post", "publish", "One", captioned + later)
        + wordpress.item(8, "post", "publish", "Two", "Words")
        + "</channel></rss>"
    )
    report = bring("import_wordpress", file, tmp_path)
    assert report.count("has a picture less now; its caption was: The quay. (Ana Example)") == 1


def body_of(text):
    return convert(text).fill(picture=lambda one: 1, link=lambda url: url, card=lambda url: None)


def test_what_opens_is_a_question_or_a_fact_box():
    """Accordions and the blocks of plug-ins for questions; those beside each other are one block."""
    item = (
        '<div class="wp-block-accordion-item"><h3><button><span class="wp-block-accordion-heading__toggle-title">{}</span>'
        '</button></h3><div class="wp-block-accordion-panel"><p>{}</p></div></div>'
    )
    yoast = '<div class="schema-faq-section"><strong class="schema-faq-question">How?</strong> <p class="schema-faq-answer">So.</p></div>'
    rank_math = '<div class="rank-math-faq-item"><h3 class="rank-math-question">When?</h3><div class="rank-math-answer">Now.</div></div>'
    text = f"<div>{item.format('Why?', 'Because.')}</div>{yoast}{rank_math}{item.format('Notes', 'Two.')}"
    assert body_of(text) == (
        '<section data-block="questions"><p data-part="question">Why?</p><p>Because.</p><p data-part="question">How?</p>'
        '<p>So.</p><p data-part="question">When?</p><p>Now.</p></section>'
        '<section data-block="fact-box"><p data-part="title">Notes</p><p>Two.</p></section>'
    )
    quoted = "<blockquote><p>A</p><details><summary>Why?</summary>B</details></blockquote>"
    assert body_of(quoted) == "<blockquote><p>A</p><p>Why?</p><p>B</p></blockquote>"


def test_a_bookmark_says_who_wrote_the_page_and_where():
    parts = "".join(
        f'<div class="kg-bookmark-{name}">{words}</div>'
        for name, words in [
            ("title", "Else"),
            ("description", "More"),
            ("author", "The Else"),
            ("publisher", "Bo"),
        ]
    )
    text = f'<figure class="kg-card kg-bookmark-card"><a href="https://o.example/b">{parts}</a></figure>'
    assert (
        body_of(text) == '<p><a href="https://o.example/b" rel="noopener">Else</a><br>More (The Else, Bo)</p>'
    )


def test_a_file_has_its_name_once_and_a_link_around_nothing_goes():
    file = '<div class="wp-block-file"><a href="https://o.example/a.pdf">Minutes</a><a href="https://o.example/a.pdf" class="wp-block-file__button">Download</a></div>'
    assert body_of(file) == '<p><a href="https://o.example/a.pdf" rel="noopener">Minutes</a></p>'
    linked = f'<p><a href="https://o.example/">{IMAGE}</a> Words</p>'
    assert body_of(linked) == '<figure data-block="figure" data-id="1"></figure><p>Words</p>'
