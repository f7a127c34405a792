"""Author profiles."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from authors.models import Author
from tests.factories import AuthorFactory, ImageFactory, published

pytestmark = pytest.mark.django_db


def test_authors_stand_in_the_order_of_their_names():
    """Whatever the case of the first letter."""
    for number, name in enumerate(["Tobias Hale", "anna Example", "Mara Venn"]):
        AuthorFactory(name=name, slug=f"author-{number}")
    assert [author.name for author in Author.objects.all()] == ["anna Example", "Mara Venn", "Tobias Hale"]


def test_a_profile_has_an_address_and_a_name():
    author = AuthorFactory(name="Mara Venn", slug="mara-venn")
    assert (author.get_absolute_url(), str(author)) == ("/author/mara-venn/", "Mara Venn")


def test_two_profiles_never_share_an_address():
    """The database holds it, the form says it."""
    AuthorFactory(slug="mara-venn")
    with pytest.raises(ValidationError):
        Author(name="Another Mara Venn", slug="mara-venn").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuthorFactory(slug="mara-venn")


def test_a_guest_needs_no_account_and_an_account_that_goes_leaves_the_profile(person):
    """People leave; their names stay on their stories."""
    user = person()
    author = AuthorFactory(user=user)
    assert AuthorFactory().user is None
    user.delete()
    author.refresh_from_db()
    assert author.user is None


def test_an_author_with_a_story_cannot_be_deleted():
    """Neither the desk copy nor what was published loses its byline."""
    author = AuthorFactory()
    published(authors=[author])
    with pytest.raises(ProtectedError):
        author.delete()


def test_a_portrait_in_use_cannot_be_deleted():
    portrait = ImageFactory()
    AuthorFactory(portrait=portrait)
    with pytest.raises(ProtectedError):
        portrait.delete()


def test_a_change_of_the_profile_is_on_the_pages_at_once(client):
    """Names and biographies are not frozen with the story."""
    author = AuthorFactory(name="Mara Ven", biography="Mara writes.", portrait=ImageFactory())
    article = published(authors=[author])
    author.name = "Mara Venn"
    author.biography = "Mara writes.\n\nShe was born in the harbour."
    author.save()
    for address in (article.get_absolute_url(), author.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Mara Venn" in page
        assert "<p>She was born in the harbour.</p>" in page


def test_links_of_a_profile_are_public_in_their_order(client):
    """Each says its label; the address is escaped."""
    author = AuthorFactory(email="mara@tidewick.example")
    author.links.create(label="Mastodon", url="https://social.example/@mara?a=1&b=2")
    author.links.create(label="Website", url="https://mara.example/")
    published(authors=[author])
    page = client.get(author.get_absolute_url()).content.decode()
    assert page.index("Mastodon") < page.index("Website")
    assert 'href="https://social.example/@mara?a=1&amp;b=2"' in page
    assert 'href="mailto:mara@tidewick.example"' in page


def test_markup_in_a_profile_is_text(client):
    """A biography is words, whoever wrote it."""
    author = AuthorFactory(name="<b>Bobby</b>", biography="<script>alert(1)</script>", role="<i>x</i>")
    article = published(authors=[author])
    for address in (
        article.get_absolute_url(),
        author.get_absolute_url(),
        f"{author.get_absolute_url()}rss/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Bobby" not in page
