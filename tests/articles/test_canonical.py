"""A story that another site published first names its original to machines, and reads as ever."""

import json

import pytest
from django.core.exceptions import ValidationError

from articles.canonical import validate_canonical
from articles.models import PublishedVersion
from tests.factories import published

pytestmark = pytest.mark.django_db

FIRST = "https://first.example/a?b=1&c=2"
WRITTEN = "https://first.example/a?b=1&amp;c=2"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://lantern.example"


def test_every_page_and_feed_of_a_story_names_its_original(client):
    published(slug="again", canonical_url=FIRST)
    page, lite = (client.get(path).content.decode() for path in ("/again/", "/lite/again/"))
    for text in (page, lite):
        assert text.count('rel="canonical"') == 1 and f'<link rel="canonical" href="{WRITTEN}">' in text
    assert f'<meta property="og:url" content="{WRITTEN}">' in page
    assert '"mainEntityOfPage":"https://first.example/a?b=1\\u0026c=2"' in page
    assert f'<atom:link href="{WRITTEN}" rel="canonical"' in client.get("/rss/").content.decode()
    assert f'<link href="{WRITTEN}" rel="canonical"' in client.get("/atom/").content.decode()
    [item] = json.loads(client.get("/feed.json").content)["items"]
    assert (item["external_url"], item["url"]) == (FIRST, "https://lantern.example/again/")


def test_a_story_of_our_own_is_its_own_original(client):
    published(slug="ours")
    page = client.get("/ours/").content.decode()
    assert '<link rel="canonical" href="https://lantern.example/ours/">' in page
    assert '<meta property="og:url" content="https://lantern.example/ours/">' in page
    for feed in ("/rss/", "/atom/", "/feed.json"):
        text = client.get(feed).content.decode()
        assert 'rel="canonical"' not in text and "external_url" not in text


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://first.example/a", "https://"),
        ("javascript:alert(1)", "https://"),
        ("first.example/a", "https://"),
        ("https://lantern.example/again/", "our own site"),
    ],
)
def test_only_an_address_of_another_site_is_an_original(url, why):
    with pytest.raises(ValidationError, match=why):
        validate_canonical(url)
    field = PublishedVersion._meta.get_field("canonical_url")
    assert validate_canonical in field.validators
