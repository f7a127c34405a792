"""What the tests of stories share: a noon to start from, stories, and short ways to say what the desk does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Address, PublishedVersion
from articles.workflow import Refusal
from tests.factories import ImageFactory, SectionFactory, published

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

#: Every kind of readers' page, and what the fixture `site` makes it answer.
PAGES = {
    "/": 200,
    "/news-feed/": 200,
    "/section/harbour/": 200,
    "/tag/ferry/": 200,
    "/author/mara-venn/": 200,
    "/ferry-late/": 200,
    "/lite/": 200,
    "/lite/news-feed/": 200,
    "/lite/section/harbour/": 200,
    "/lite/tag/ferry/": 200,
    "/lite/author/mara-venn/": 200,
    "/lite/ferry-late/": 200,
    "/rss/": 200,
    "/atom/": 200,
    "/feed.json": 200,
    "/section/harbour/rss/": 200,
    "/tag/ferry/rss/": 200,
    "/author/mara-venn/rss/": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/sitemap-stories.xml": 200,
    "/news-sitemap.xml": 200,
    "/nothing-here/": 404,
    "/section/nothing-here/": 404,
    "/old-address/": 301,
    "/withdrawn/": 410,
    "/lite/withdrawn/": 410,
}


def story(number=0, **fields):
    """A live story like those in a busy newsroom, `number` minutes before noon."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    return published(
        at=NOON - timedelta(minutes=number + 1),
        **{
            "section": harbour,
            "tags": ["ferry"],
            "lead_image": ImageFactory(),
            "standfirst": f"Standfirst {number}",
            **fields,
        },
    )


def republish(article, *, kind="typo", **words):
    for name, value in words.items():
        setattr(article, name, value)
    article.save()
    return workflow.publish(article=article, by=None, kind=kind, correction=words.pop("correction", ""))


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def change(article, **words):
    """Save the desk copy with other words."""
    article.refresh_from_db()
    for name, value in words.items():
        setattr(article, name, value)
    workflow.save(article=article, by=None)
    return article


def shown(article, at=None):
    """The headline that readers see at a moment, or None."""
    version = PublishedVersion.objects.shown(at or timezone.now()).filter(article=article).first()
    return version and version.headline


def refused(sentence, verb, **wish):
    """The verb is refused with these words, and nothing public was written."""
    before = list(PublishedVersion.objects.order_by("pk").values()), list(Address.objects.values())
    with pytest.raises(Refusal) as caught:
        verb(by=None, **wish)
    assert (list(PublishedVersion.objects.order_by("pk").values()), list(Address.objects.values())) == before
    assert sentence in [str(message) for message in caught.value.messages]
