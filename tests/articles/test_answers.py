"""What every public answer has in common: the same for everybody, cheap to ask again, at a bounded cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import workflow
from tests.articles.stories import HOUR, PAGES, story
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, figure, related_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_every_public_answer_is_the_same_for_everybody(site, client, desk, address, status):
    """No cookie, nothing that varies with one, and an editor who is signed in gets the same bytes."""
    stranger = Client().get(address)
    assert stranger.status_code == status
    assert not stranger.cookies
    assert {part.strip() for part in stranger.get("Vary", "").split(",")} <= {"", "Accept-Encoding"}
    member = desk.get(
        address, headers={"user-agent": "x", "accept-language": "uk", "referer": "https://x.example/"}
    )
    assert member.content == stranger.content
    assert not member.cookies
    assert "Cookie" not in member.get("Vary", "")


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_every_public_answer_may_be_kept_and_is_checked_again(site, client, address, status):
    """A page that changed is never shown from a cache, also where it says that nothing is there."""
    assert client.get(address)["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"


@pytest.mark.parametrize("address", [address for address, status in PAGES.items() if status != 404])
def test_readers_addresses_take_nothing(site, address):
    """Only GET and HEAD are answered, without asking for a token that readers do not have."""
    reader = Client(enforce_csrf_checks=True)
    for method in (reader.post, reader.put, reader.delete, reader.patch):
        response = method(address)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_head_answers_like_get_without_a_body(site, client, address, status):
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (status, b"")
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert head.get(name) == got.get(name)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("address", [address for address, status in PAGES.items() if status == 200])
def test_an_unchanged_page_is_not_sent_again(site, client, address, encoding):
    """The ETag follows the content, compressed or not: the second visit costs no bytes."""
    headers = {"accept-encoding": encoding}
    etag = client.get(address, headers=headers)["ETag"]
    response = client.get(address, headers={**headers, "if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"


@pytest.mark.parametrize("address", ["/", "/rss/", "/sitemap-stories.xml", "/section/harbour/"])
def test_a_page_whose_story_went_is_sent_again(site, client, clock, address):
    """A withdrawn story leaves every copy, also of a program that asks by time alone: it may move no time."""
    other = story(30)
    before = client.get(address)
    clock.shift(HOUR)
    workflow.withdraw(article=other, reason="It was wrong.", by=None)
    asked = {"if-none-match": before["ETag"]}
    assert client.get(address, headers=asked).status_code == 200
    asked = {"if-modified-since": before.get("Last-Modified", "Mon, 04 May 2026 12:00:00 GMT")}
    assert client.get(address, headers=asked).status_code == 200


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_the_policy_allows_no_inline_code_and_no_nonce(site, client, address, status):
    """A nonce in a page that is kept would be everybody's."""
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce-" not in policy
    assert " style=" not in response.content.decode()
    assert "<style" not in response.content.decode()


# --- Cost -------------------------------------------------------------------------------------------------


def cost(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_as_many_queries_with_one_story_as_with_twenty(client, site):
    """At most eight, whatever stands on the page."""
    addresses = [address for address, status in PAGES.items() if status == 200]
    client.get("/")
    one = {address: cost(client, address) for address in addresses}
    mara = site.bylines.get().author
    for number in range(20):
        section = SectionFactory(name=f"Section {number % 5}", slug=f"section-{number % 5}")
        story(number, authors=[mara, AuthorFactory(portrait=ImageFactory())], tags=["ferry", f"tag {number}"])
        story(number + 40, section=section, tags=["ferry"], authors=[mara])
    twenty = {address: cost(client, address) for address in addresses}
    assert twenty == one
    assert max(twenty.values()) <= 8, twenty


def test_a_rich_story_costs_what_a_plain_one_costs_and_one_query_each_for_pictures_and_corrections(
    client, site
):
    """Twenty pictures, cards, picks, tags and authors are fetched together."""
    plain = cost(client, "/ferry-late/")
    others = [story(number + 10) for number in range(20)]
    body = "".join(figure(ImageFactory()) + related_card(other) for other in others)
    rich = story(
        5,
        slug="rich",
        body=f"<p>Tide.</p>{body}",
        read_more=[other.pk for other in others],
        tags=[f"tag {number}" for number in range(20)],
        authors=[AuthorFactory(portrait=ImageFactory()) for _number in range(20)],
    )
    rich.standfirst = "Corrected"
    rich.save()
    workflow.correct(article=rich, text="It was sixty-four.", by=None)
    assert cost(client, "/rich/") <= min(plain + 2, 8)
