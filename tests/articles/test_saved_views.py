"""Views of the article list that somebody keeps under a name, and its filters."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import SavedView
from tests.factories import ArticleFactory

LIST = reverse("admin:articles_article_changelist")
KEEP = reverse("admin:articles_article_keep_view")


def test_a_view_is_kept_and_offered(desk, editor):
    """Filter, search and order come back with one click; the page number does not belong to a view."""
    ArticleFactory()
    answer = desk.post(KEEP, {"name": "My drafts", "query": "state__exact=draft&q=boat&p=3"}, follow=True)
    assert SavedView.objects.get(user=editor).query == "state__exact=draft&q=boat"
    assertContains(answer, 'href="?state__exact=draft&amp;q=boat" aria-current="page"')
    assertContains(desk.get(LIST), "My drafts")


def test_the_same_name_replaces_the_view(desk, editor):
    """A name stands for one view."""
    for query in ("q=one", "q=two"):
        desk.post(KEEP, {"name": "Mine", "query": query})
    assert SavedView.objects.get().query == "q=two"


@pytest.mark.parametrize(
    "values",
    [
        {"name": "", "query": "q=a"},
        {"name": "x" * 61, "query": "q=a"},
        {"name": "x", "query": "q=" + "a" * 600},
    ],
)
def test_what_cannot_be_kept_is_said(desk, values):
    """No name, a name too long and a query too long are refused with a sentence."""
    assertContains(desk.post(KEEP, values, follow=True), "The view was not kept")
    assert not SavedView.objects.exists()


def test_views_belong_to_one_person(client, desk, editor, person):
    """Nobody sees or deletes those of somebody else; one's own go with one click."""
    desk.post(KEEP, {"name": "Mine alone", "query": "q=a"}, follow=True)
    view = SavedView.objects.get()
    delete = reverse("admin:articles_article_delete_view", args=[view.pk])
    client.force_login(person("Editor"))
    assertNotContains(client.get(LIST), "Mine alone")
    assert client.post(delete).status_code == 404
    client.force_login(editor)
    client.post(delete)
    assert not SavedView.objects.exists()


def test_a_stranger_keeps_nothing(client, person):
    """Staff who may not see the list keep no view of it."""
    client.force_login(person())
    assert client.post(KEEP, {"name": "x", "query": "q=a"}).status_code == 403


@pytest.mark.parametrize(
    "filters",
    [{"tag": "boats"}, {"tag": "none\x00"}, {"saved_at__gte": "2026-01-01 00:00:00+00:00"}, {"quotes": "x"}],
)
def test_the_filters_answer(desk, filters, django_assert_max_num_queries):
    """Tag, date and the rest answer whatever they are given, at a bounded number of queries."""
    ArticleFactory(tags=["Boats"])
    with django_assert_max_num_queries(20):
        assert desk.get(LIST, filters, follow=True).status_code == 200


def test_stories_are_filtered_by_tag_and_assignee(desk, editor):
    """The list under a tag or a person has their stories only."""
    mine = ArticleFactory(tags=["Boats"], assignee=editor)
    ArticleFactory()
    for filters in ({"tag": "boats"}, {"assignee__id__exact": editor.pk}):
        assert list(desk.get(LIST, filters).context["cl"].result_list) == [mine]
