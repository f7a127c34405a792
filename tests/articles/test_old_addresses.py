"""Addresses of the former site lead to where things are now, in one hop, and never off this site."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import workflow
from articles.models import OldAddress
from articles.old_addresses import normal
from tests.factories import ArticleFactory, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "query", "written"),
    [
        ("/2014/05/12/Harbour-Talks/", {}, "/2014/05/12/harbour-talks"),
        ("/index.php/2014/harbour-talks", {}, "/2014/harbour-talks"),
        ("/%D0%BF%D0%BE%D1%80%D1%82/", {}, "/порт"),
        ("/", {"p": "0012"}, "/?p=12"),
        ("/index.php", {"page_id": "7"}, "/?page_id=7"),
        ("/", {"p": "twelve"}, "/"),
        ("/tag/rain/", {"p": "2"}, "/tag/rain"),
    ],
)
def test_an_address_is_written_in_one_way(path, query, written):
    assert normal(path, query) == written


@pytest.mark.parametrize(
    "address",
    [
        *[
            "/2014/05/12/talks/",
            "/2014/05/12/talks",
            "/2014/05/12/Talks/amp/",
            "/index.php/2014/05/12/talks/",
        ],
        *["/2014/05/12/talks/feed/", "/?p=12", "/?p=12&preview=true"],
    ],
)
def test_a_reader_is_led_to_the_story(client, address):
    story = published(slug="talks")
    for path in ("/2014/05/12/talks", "/?p=12"):
        OldAddress.objects.create(path=path, article=story)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, "/talks/")


def test_a_story_that_moved_is_one_hop_away(client):
    story = published(slug="talks", at=timezone.now() - timedelta(days=2))
    OldAddress.objects.create(path="/2014/talks", article=story)
    story.slug = "peace-talks"
    workflow.save(article=story, by=None)
    workflow.publish(article=story, by=None, kind="typo")
    assert client.get("/2014/talks/")["Location"] == "/peace-talks/"


def test_a_story_that_was_never_public_is_not_betrayed(client):
    OldAddress.objects.create(path="/2014/talks", article=ArticleFactory(slug="talks"))
    assert client.get("/2014/talks/").status_code == 404


def test_lists_lead_to_lists(client):
    OldAddress.objects.create(path="/category/town", leads_to="/section/town/")
    OldAddress.objects.create(path="/category/town/feed", leads_to="/section/town/rss/")
    assert client.get("/category/town/page/7/")["Location"] == "/section/town/"
    assert client.get("/category/town/feed/")["Location"] == "/section/town/rss/"
    assert client.post("/category/town/").status_code in (403, 404)


def test_nothing_leads_off_this_site():
    for leads_to in ("//evil.example/", "/\\evil.example/", "https://evil.example/", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            OldAddress.objects.create(path="/old", leads_to=leads_to)


def test_our_own_pages_come_first(client):
    OldAddress.objects.create(path="/talks", leads_to="/news-feed/")
    published(slug="talks")
    assert client.get("/talks/").status_code == 200
    assert client.get("/?p=99").status_code == 200
