"""Who may do what to which story."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from articles import rules, workflow
from articles.models import Article, Revision
from articles.moments import clock
from log.models import Entry
from tests.factories import ArticleFactory, AuthorFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(person):
    return person("Reporter")


def test_a_reporter_changes_a_story_they_sign(reporter):
    """The byline counts through the profile that is tied to the account."""
    article = ArticleFactory(authors=[AuthorFactory(user=reporter)])
    assert rules.may_change(reporter, article)


def test_a_reporter_changes_a_story_that_is_assigned_to_them(reporter):
    """Whoever signs it."""
    assert rules.may_change(reporter, ArticleFactory(assignee=reporter))


def test_a_reporter_changes_a_story_they_began(reporter, editor):
    """The first save counts, not the last one."""
    begun, taken = ArticleFactory(), ArticleFactory()
    for article, people in ((begun, [reporter, editor]), (taken, [editor, reporter])):
        for person in people:
            workflow.save(article=article, by=person)
    assert rules.may_change(reporter, begun)
    assert not rules.may_change(reporter, taken)


def test_a_reporter_reads_others_stories_and_changes_none(reporter):
    """All of the newsroom is open to read."""
    article = ArticleFactory()
    assert rules.may_view(reporter, article)
    assert not rules.may_change(reporter, article)


def test_a_story_that_is_ready_is_the_editors(reporter, editor):
    """What an editor has read does not change behind their back."""
    article = ArticleFactory(assignee=reporter, state=Article.State.READY)
    assert not rules.may_change(reporter, article)
    assert rules.may_change(editor, article)


def test_a_form_cannot_argue_itself_into_a_story(reporter):
    """What counts is what the database has, not what was just typed into the object."""
    article = ArticleFactory()
    article.assignee = reporter
    assert not rules.may_change(reporter, article)
    ready = ArticleFactory(assignee=reporter, state=Article.State.READY)
    ready.state = Article.State.DRAFT
    assert not rules.may_change(reporter, ready)


def test_no_reporter_publishes(reporter):
    """Not even their own story."""
    assert not rules.may_publish(reporter, ArticleFactory(assignee=reporter))


@pytest.mark.parametrize("role", [None, "Picture desk", "Profile keeper"])
def test_other_roles_change_nothing(person, role):
    """The default is no, also for whoever is assigned."""
    user = person(role)
    article = ArticleFactory(assignee=user)
    assert not rules.may_change(user, article)
    assert not rules.may_publish(user, article)
    assert not rules.may_delete(user, article)


def test_the_read_only_form_of_somebody_elses_story_opens(client, reporter):
    """All words are there to read, and no button saves."""
    article = ArticleFactory(headline="The quay reopens")
    client.force_login(reporter)
    page = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert "The quay reopens" in page
    assert not re.search(r'name="_(save|continue|preview|publish)"', page)
    assert client.post(f"/admin/articles/article/{article.pk}/change/", {"headline": "x"}).status_code == 403


LATER = datetime(2040, 5, 4, 12, tzinfo=UTC)


def test_each_verb_of_the_workflow_is_in_the_log(editor):
    """One row each, in the transaction of the act, by whom and about which story."""
    article = published()
    article.refresh_from_db()
    workflow.save(article=article, by=editor)
    workflow.publish(article=article, by=editor, kind="typo")
    workflow.save(article=article, by=editor)
    workflow.schedule(article=article, at=LATER, by=editor, kind="correction", correction="It was 64.")
    workflow.reschedule(article=article, at=LATER + timedelta(hours=1), by=editor)
    workflow.cancel_schedule(article=article, by=editor)
    workflow.expire(article=article, at=LATER, by=editor)
    workflow.expire(article=article, at=None, by=editor)
    workflow.withdraw(article=article, by=editor, reason="Twice on the site.")
    workflow.restore(
        revision=workflow.keep_revision(article=article, by=editor, reason=Revision.Reason.REFUSED), by=editor
    )
    rows = Entry.objects.filter(subject_kind="articles.article", subject_id=str(article.pk)).order_by("pk")
    assert [(row.kind, row.text) for row in rows] == [
        ("story.published", "First publication"),
        ("story.published", "Typo"),
        ("story.scheduled", "Correction, goes live at 4 May 2040, 12:00 UTC: It was 64."),
        ("story.schedule-moved", "From 4 May 2040, 12:00 UTC to 4 May 2040, 13:00 UTC"),
        ("story.schedule-cancelled", "It was to go live at 4 May 2040, 13:00 UTC"),
        ("story.end-set", "Leaves the site at 4 May 2040, 12:00 UTC"),
        ("story.end-set", "Stays for good"),
        ("story.withdrawn", "Twice on the site."),
        ("story.restored", f"As they were at {clock(article.revisions.get(reason='refused').made_at)}"),
    ]
    assert [row.by for row in rows] == [None, *[editor] * 8]


def test_a_refused_act_leaves_no_row(editor):
    """Nothing happened, so there is nothing to answer for."""
    article, before = ArticleFactory(), Entry.objects.count()
    with pytest.raises(workflow.Refusal):
        workflow.withdraw(article=article, by=editor, reason="Never was there.")
    assert Entry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_the_roles_outlive_emptied_tables():
    """What tests/conftest.py promises: a test with real transactions takes no role from the next one."""

    def rights():
        return {
            group.name: set(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        }

    before = rights()
    call_command("flush", interactive=False)
    assert {"Reporter", "Editor", "Picture desk", "Profile keeper", "Chief"} <= set(rights())
    assert rights() == before
