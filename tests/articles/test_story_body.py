"""From a cleaned body to words and to the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import (
    PublishedVersion,
)
from articles.pages import public_sections, story_page
from articles.rendering import plain_text, render
from tests.factories import (
    ArticleFactory,
    ImageFactory,
    figure,
    published,
    related_card,
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
        article = published(body="<p>Tide</p>" + "".join(cards + figures) + EMBED)
        at = timezone.now()
        story = PublishedVersion.objects.live(at).select_related("section", "lead_image").get(article=article)
        sections = public_sections(at)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = story_page(story, at, sections=sections)
        assert len(re.findall("<aside", page.body)) == len(re.findall("<figure", page.body)) == count
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
