"""Preview links: a guest reads one story for a while, and an address that does not work tells nothing."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import preview_links, workflow
from articles.models import PreviewLink, PreviewVisit, Revision
from log.models import Entry
from tests.factories import ArticleFactory, AuthorFactory, published

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def article():
    return ArticleFactory(headline="Canary over the harbour", tags=["Canaries"])


def made(article, **options):
    """A link and the path of its address."""
    link, secret = preview_links.make(article=article, by=None, **options)
    return link, reverse("preview", args=[secret])


def test_a_guest_reads_the_desk_copy(client, article):
    """The page is the readers' page with the latest save, its authors and tags, and says that it is a preview."""
    _link, address = made(article)
    page = client.get(address)
    assert page.status_code == 200
    assert "articles/article_detail.html" in [template.name for template in page.templates]
    said = page.content.decode()
    assert "Canary over the harbour" in said
    assert article.bylines.get().author.name in said
    assert "Canaries" in said
    assert "Preview, not published." in said


def test_a_schedule_tells_no_time_that_is_still_to_come(client):
    """What is only scheduled has neither published nor updated the story that is shown."""
    article = published()
    article.save()
    workflow.schedule(article=article, at=timezone.now() + HOUR, kind="update", by=None)
    _link, address = made(article)
    page = client.get(address).context["page"].story
    assert (page.first_published_at, page.updated_at) == (article.versions.earliest("pk").visible_from, None)


def test_nothing_keeps_or_tells_the_address(client, article):
    """No store, no index, no referrer, no frame, no cookie: not even for somebody who is signed in."""
    _link, address = made(article)
    page = client.get(address)
    assert "no-store" in page["Cache-Control"]
    assert "public" not in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert "ETag" not in page.headers
    assert 'rel="canonical"' not in page.content.decode()


def test_the_guest_and_a_signed_in_editor_get_the_same_bytes(client, desk, article):
    """The page knows nobody: a session changes nothing in it."""
    _link, address = made(article)
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC) - HOUR, tick=False):
        PreviewLink.objects.update(expires_at=datetime(2030, 1, 1, tzinfo=UTC))
        assert client.__class__().get(address).content == desk.get(address).content


@pytest.mark.parametrize("state", ["unknown", "expired", "revoked"])
def test_an_address_that_does_not_work_is_like_any_other(client, article, state):
    """Unknown, expired and revoked answer with the very bytes and headers of the ordinary 404."""
    link, address = made(article)
    if state == "unknown":
        address = reverse("preview", args=["A" * 43])
    elif state == "revoked":
        preview_links.revoke(link=link, by=None)
    moment = timezone.now() + (49 * HOUR if state == "expired" else timedelta(0))
    with time_machine.travel(moment, tick=False):
        answer, ordinary = client.get(address), client.get("/nothing-was-ever-here/")
    assert answer.status_code == 404
    assert answer.content == ordinary.content
    assert dict(answer.headers) == dict(ordinary.headers)
    assert not answer.cookies
    assert not PreviewVisit.objects.exists()


def test_a_link_works_to_its_last_second(client, article):
    """48 hours unless told otherwise: open a second before the end, gone at the end."""
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False):
        _link, address = made(article)
    with time_machine.travel(datetime(2026, 6, 3, 11, 59, 59, tzinfo=UTC), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(datetime(2026, 6, 3, 12, tzinfo=UTC), tick=False):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("hours", [0, -1, 14 * 24 + 1])
def test_no_link_works_longer_than_a_fortnight(article, hours):
    """The verb itself refuses, whoever calls it."""
    with pytest.raises(ValueError, match="works from 1 to 336 hours"):
        preview_links.make(article=article, by=None, hours=hours)


def test_the_secret_is_stored_nowhere(article):
    """The row has a digest; no column holds the secret, and two links share nothing."""
    _link, secret = preview_links.make(article=article, by=None)
    _other, second = preview_links.make(article=article, by=None)
    assert len(secret) == 43
    assert secret != second
    for row in PreviewLink.objects.values():
        assert secret not in str(row)
    assert len(set(PreviewLink.objects.values_list("secret_sha256", flat=True))) == 2


def test_the_latest_save_or_the_words_of_then(client, article, editor):
    """A link to the latest follows every save; a pinned one keeps words, authors, tags and order."""
    old_author = article.bylines.get().author
    workflow.keep_revision(article=article, by=editor)
    _link, latest = made(article)
    pinned_link, pinned = made(article, pinned=True)
    assert pinned_link.revision == article.revisions.get()
    article.headline = "Cormorant over the harbour"
    new_author = AuthorFactory(name="Somebody New")
    workflow.save(article=article, by=editor, bylines=[(new_author, "")], tags=["Cormorants"])
    then, now = client.get(pinned).content.decode(), client.get(latest).content.decode()
    for words, page, other in [
        (["Canary", old_author.name, "Canaries"], then, now),
        (["Cormorant over", new_author.name, "Cormorants"], now, then),
    ]:
        for word in words:
            assert word in page
            assert word not in other


def test_a_pinned_sitting_of_autosaves_is_no_longer_written_over(article, editor):
    """The row that autosave would go on filling becomes an ordinary save when a guest relies on it."""
    kept = workflow.keep_revision(article=article, by=editor, reason=Revision.Reason.AUTOSAVED)
    link, _address = made(article, pinned=True)
    assert link.revision == kept
    assert link.revision.reason == Revision.Reason.SAVED


def test_a_refused_save_is_never_what_a_guest_reads(article, editor):
    """Pinning takes the desk copy's own words, not those of a save that lost its race."""
    refused = workflow.keep_revision(article=article, by=editor, reason=Revision.Reason.REFUSED)
    link, _address = made(article, pinned=True)
    assert link.revision != refused


def test_a_pinned_page_survives_what_was_deleted_since(client, article, editor):
    """An author who is gone is left out; the page still comes."""
    workflow.keep_revision(article=article, by=editor)
    link, address = made(article, pinned=True)
    link.revision.snapshot["bylines"] = [{"author_id": 999_999, "role": ""}]
    link.revision.snapshot["lead_image_id"] = 999_999
    link.revision.snapshot["section_id"] = 999_999
    link.revision.save()
    page = client.get(address)
    assert page.status_code == 200
    assert "Canary" in page.content.decode()


def test_cards_inside_show_live_stories_only(client, article):
    """A guest of one story learns nothing of another that is not public."""
    secret_story, public_story = ArticleFactory(headline="Quite hidden"), published(headline="Quite open")
    article.body += "".join(
        f'<div data-block="related-card" data-id="{pk}"></div>' for pk in (secret_story.pk, public_story.pk)
    )
    article.read_more = [secret_story.pk]
    article.save()
    page = client.get(made(article)[1]).content.decode()
    assert 'class="related"' in page
    assert "Quite open" in page
    assert "Quite hidden" not in page


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
    ],
)
def test_a_visit_is_written_with_its_network_only(client, article, address, network):
    """IPv4 to /24, IPv6 to /48, nothing where the address is unknown; HEAD is not a visit."""
    link, path = made(article)
    client.head(path, REMOTE_ADDR=address)
    assert not link.visits.exists()
    client.get(path, REMOTE_ADDR=address)
    assert link.visits.get().network == network


def test_behind_a_proxy_only_its_own_word_counts(client, article, settings):
    """What a visitor writes into X-Forwarded-For stands before what the proxy adds."""
    link, path = made(article)
    client.get(path, headers={"X-Forwarded-For": "198.51.100.1"}, REMOTE_ADDR="127.0.0.1")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.get(path, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}, REMOTE_ADDR="127.0.0.1")
    assert {visit.network for visit in link.visits.all()} == {"127.0.0.0/24", "203.0.113.0/24"}


def test_the_page_of_a_guest_costs_few_queries(client, article, django_assert_max_num_queries):
    """Link, visit, and the page itself."""
    address = made(article)[1]
    with django_assert_max_num_queries(14):
        client.get(address)


def test_a_story_has_no_preview_at_its_own_name(client, article):
    """A guess by slug or number finds nothing, before publication and after."""
    for guess in (article.slug, str(article.pk), "latest", "%00", "a" * 5000):
        assert client.get(f"/preview/{guess}/").status_code == 404, guess


def test_making_and_revoking_are_in_the_log_without_the_secret(article, editor):
    """Who made it, for which story, until when; closing it twice is one entry."""
    before = Entry.objects.count()
    link, secret = preview_links.make(article=article, by=editor, note="the lawyers")
    for _time in range(2):
        preview_links.revoke(link=link, by=editor)
    made, revoked = Entry.objects.order_by("pk")[before:]
    assert (made.kind, revoked.kind) == ("preview.made", "preview.revoked")
    assert made.by == editor
    assert "the lawyers" in made.text
    assert secret not in str(made.__dict__) + str(revoked.__dict__)


# --- The desk's page --------------------------------------------------------------------------------------


def page_of(article):
    return reverse("admin:articles_article_preview_links", args=[article.pk])


def test_the_address_is_shown_once(desk, article, client):
    """Making a link shows its address; the page itself never has it again, the log of the story has the deed."""
    answer = desk.post(page_of(article), {"note": "the lawyers", "words": "latest", "hours": 24})
    address = answer.context["address"]
    assert address in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get(urlsplit(address).path).status_code == 200
    again = desk.get(page_of(article)).content.decode()
    assert address not in again
    assert "the lawyers" in again
    assert "1 time" in again
    link = PreviewLink.objects.get()
    assert link.made_by.get_full_name() == "Ines Calder"
    assert link.expires_at - link.made_at < 24 * HOUR + timedelta(seconds=5)


@pytest.mark.parametrize("hours", ["0", "337", "soon"])
def test_hours_out_of_bounds_are_refused_in_the_form(desk, article, hours):
    """At most fourteen days; nothing is made."""
    answer = desk.post(page_of(article), {"note": "x", "words": "latest", "hours": hours})
    assert answer.context["form"].errors["hours"]
    assert not PreviewLink.objects.exists()


def test_revoking_closes_the_link_at_once(desk, client, article):
    """One press, and the address answers 404; GET does not revoke."""
    link, address = made(article, note="the lawyers")
    revoke = reverse("admin:articles_article_preview_link_revoke", args=[article.pk, link.pk])
    assert desk.get(revoke).status_code == 405
    assert client.get(address).status_code == 200
    assert desk.post(revoke, follow=True).status_code == 200
    assert client.get(address).status_code == 404


def test_a_link_is_revoked_through_its_own_story_only(desk, article):
    """The address names story and link; a mismatch is nothing."""
    link, _address = made(article)
    other = ArticleFactory()
    assert (
        desk.post(reverse("admin:articles_article_preview_link_revoke", args=[other.pk, link.pk])).status_code
        == 404
    )


@pytest.mark.parametrize("role", ["Picture desk", "Profile keeper"])
def test_who_may_not_change_the_story_makes_no_links(client, person, article, role):
    """Neither see nor make nor revoke."""
    link, _address = made(article)
    client.force_login(person(role))
    revoke = reverse("admin:articles_article_preview_link_revoke", args=[article.pk, link.pk])
    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), {"note": "x", "words": "latest", "hours": 1}).status_code == 403
    assert client.post(revoke).status_code == 403
    assert PreviewLink.objects.filter(revoked_at=None).count() == 1


def test_a_stranger_is_led_to_the_sign_in(client, article):
    """Without an account there is no desk."""
    assert client.get(page_of(article)).status_code == 302
