"""Author profiles on the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authors.models import Author
from tests.articles.desk_forms import filled
from tests.factories import ArticleFactory, AuthorFactory, published
from tests.images.pictures import make_picture

pytestmark = pytest.mark.django_db

LIST = reverse("admin:authors_author_changelist")
ADD = reverse("admin:authors_author_add")


def change_address(author):
    return reverse("admin:authors_author_change", args=[author.pk])


@pytest.fixture
def keeper(client, person):
    client.force_login(person("Profile keeper"))
    return client


def test_a_profile_is_made_with_its_links(keeper):
    """All fields of the first form, and two addresses elsewhere."""
    picture = make_picture()
    data = filled(
        keeper, ADD, name="Ann Venn", slug="ann-venn", role="News Editor", biography="She edits.",
        portrait=picture.pk, email="ann@lantern.example",
        **{"links-TOTAL_FORMS": "1", "links-0-label": "Site", "links-0-url": "venn.example"},
    )  # fmt: skip
    assert keeper.post(ADD, data).status_code == 302
    author = Author.objects.get()
    assert (author.slug, author.portrait, author.active) == ("ann-venn", picture, True)
    assert author.links.get().url == "https://venn.example"


def test_a_profile_change_is_on_the_site_at_once_and_the_address_stays(keeper):
    """The name in a live byline changes with the save; the slug is not even offered."""
    author = AuthorFactory(name="Ann Venn", slug="ann-venn")
    story = published(authors=[author])
    data = filled(keeper, change_address(author), name="Ann Hale", slug="ann-hale")
    assert keeper.post(change_address(author), data).status_code == 302
    html = keeper.get(f"/{story.slug}/").content.decode()
    assert "Ann Hale" in html
    assert "/author/ann-venn/" in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"slug": ""}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"slug": "no spaces"}, "slug"),
        ({"email": "nobody"}, "email"),
        ({"portrait": "99999"}, "portrait"),
        ({"biography": "x" * 4001}, "biography"),
        ({"user": "99999"}, "user"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_costs_no_word(wrong, field, keeper):
    """The form comes back with everything in it."""
    AuthorFactory(slug="taken")
    words = {"name": "Ann", "slug": "ann", "role": "Kept role", **wrong}
    response = keeper.post(ADD, filled(keeper, ADD, **words))
    assert field in response.context["adminform"].form.errors
    assert 'value="Kept role"' in response.content.decode()
    assert Author.objects.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "no address"])
def test_a_link_is_an_address_of_the_web(url, keeper):
    """Nothing that a browser would run."""
    row = {"links-TOTAL_FORMS": "1", "links-0-label": "Site", "links-0-url": url}
    response = keeper.post(ADD, filled(keeper, ADD, name="Ann", slug="ann", **row))
    assert response.status_code == 200
    assert not Author.objects.exists()


def test_an_author_with_stories_stays(keeper):
    """Deleting is refused with the names of what stands in the way; a profile without stories may go."""
    author, other = AuthorFactory(), AuthorFactory()
    ArticleFactory(authors=[author])
    for one in (author, other):
        keeper.post(reverse("admin:authors_author_delete", args=[one.pk]), {"post": "yes"})
    assert list(Author.objects.all()) == [author]


def test_the_list_finds_filters_and_costs_the_same_for_many(keeper):
    """Search over names and roles, a filter for those who left, no query for a row."""
    AuthorFactory(name="Ann Venn", portrait=make_picture(size=(60, 40)))
    with CaptureQueriesContext(connection) as one:
        keeper.get(LIST)
    for _n in range(5):
        AuthorFactory(portrait=make_picture(size=(60, 40)), active=False)
    with CaptureQueriesContext(connection) as six:
        html = keeper.get(LIST).content.decode()
    assert len(six) <= len(one)
    assert html.count('class="portrait"') == 6
    for query, count in (({"q": "VENN"}, 1), ({"q": "reporter"}, 6), ({"active__exact": "0"}, 5)):
        assert keeper.get(LIST, query).context["cl"].result_count == count


def test_the_byline_offers_only_those_who_still_write(desk):
    """Who left keeps their bylines and is not offered for new ones."""
    AuthorFactory(name="Ann Here")
    AuthorFactory(name="Ann Gone", active=False)
    query = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": "ann"}
    offered = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in offered] == ["Ann Here"]
    html = desk.get(LIST).content.decode()
    assert "Ann Gone" in html


ROLES = ("Reporter", "Editor", "Picture desk", "Profile keeper", None)
TABLE = {  # page: (Reporter, Editor, Picture desk, Profile keeper, staff without a role)
    "changelist": (200, 200, 200, 200, 403),
    "add": (403, 200, 403, 200, 403),
    "change": (200, 200, 200, 200, 403),
    "delete": (403, 403, 403, 200, 403),
}


@pytest.mark.parametrize("page", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages(role, page, client, person):
    """The table above; and who may only look cannot write."""
    author = AuthorFactory(name="Ann")
    client.force_login(person(role))
    address = reverse(
        f"admin:authors_author_{page}", args=[author.pk] if page in ("change", "delete") else []
    )
    assert client.get(address).status_code == TABLE[page][ROLES.index(role)]
    if page == "change" and role in ("Reporter", "Picture desk", None):
        assert client.post(address, {"name": "Other"}).status_code == 403
    author.refresh_from_db()
    assert author.name == "Ann"


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 40, "9" * 5000, "x", "_00"])
def test_odd_ids_get_an_answer(pk, keeper):
    """A redirect or a 404; never an error page."""
    for page in ("change", "delete", "history"):
        assert keeper.get(f"/admin/authors/author/{pk}/{page}/").status_code in (302, 404)
