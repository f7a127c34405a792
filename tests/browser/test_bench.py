"""The bench opens the story form and writes in it. No time is judged."""

import pytest

from articles.models import Article
from newsroom.bench.browser import measure_writing
from newsroom.bench.report import table, writing_goals
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.browser]


def test_the_browser_tells_of_every_key(chromium, site, person):
    """Each key of the text is counted, what was written is saved, and the report has the figures."""
    writer = person("Editor", username="editor-1")
    story = ArticleFactory(body="<p>One.</p><p>Two.</p><p>Three.</p>")
    names = {"username": writer.username, "password": "a long password"}
    writing = measure_writing(chromium, site, story.pk, rounds=1, text=" Boats came in.", **names)
    assert "<p>Two. Boats came in.</p>" in Article.objects.get(pk=story.pk).body
    assert len(writing.keys.times) == len(" Boats came in.")
    assert min(writing.keys.times) > 0
    assert writing.saves == 1
    assert 0 < writing.server.ms < writing.warm.ms
    assert len(list(table("form", writing.rows))) == 5
    assert len(list(writing_goals(writing))) == 2
