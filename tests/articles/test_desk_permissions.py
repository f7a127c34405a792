"""Who may open which page of the desk: one readable table, tried row by row."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import PublishedVersion
from tests.articles.desk_forms import admin
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

ROLES = ("Reporter", "Editor", "Picture desk", "Profile keeper", None)
YES, NO = (200, 302), (403,)
TABLE = {  # page: (method, Reporter, Editor, Picture desk, Profile keeper, staff without a role)
    "changelist": ("get", YES, YES, YES, NO, NO),
    "add": ("get", YES, YES, NO, NO, NO),
    "change": ("get", YES, YES, YES, NO, NO),
    "delete": ("get", NO, YES, NO, NO, NO),
    "history": ("get", YES, YES, YES, NO, NO),
    "preview": ("get", YES, YES, YES, NO, NO),
    "preview_new": ("get", YES, YES, YES, NO, NO),
    "publish": ("post", NO, YES, NO, NO, NO),
    "schedule": ("post", NO, YES, NO, NO, NO),
    "move": ("post", NO, YES, NO, NO, NO),
    "cancel": ("post", NO, YES, NO, NO, NO),
    "expire": ("post", NO, YES, NO, NO, NO),
    "withdraw": ("post", NO, YES, NO, NO, NO),
    "revisions": ("get", YES, YES, YES, NO, NO),
    "revision": ("get", YES, YES, YES, NO, NO),
    "revision ": ("post", YES, YES, NO, NO, NO),
    "tags": ("get", YES, YES, YES, NO, NO),
    "picker": ("get", YES, YES, YES, NO, NO),
}


LISTS = ("changelist", "add", "preview_new", "tags", "picker")


def page_address(page, story):
    page = page.strip()
    if page in LISTS:
        return admin(page)
    return admin(page, story.pk, *([story.revisions.first().pk] if page == "revision" else []))


@pytest.mark.parametrize("page", TABLE)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages(role, page, client, person):
    """The table above, row by row; what is refused writes nothing."""
    story = ArticleFactory()
    workflow.save(article=story, by=None)
    client.force_login(person(role))
    method, *allowed = TABLE[page]
    response = getattr(client, method)(page_address(page, story))
    assert response.status_code in allowed[ROLES.index(role)]
    if response.status_code == 403:
        assert not PublishedVersion.objects.exists()
        assert story.revisions.count() == 1


@pytest.mark.parametrize("page", TABLE)
def test_nobody_gets_in_without_signing_in(page, client, django_user_model):
    """A stranger, and a reader with an account that is not staff, are led to the sign-in page."""
    story = ArticleFactory()
    workflow.save(article=story, by=None)
    for user in (None, django_user_model.objects.create_user("reader")):
        if user:
            client.force_login(user)
        response = getattr(client, TABLE[page][0])(page_address(page, story))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", [page for page in TABLE if page not in (*LISTS, "revision", "revision ")])
@pytest.mark.parametrize("pk", [0, 99999, 2**63, 10**40])
def test_a_story_that_is_not_there_is_a_404(page, pk, desk):
    """Any number, however large."""
    assert desk.post(admin(page, pk)).status_code in (302, 404)
    assert desk.get(admin(page, pk)).status_code in (302, 404, 405)
