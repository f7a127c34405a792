"""Comparisons say what changed, miss nothing, and are always safe HTML."""

import re
import time

import nh3
from hypothesis import given
from hypothesis import strategies as st

from articles.compare import compare
from articles.compare_body import compare_bodies
from articles.compare_words import marked

LABELS = {"headline": "headline", "section_id": "section", "standfirst": "standfirst", "body": "body"}
PICTURE = '<figure data-block="figure" data-id="{}" data-caption="{}"{}></figure>'
INS_DEL = nh3.Cleaner(tags={"ins", "del", "br"}, attributes={})


def words_of(body, other="", **names):
    return [(part.kind, part.html) for part in compare_bodies(body, other, names=names)]


def snapshots(**changes):
    before = {
        "headline": "A headline",
        "section_id": 1,
        "standfirst": "",
        "body": "<p>One.</p>",
        "read_more": [1, 2, 3],
        "bylines": [{"author_id": 7, "role": ""}, {"author_id": 8, "role": "photography"}],
        "tags": ["harbour", "vote"],
    }
    return before, {**before, **changes}


def test_words_that_came_and_went_are_marked():
    """A changed word is struck and the new one set; a comma counts by itself."""
    assert marked("The old bridge, closed", "The new bridge closed") == (
        "The <del>old</del> <ins>new</ins> bridge <del>,</del> closed"
    )


def test_markup_in_words_is_shown_and_never_used():
    """Text that looks like markup is escaped on both sides."""
    assert marked("<b>", "<script>") == "&lt;<del>b</del><ins>script</ins>&gt;"


def test_a_changed_paragraph_is_one_part():
    """A paragraph with another word in it is the same paragraph, changed."""
    before = "<p>The bridge was closed on Monday.</p><p>Two.</p>"
    after = "<p>The bridge was closed on Tuesday.</p><p>Two.</p>"
    assert words_of(before, after) == [
        ("changed", "The bridge was closed on <del>Monday</del><ins>Tuesday</ins>."),
        ("same", "Two."),
    ]


def gallery(*figures, kind="gallery", words=""):
    return f'<div data-block="{kind}"{words}>{"".join(figures)}</div>'


def gallery_notes(before, after, **names):
    [part] = compare_bodies(before, after, names={"image": {1: "Nets", 2: "Quay", 3: "Herring"}, **names})
    return part.kind, part.block, part.notes


def test_changes_inside_a_gallery_are_told_by_picture():
    """Which came, went and moved, and whose caption or credit is another one now."""
    one, two, three = (PICTURE.format(number, f"Caption {number}", "") for number in (1, 2, 3))
    assert gallery_notes(gallery(one, two), gallery(one, two)) == ("same", "Gallery", ())
    credited = PICTURE.format(1, "Another", ' data-credit="Anna"')
    assert gallery_notes(gallery(one, two), gallery(three, credited)) == (
        "changed",
        "Gallery",
        (
            "Picture removed: “Quay”.",
            "Picture added in place 1: “Herring”.",
            "“Nets”: The caption changed from “Caption 1” to “Another”.",
            "“Nets”: The credit is now “Anna”.",
        ),
    )
    assert gallery_notes(gallery(one, two, three), gallery(three, one, two)) == (
        "changed",
        "Gallery",
        ("Picture moved to place 1: “Herring”.",),
    )


def test_a_gallery_that_becomes_two_side_by_side_says_so():
    """It is the same pictures shown in another way, and the caption they share now."""
    one, two, three = (PICTURE.format(number, "x", "") for number in (1, 2, 3))
    pair = gallery(one, two, kind="side-by-side", words=' data-caption="Both"')
    assert gallery_notes(gallery(one, two, three), pair) == (
        "changed",
        "Side by side",
        (
            "Gallery became side by side.",
            "Picture removed: “Herring”.",
            "The caption is now “Both”.",
        ),
    )


def test_what_becomes_decorative_is_told():
    """An alternative text that is gone on purpose is no accident."""
    one = PICTURE.format(1, "x", "")
    [part] = compare_bodies(one, PICTURE.format(1, "x", ' data-decorative="yes"'), names={})
    assert part.notes == ("The picture is now decorative: its alternative text is empty.",)
    [part] = compare_bodies(PICTURE.format(1, "x", ' data-decorative="yes"'), one, names={})
    assert part.notes == ("The picture is no longer decorative.",)


def test_a_moved_block_is_shown_as_moved():
    """A paragraph that stands elsewhere did not go and come: it moved, and the comparison says where to."""
    before = "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>"
    parts = compare_bodies(before, "<p>Four.</p><p>One.</p><p>Two.</p><p>Three.</p>", names={})
    assert [(part.kind, part.moved) for part in parts] == [("moved", "up")] + [("same", "")] * 3
    parts = compare_bodies(before, "<p>Two.</p><p>Three.</p><p>Four.</p><p>One.</p>", names={})
    assert [(part.kind, part.moved) for part in parts] == [("same", "")] * 3 + [("moved", "down")]


def test_what_went_is_shown_where_it_stood():
    """A removed paragraph stands between those that were around it."""
    assert words_of("<p>One.</p><p>Two.</p><p>Three.</p>", "<p>One.</p><p>Three.</p>") == [
        ("same", "One."),
        ("removed", "Two."),
        ("same", "Three."),
    ]


def test_a_picture_is_compared_by_its_own_words():
    """Caption and credit of a use are named in sentences; the picture has its name."""
    before = PICTURE.format(3, "A boat", "")
    after = PICTURE.format(3, "A ship", ' data-credit="Jo &amp; Co"')
    (part,) = compare_bodies(before, after, names={"image": {3: "Harbour at noon"}})
    assert part.kind == "changed"
    assert part.html == "Harbour at noon · A ship · Jo &amp; Co"
    assert part.notes == ("The caption changed from “A boat” to “A ship”.", "The credit is now “Jo & Co”.")


def test_another_picture_in_the_same_place_was_replaced():
    """One picture where one stood is a replacement, not a loss and a find."""
    before = "<p>One.</p>" + PICTURE.format(3, "A boat", "") + "<p>Two.</p>"
    after = "<p>One.</p>" + PICTURE.format(4, "A boat", "") + "<p>Two.</p>"
    part = compare_bodies(before, after, names={"image": {3: "Noon", 4: "Dusk"}})[1]
    assert part.notes == ("Picture replaced: “Noon” by “Dusk”.",)


def test_a_new_link_is_said():
    """The words are the same, so the address that came is named."""
    (part,) = compare_bodies("<p>Read it</p>", '<p>Read <a href="https://example.org/a">it</a></p>', names={})
    assert part.notes == ("Link added: https://example.org/a",)


def test_a_heading_that_became_text_is_said():
    """What a block is may change while its words stay."""
    (part,) = compare_bodies("<h2>The vote of Monday</h2>", "<p>The vote of Monday</p>", names={})
    assert (part.kind, part.html) == ("changed", "The vote of Monday")
    assert part.notes == ("Heading became paragraph.",)


def test_fields_are_compared_by_names():
    """Sections appear by name, texts word by word, and what stayed is left out."""
    result = compare(
        *snapshots(section_id=2, headline="A better headline"),
        labels=LABELS,
        names={"section_id": {1: "News", 2: "Sport"}},
    )
    said = [(change.label, change.before, change.after, change.marked) for change in result.fields]
    assert said == [
        ("headline", "A headline", "A better headline", "A <ins>better</ins> headline"),
        ("section", "News", "Sport", "<del>News</del> <ins>Sport</ins>"),
    ]


def test_bylines_tags_and_picks_are_compared_as_lists():
    """Who came, went, moved and changed role; tags by name; picks by headline."""
    bylines = [
        {"author_id": 8, "role": "pictures"},
        {"author_id": 7, "role": ""},
        {"author_id": 9, "role": ""},
    ]
    result = compare(
        *snapshots(bylines=bylines, tags=["harbour", "bridge"], read_more=[2, 1, 4]),
        labels=LABELS,
        names={"author": {7: "Ada", 8: "Bo", 9: "Cy"}, "story": {1: "One", 2: "Two"}},
    )
    kinds = [(change.kind, change.name) for change in result.bylines]
    assert ("added", "Cy") in kinds
    assert ("changed", "Bo") in kinds
    assert sum(kind == "moved" for kind, _name in kinds) == 1
    assert [(change.kind, change.name) for change in result.tags] == [
        ("removed", "vote"),
        ("added", "bridge"),
    ]
    assert ("removed", "number 3") in [(change.kind, change.name) for change in result.picks]
    assert ("added", "number 4") in [(change.kind, change.name) for change in result.picks]


def test_a_field_younger_than_a_revision_is_no_change():
    """A snapshot from before a field existed does not claim that the field was empty."""
    before, after = snapshots(kicker="New")
    assert compare(before, after, labels={**LABELS, "kicker": "kicker"}).is_empty


def test_a_long_story_is_compared_at_once():
    """Eleven kilobytes with every paragraph changed and moved take less than 100 ms."""
    paragraphs = [f"<p>{' '.join(f'word{n % 7}{m % 13}' for m in range(50))} end{n}</p>" for n in range(32)]
    before = "".join(paragraphs)
    after = "".join(reversed(paragraphs)).replace("word31", "other")
    assert len(before) > 11_000
    times = []
    for _turn in range(3):
        start = time.perf_counter()
        compare_bodies(before, after, names={})
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1


def test_hostile_length_is_bounded():
    """One paragraph of ten thousand words against another is answered by striking one and setting the other."""
    before = "<p>" + " ".join(f"a{n}" for n in range(10_000)) + "</p>"
    start = time.perf_counter()
    compare_bodies(before, before.replace("a", "b"), names={})
    compare_bodies("<p>a</p>" * 5000, "<p>a</p><p>b</p>" * 5000, names={})
    assert time.perf_counter() - start < 10


word = st.text(st.sampled_from("abcñ<>&\"'=Ждя日語 ./"), min_size=1, max_size=6)
line = st.lists(word, max_size=8).map(" ".join)
block = st.one_of(
    st.tuples(st.sampled_from(["p", "h2", "blockquote"]), line).map(
        lambda drawn: f"<{drawn[0]}>{nh3.clean_text(drawn[1])}</{drawn[0]}>"
    ),
    st.tuples(st.integers(1, 3), line).map(
        lambda drawn: PICTURE.format(drawn[0], nh3.clean_text(drawn[1]), "")
    ),
    st.lists(line, max_size=3).map(
        lambda drawn: "<ul>" + "".join(f"<li><p>{nh3.clean_text(one)}</p></li>" for one in drawn) + "</ul>"
    ),
    st.just("<hr>"),
)
body = st.one_of(st.lists(block, max_size=7).map("".join), line)


@given(body)
def test_nothing_differs_from_itself(text):
    """A body compared with itself has only parts that are the same."""
    assert {part.kind for part in compare_bodies(text, text, names={})} <= {"same"}


@given(body, body)
def test_every_part_is_safe(before, after):
    """Whatever is compared, the result holds no element but ins, del and br, each properly closed."""
    for part in compare_bodies(before, after, names={}):
        assert INS_DEL.clean(part.html) == part.html.replace("&quot;", '"').replace("&#x27;", "'")


@given(
    st.lists(st.sampled_from(["ape", "bee", "cat", "dog", "eel"]), max_size=12).flatmap(
        lambda old: st.tuples(st.just(old), st.permutations([*old, "newt"]))
    ),
    st.integers(1, 4),
)
def test_every_added_word_is_in_a_part_that_came_or_changed(lists, size):
    """A word that only the new text has is inside <ins>, or in a part that was added."""
    before, after = (
        "".join(f"<p>{' '.join(side[n : n + size])}</p>" for n in range(0, len(side), size)) for side in lists
    )
    said = [
        part.html if part.kind == "added" else " ".join(re.findall("<ins>(.*?)</ins>", part.html))
        for part in compare_bodies(before, after, names={})
        if part.kind in ("added", "changed")
    ]
    assert "newt" in " ".join(said)


@given(line, line)
def test_both_texts_can_be_read_from_the_marks(before, after):
    """Without what was set the marked text is the old one, without what was struck the new one."""
    both = marked(before, after)

    def squeezed(html):
        return re.sub(r"\s|<br>", "", html)

    old = re.sub("</?del>", "", re.sub("<ins>.*?</ins>", "", both))
    new = re.sub("</?ins>", "", re.sub("<del>.*?</del>", "", both))
    assert squeezed(old) == squeezed(marked(before, before))
    assert squeezed(new) == squeezed(marked(after, after))
