"""From a cleaned body to words and to the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, PublishedVersion, search
from articles.pages import public_sections, story_page
from articles.rendering import plain_text, render
from tests.factories import (
    ArticleFactory,
    ImageFactory,
    figure,
    gallery,
    published,
    related_card,
    side_by_side,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
EMBED = f'<div data-block="embed" data-url="{VIDEO}" data-title="The sluice at work"></div>'


def test_plain_text_has_the_words_of_the_text_alone():
    """Elements of their own line part words, marks inside a word do not; captions are no words of the text."""
    body = f"<h2>Ebb</h2><p>H<sub>2</sub>O &amp;<br>salt</p>{EMBED}<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    assert plain_text(body) == "Ebb H2O & salt one two"


def test_render_replaces_each_block_in_its_place():
    """The words stand as stored; what a block becomes, or that it is left out, decides the caller."""
    body = f'<p>Ebb</p>{EMBED}<p>Flow</p><figure data-block="figure" data-id="9"></figure>'
    drawn = render(body, lambda block: f"[{block.kind}]" if block.kind == "embed" else "")
    assert drawn == "<p>Ebb</p>[embed]<p>Flow</p>"


def test_saving_an_article_cleans_its_body():
    """No way of writing goes round the cleaning."""
    article = ArticleFactory(body="<p>Tide</p><script>alert(1)</script>")
    article.refresh_from_db()
    assert article.body == "<p>Tide</p>"


def test_references_of_a_page_cost_the_same_however_many():
    """One picture and card or twelve of each: as many queries."""

    def queries(count):
        cards = [related_card(published()) for _number in range(count)]
        figures = [figure(ImageFactory()) for _number in range(count)]
        more = gallery(*(figure(ImageFactory()) for _number in range(count + 1)))
        article = published(body="<p>Tide</p>" + "".join(cards + figures) + EMBED + more)
        at = timezone.now()
        story = PublishedVersion.objects.live(at).select_related("section", "lead_image").get(article=article)
        sections = public_sections(at)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = story_page(story, at, sections=sections)
        assert len(re.findall("<aside", page.body)) == count
        assert len(re.findall("<figure", page.body)) == 2 * count + 1
        return len(captured)

    assert queries(1) == queries(12) <= 6


def test_blocks_are_drawn_with_their_own_words():
    """A figure prints the wording of its use before the library's; hostile words come out as text."""
    image = ImageFactory(caption="The library's caption")
    body = figure(image, alt="&lt;script&gt;", credit="Mira &amp; Co") + EMBED
    article = published(body=f"<p>Tide</p>{body}")
    at = timezone.now()
    page = story_page(PublishedVersion.objects.live(at).get(article=article), at, sections=[])
    assert 'alt="&lt;script&gt;"' in page.body
    assert "The library&#x27;s caption" in page.body
    assert "Mira &amp; Co" in page.body
    assert 'data-frame="https://www.youtube-nocookie.com/embed/abcdefghijk"' in page.body
    assert "<iframe" not in page.body


def test_what_is_not_there_for_readers_is_left_out():
    """A deleted picture and a card of a story that is not public leave the words around them."""
    gone = '<figure data-block="figure" data-id="987654"></figure>'
    draft = related_card(ArticleFactory(headline="Secret"))
    body = f"<p>Ebb</p>{gone}{draft}<p>Flow</p>"
    article = published(body="<p>Ebb</p>")
    story = PublishedVersion.of(article)
    story.body = body
    at = timezone.now()
    assert story_page(story, at, sections=[], bylines=[], tags=[]).body == "<p>Ebb</p><p>Flow</p>"


def drawn(body):
    """The body as readers would see it now."""
    story = PublishedVersion.of(ArticleFactory(body=f"<p>Tide</p>{body}"))
    return story_page(story, timezone.now(), sections=[], bylines=[], tags=[]).body


def places(html):
    return re.findall(r'class="figure figure--([\w-]+)"', html)


def picture(number, **fields):
    words = {"alt_text": f"Seen {number}", "caption": f"Caption {number}.", "credit": f"Maker {number}"}
    return ImageFactory(**{**words, **fields})


def test_a_gallery_shows_every_picture_with_caption_and_credit():
    """In its order, without script; an odd one opens it across both columns, an upright one stays whole."""
    images = [picture(number) for number in (1, 2)] + [picture(3, width=800, height=1200)]
    page = drawn(gallery(*map(figure, images)))
    assert places(page) == ["gallery-opening", "gallery", "gallery-upright"]
    assert 'role="group" aria-label="3 pictures"' in page
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert re.findall(r"Caption \d\. \(Maker \d\)", words) == [
        f"Caption {number}. (Maker {number})" for number in (1, 2, 3)
    ]
    assert re.findall(r'alt="([^"]*)"', page) == ["Seen 1", "Seen 2", "Seen 3"]


def test_two_pictures_stand_side_by_side_with_two_captions_or_one():
    """A shared caption takes the place of both; each keeps its own credit."""
    two = [figure(picture(1)), figure(picture(2))]
    own, shared = drawn(side_by_side(*two)), drawn(side_by_side(*two, caption="Before and after."))
    assert places(own) == places(shared) == ["side-by-side"] * 2
    assert "Caption 1." in own
    assert "Caption 2." in own
    assert "Caption" not in shared
    assert shared.count("Before and after.") == 1
    for page in (own, shared):
        assert "Maker 1" in page
        assert "Maker 2" in page


def test_two_upright_pictures_stay_whole():
    """Heads and feet are not cut for a shape that neither of them has."""
    upright = [figure(picture(number, width=800, height=1200)) for number in (1, 2)]
    assert places(drawn(side_by_side(*upright))) == ["side-by-side-upright"] * 2
    assert places(drawn(side_by_side(upright[0], figure(picture(3))))) == ["side-by-side"] * 2


def test_a_picture_of_a_gallery_that_may_not_be_shown_leaves_its_line():
    """The others stay where they are; one that was deleted leaves nothing."""
    gone = figure(picture(2, restriction="do-not-use"))
    page = drawn(gallery(figure(picture(1)), gone, figure(picture(3))))
    assert "Maker 2" not in page
    assert page.count("we may not show it any more") == 1
    assert page.index("Maker 1") < page.index("figure-gone") < page.index("Maker 3")


def test_the_pictures_of_a_gallery_are_protected_and_found():
    """They are listed as pictures of the story, and their words are words that the desk can search for."""
    one, two = picture(1), picture(2)
    article = ArticleFactory(body=gallery(figure(one, caption="Herring"), figure(two, alt="Nets")))
    assert set(article.pictures.values_list("image_id", flat=True)) == {one.pk, two.pk}
    for word in ("herring", "nets"):
        assert list(search.matching(Article.objects.all(), word)) == [article]
    assert plain_text(article.body) == ""


def test_a_gallery_of_pictures_that_are_gone_is_no_gallery():
    """An empty frame would tell readers of something they cannot see."""
    body = gallery(*(f'<figure data-block="figure" data-id="{number}"></figure>' for number in (998, 999)))
    assert drawn(body).strip() == "<p>Tide</p>"
