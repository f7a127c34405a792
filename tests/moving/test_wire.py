"""Feeds and agencies' items become drafts: each once, with what the desk must know, and nothing public."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles import workflow
from articles.models import Article, PublishedVersion
from tests.factories import AuthorFactory
from tests.moving.comparing import bring

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Agency</title><link>https://agency.example/</link><item><guid isPermaLink="false">77</guid><title>Boats &amp; wind</title>
<link>https://agency.example/77</link><description>Short.</description><content:encoded><![CDATA[<p>Long <b>words</b>.</p><script>x</script>]]></content:encoded>
<dc:creator>Ines Calder</dc:creator><pubDate>Sat, 07 Nov 2026 09:00:00 GMT</pubDate><category>Town</category></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry><id>urn:x:77</id><title>Boats &amp; wind</title>
<link href="https://agency.example/77"/><author><name>Ines Calder</name></author><summary>Short.</summary><published>2026-11-07T09:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long <b>words</b>.</p></div></content></entry></feed>"""
NINJS = json.dumps(
    {"uri": "urn:x:77", "headline": "Boats & wind", "description_text": "Short.", "body_html": "<p>Long <b>words</b>.</p>",
     "byline": "Ines Calder", "provider": "Agency", "versioncreated": "2026-11-07T09:00:00Z", "pubstatus": "usable"}
)  # fmt: skip
NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:77" version="2"><itemMeta><provider><name>Agency</name></provider>
<versionCreated>2026-11-07T09:00:00Z</versionCreated><embargoed>2090-01-01T00:00:00Z</embargoed><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><creditline>Agency</creditline><by>Ines Calder</by><headline>Boats &amp; wind</headline><description>Short.</description></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns=""><body><body.content><p>Long <b>words</b>.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("content", [RSS, ATOM, NINJS, NEWSML], ids=["rss", "atom", "ninjs", "newsml"])
def test_an_item_becomes_a_draft(content, tmp_path):
    ines = AuthorFactory(name="Ines Calder")
    file = tmp_path / "wire"
    file.write_text(content)
    bring("import_feed", file, tmp_path)
    story = Article.objects.get()
    assert (story.headline, story.standfirst, story.state) == ("Boats & wind", "Short.", "draft")
    note, _end, body = story.body.partition("</p>")
    assert note.startswith("<p>[Agency, Ines Calder, ") and note.endswith("]")
    assert body == "<p>Long <strong>words</strong>.</p>"
    assert [row.author for row in story.bylines.all()] == [ines]
    assert bool(story.embargo) == (content is NEWSML)
    assert not PublishedVersion.objects.exists()
    bring("import_feed", file, tmp_path)
    assert (Article.objects.get().version, Article.objects.count()) == (1, 1)


def test_a_newer_version_follows_until_the_desk_has_it(tmp_path):
    AuthorFactory(name="Ines Calder")
    file = tmp_path / "wire"
    for headline in ("First", "Second", "Third"):
        file.write_text(json.dumps(json.loads(NINJS) | {"headline": headline}))
        bring("import_feed", file, tmp_path)
        story = Article.objects.get()
        if headline == "Second":
            assert story.headline == "Second"
            workflow.publish_past(article=story, at=story.saved_at, checked=False)
    assert story.headline == "Second" and PublishedVersion.objects.get().headline == "Second"
    file.write_text(json.dumps(json.loads(NINJS) | {"uri": "urn:x:78", "pubstatus": "canceled"}))
    assert "took back" in bring("import_feed", file, tmp_path)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "declares entities"),
        ("<html><body>No</body></html>", "neither RSS"),
        ("{not json", "cannot be read"),
        ("", "cannot be read|empty"),
    ],
)
def test_what_is_no_feed_says_so(content, said, tmp_path):
    file = tmp_path / "wire"
    file.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("import_feed", str(file))
    with pytest.raises(CommandError, match="no public host"):
        call_command("import_feed", "http://127.0.0.1/feed")
