"""The style guide shows every component that readers see."""

from pathlib import Path

import pytest

from tests.factories import ImageFactory

TEMPLATES = Path(__file__).parents[2] / "templates"
#: Components that nobody sees: words for machines, and feeds, which are text in a program of the reader's own.
NOT_SEEN = {
    *["components/_feeds.html", "components/_social_meta.html"],
    *["articles/_feed_block.html", "articles/_feed_content.html"],
    *["articles/_feed_notes.html", "articles/_feed_picture.html"],
}
#: Components of pages with another stylesheet, or none: the lite pages, and the page that needs nothing.
ELSEWHERE = {f"articles/_lite_{part}.html" for part in ("block", "headlines", "item", "picture")}
ELSEWHERE |= {"articles/_plain_text_block.html", "components/_plain.html"}


@pytest.mark.django_db
def test_every_component_is_on_it(client, person):
    """By the templates that were used for the page; a component of a new file is found missing here."""
    components = {
        str(path.relative_to(TEMPLATES))
        for part in ("articles", "authors", "components", "images")
        for path in (TEMPLATES / part).glob("_*.html")
    }
    ImageFactory()
    client.force_login(person("Editor"))
    response = client.get("/admin/style-guide/")
    used = {template.name for template in response.templates}
    missing = components - used - NOT_SEEN - ELSEWHERE
    assert missing == set(), "articles/style_guide.py needs a specimen of each"
    assert "</script><script" not in response.content.decode()
