"""One change to many stories: a dry run first, nobody's save overwritten, and a way back."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from articles import workflow
from articles.bulk import BulkForm
from articles.models import Article, Tag
from tests.factories import ArticleFactory, SectionFactory

LIST = reverse("admin:articles_article_changelist")
BULK = reverse("admin:articles_article_bulk")
UNDO = reverse("admin:articles_article_bulk_undo")


@pytest.fixture
def stories(db):
    return [ArticleFactory(headline=f"Story {n}", tags=["Boats", "Old"]) for n in range(3)]


def asked(stories, **answers):
    """What the page posts; with apply, after a look at what these answers would change."""
    shown = BulkForm({name: str(value) for name, value in answers.items()}).answers()
    return {"story": [f"{story.pk}:{story.version}" for story in stories], "shown": shown, **answers}


def tags_of(story):
    return sorted(Article.objects.get(pk=story.pk).tags.names())


def test_the_action_asks_and_changes_nothing(desk, stories):
    """The list leads to a page that names the stories chosen."""
    chosen = {"action": "change_many", "_selected_action": [story.pk for story in stories[:2]]}
    answer = desk.post(LIST, chosen)
    assertContains(answer, "2 stories are chosen")
    assertContains(answer, "Story 1")


def test_the_dry_run_shows_before_and_after(desk, stories):
    """Which stories would change and how is shown; the database is as it was."""
    town = SectionFactory(name="Town hall", slug="town")
    answer = desk.post(BULK, asked(stories, section=town.pk, add_tags="New, boats", remove_tags="old"))
    assertContains(answer, "3 stories would change. Nothing is changed yet.")
    assertContains(answer, "Boats, New")
    assert tags_of(stories[0]) == ["Boats", "Old"]


def test_the_change_is_a_save_of_each_story(desk, editor, stories):
    """Section, tags and assignee change in one save each, with a revision by the person who did it."""
    town = SectionFactory(name="Town hall", slug="town")
    desk.post(BULK, asked(stories, section=town.pk, add_tags="New", assignee=editor.pk, apply="yes"))
    for story in Article.objects.all():
        assert (story.section, story.assignee, tags_of(story)) == (town, editor, ["Boats", "New", "Old"])
        assert story.revisions.get().made_by == editor


def test_answers_changed_after_the_dry_run_are_shown_first(desk, stories):
    """The button does what the page showed: other answers lead to another dry run and change nothing."""
    answers = asked(stories, add_tags="New", apply="yes") | {"add_tags": "Newer"}
    assertContains(desk.post(BULK, answers), "Nothing is changed yet.")
    assert tags_of(stories[0]) == ["Boats", "Old"]


def test_a_story_that_would_not_change_is_not_saved(desk, stories):
    """A story that has the tag already counts no save."""
    desk.post(BULK, asked(stories, add_tags="Boats", apply="yes"))
    assert set(Article.objects.values_list("version", flat=True)) == {1}


def test_a_story_saved_in_between_is_left_alone_and_named(desk, stories, person):
    """The change is made from what the page showed: a colleague's save stays, and the message names the story."""
    answers = asked(stories, add_tags="New", apply="yes")
    stories[1].headline = "A colleague wrote this"
    workflow.save(article=stories[1], by=person("Editor"), tags=["Colleague"])
    answer = desk.post(BULK, answers, follow=True)
    assertContains(answer, "2 stories changed.")
    assertContains(answer, "Left as they were")
    assert tags_of(stories[1]) == ["Colleague"]


def test_a_change_is_undone(desk, editor, stories):
    """The link of the message leads to a button; every story has again what it had, once."""
    answer = desk.post(
        BULK, asked(stories, remove_tags="Boats", assignee=editor.pk, apply="yes"), follow=True
    )
    assertContains(answer, f'href="{UNDO}"')
    assertContains(desk.get(UNDO), "Story 2")
    assertContains(desk.post(UNDO, follow=True), "Undone in 3 stories.")
    assert [tags_of(story) for story in stories] == [["Boats", "Old"]] * 3
    assert not Article.objects.filter(assignee__isnull=False).exists()
    assertContains(desk.post(UNDO, follow=True), "Undone in 0 stories.")


def test_undoing_leaves_what_was_saved_since(desk, stories, person):
    """A story that somebody saved after the change keeps that save, and is named."""
    desk.post(BULK, asked(stories, add_tags="New", apply="yes"))
    story = Article.objects.get(pk=stories[0].pk)
    workflow.save(article=story, by=person("Editor"), tags=["Theirs"])
    answer = desk.post(UNDO, follow=True)
    assertContains(answer, "Undone in 2 stories.")
    assertContains(answer, "Left as they were")
    assert tags_of(story) == ["Theirs"]


def test_ones_own_save_in_between_is_nobody_elses(desk, editor, stories):
    """The form that autosaves in another tab keeps neither the change nor its undoing from a story."""
    answers = asked(stories, add_tags="New", apply="yes")
    stories[0].headline = "Typed before"
    workflow.save(article=stories[0], by=editor)
    assertContains(desk.post(BULK, answers, follow=True), "3 stories changed.")
    story = Article.objects.get(pk=stories[0].pk)
    assert (story.headline, tags_of(story)) == ("Typed before", ["Boats", "New", "Old"])
    story.headline = "Typed after"
    workflow.save(article=story, by=editor)
    assertContains(desk.post(UNDO, follow=True), "Undone in 3 stories.")
    story.refresh_from_db()
    assert (story.headline, tags_of(story)) == ("Typed after", ["Boats", "Old"])


def test_undoing_leaves_what_one_changed_again_oneself(desk, editor, stories):
    """Tags that the person wrote into the form since stay, and the story is named."""
    desk.post(BULK, asked(stories, add_tags="New", apply="yes"))
    workflow.save(article=Article.objects.get(pk=stories[0].pk), by=editor, tags=["Typed"])
    answer = desk.post(UNDO, follow=True)
    assertContains(answer, "Undone in 2 stories.")
    assertContains(answer, "Left as they were")
    assert tags_of(stories[0]) == ["Typed"]


def test_a_colleagues_save_before_ones_own_still_counts(desk, editor, person, stories):
    """That the newest save is one's own hides no other."""
    answers = asked(stories, add_tags="New", apply="yes")
    workflow.save(article=stories[0], by=person("Editor"), tags=["Theirs"])
    workflow.save(article=Article.objects.get(pk=stories[0].pk), by=editor, tags=["Theirs", "Mine"])
    assertContains(desk.post(BULK, answers, follow=True), "Left as they were")
    assert tags_of(stories[0]) == ["Mine", "Theirs"]


def test_a_second_click_keeps_the_way_back(desk, stories):
    """It changes nothing, says so, and the change can still be undone."""
    answers = asked(stories, add_tags="New", apply="yes")
    desk.post(BULK, answers)
    assertContains(
        desk.post(BULK, answers, follow=True), "The stories have that already. Nothing was changed."
    )
    assertContains(desk.post(UNDO, follow=True), "Undone in 3 stories.")
    assert tags_of(stories[0]) == ["Boats", "Old"]


def test_a_known_tag_is_added_by_its_own_name(desk, stories):
    """However it is typed, so that undoing finds the story as the change left it."""
    Tag.objects.create(name="Harbour", slug="harbour")
    desk.post(BULK, asked(stories, add_tags="HARBOUR,", apply="yes"))
    assert tags_of(stories[0]) == ["Boats", "Harbour", "Old"]
    assertContains(desk.post(UNDO, follow=True), "Undone in 3 stories.")


@pytest.mark.parametrize("story", ["", "x", "1", "²:1", "9" * 30 + ":1", "999:1"])
def test_a_broken_choice_changes_nothing(desk, stories, story):
    """Whatever comes instead of a story is left out."""
    answers = asked([], add_tags="New", apply="yes") | {"story": [story]}
    assert desk.post(BULK, answers).status_code == 302
    assert set(Article.objects.values_list("version", flat=True)) == {1}


def test_who_may_not_change_stories_changes_none(client, person, stories):
    """The picture desk is refused on both pages."""
    client.force_login(person("Picture desk"))
    assert client.post(BULK, asked(stories, add_tags="New", apply="yes")).status_code == 403
    assert client.post(UNDO).status_code == 403
