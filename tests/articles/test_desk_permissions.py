"""Strangers and stories that are not there. Which role opens which page is in tests/test_access_matrix.py."""

import pytest
from django.urls import reverse

from articles import workflow
from tests.articles.desk_forms import admin
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

PAGES = {  # page: method
    "changelist": "get",
    "add": "get",
    "change": "get",
    "delete": "get",
    "history": "get",
    "preview": "get",
    "preview_new": "get",
    "publish": "post",
    "schedule": "post",
    "move": "post",
    "cancel": "post",
    "expire": "post",
    "withdraw": "post",
    "revisions": "get",
    "revision": "get",
    "revision ": "post",
    "tags": "get",
    "picker": "get",
}

LISTS = ("changelist", "add", "preview_new", "tags", "picker")


def page_address(page, story):
    page = page.strip()
    if page in LISTS:
        return admin(page)
    return admin(page, story.pk, *([story.revisions.first().pk] if page == "revision" else []))


@pytest.mark.parametrize("page", PAGES)
def test_nobody_gets_in_without_signing_in(page, client, django_user_model):
    """A stranger, and a reader with an account that is not staff, are led to the sign-in page."""
    story = ArticleFactory()
    workflow.save(article=story, by=None)
    for user in (None, django_user_model.objects.create_user("reader")):
        if user:
            client.force_login(user)
        response = getattr(client, PAGES[page])(page_address(page, story))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in (*LISTS, "revision", "revision ")])
@pytest.mark.parametrize("pk", [0, 99999, 2**63, 10**40])
def test_a_story_that_is_not_there_is_a_404(page, pk, desk):
    """Any number, however large."""
    assert desk.post(admin(page, pk)).status_code in (302, 404)
    assert desk.get(admin(page, pk)).status_code in (302, 404, 405)
