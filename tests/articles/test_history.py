"""A story's history: one timeline, two texts compared, a way back that overwrites nothing unseen."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from articles import workflow
from articles.models import Revision
from articles.timeline import PAGE_SIZE
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

NOON = timezone.datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def page(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


def saved(article, by, clock, **fields):
    clock.shift(timedelta(minutes=1))
    for name, value in fields.items():
        setattr(article, name, value)
    return workflow.save(article=article, by=by)


def test_saves_and_publications_stand_on_one_timeline(clock, desk, editor):
    """Newest first: the save after publishing, the publication with its kind, the save before, its name."""
    article = ArticleFactory(headline="Before")
    first = saved(article, editor, clock)
    Revision.objects.filter(pk=first.pk).update(name="for the lawyers")
    clock.shift(timedelta(minutes=1))
    workflow.publish(article=article, by=editor)
    saved(article, editor, clock, headline="After")
    entries = desk.get(page("revisions", article.pk)).context["timeline"].entries
    assert [(entry.what, entry.who, entry.name, entry.headline) for entry in entries] == [
        ("Saved", "Ines Calder", "", "After"),
        ("Published: First publication", "Ines Calder", "", ""),
        ("Saved", "Ines Calder", "for the lawyers", "Before"),
    ]


def test_a_withdrawal_is_a_moment_of_its_own(clock, desk, editor):
    """That a story left the site is on the timeline with the public reason; a schedule says it is to come."""
    article = ArticleFactory()
    saved(article, editor, clock)
    workflow.publish(article=article, by=editor)
    clock.shift(timedelta(minutes=1))
    workflow.withdraw(article=article, reason="It was not true.", by=editor)
    clock.shift(timedelta(minutes=1))
    workflow.schedule(article=article, at=timezone.now() + timedelta(hours=1), by=editor, kind="update")
    said = [entry.what for entry in desk.get(page("revisions", article.pk)).context["timeline"].entries]
    assert said == [
        "Goes live: Update",
        "Withdrawn: It was not true.",
        "Published: First publication",
        "Saved",
    ]


def test_a_long_history_comes_in_pages(clock, desk, editor, django_assert_max_num_queries):
    """Fifty saves a page, none lost and none twice, publications where they belong, at a constant cost."""
    article = ArticleFactory()
    for number in range(PAGE_SIZE + 7):
        saved(article, editor, clock)
        if number == 2:
            workflow.publish(article=article, by=editor)
    with django_assert_max_num_queries(20):
        first = desk.get(page("revisions", article.pk))
    newest = first.context["timeline"]
    assert len(newest.entries) == PAGE_SIZE
    assertContains(first, f"?before={newest.next_before}")
    older = desk.get(page("revisions", article.pk), {"before": newest.next_before}).context["timeline"]
    revisions = [entry.revision for entry in [*newest.entries, *older.entries] if entry.revision]
    assert len(revisions) == len(set(revisions)) == PAGE_SIZE + 7
    assert older.next_before is None
    assert [entry.kind for entry in older.entries].count("public") == 1


@pytest.mark.parametrize("before", ["x", "²", "-1", "9" * 40, "0"])
def test_a_broken_page_shows_the_newest(desk, editor, before):
    """Whatever stands in the address, the page answers."""
    article = ArticleFactory()
    workflow.save(article=article, by=editor)
    assert desk.get(page("revisions", article.pk), {"before": before}).status_code == 200


def test_two_texts_are_compared_by_names(clock, desk, editor, django_assert_max_num_queries):
    """Sections and authors appear by name, the older text is on the left whichever way they were chosen."""
    article = ArticleFactory(
        section=SectionFactory(name="Harbour desk", slug="harbour"), body="<p>Old words.</p>"
    )
    old = saved(article, editor, clock)
    article.section = SectionFactory(name="Town hall", slug="town")
    author = AuthorFactory(name="Cy Maule")
    clock.shift(timedelta(minutes=1))
    article.body = "<p>New words.</p>"
    workflow.save(article=article, by=editor, bylines=[(author, "")])
    with django_assert_max_num_queries(25):
        answer = desk.get(page("compare", article.pk), {"from": "now", "to": f"r{old.pk}"})
    assertContains(answer, "<del>Harbour desk</del> <ins>Town hall</ins>", html=True)
    assertContains(answer, "<ins>Cy Maule</ins>", html=True)
    assertContains(answer, "<del>Old</del> <ins>New</ins> words")
    assert answer.context["older"].revision == old


def test_a_published_version_can_be_compared(clock, desk, editor):
    """What readers see stands against the desk copy, and can be brought back from the save it was made of."""
    article = ArticleFactory(headline="As published")
    saved(article, editor, clock)
    version = workflow.publish(article=article, by=editor)
    saved(article, editor, clock, headline="As rewritten")
    answer = desk.get(page("compare", article.pk), {"from": f"v{version.pk}", "to": "now"})
    assertContains(answer, "As <del>published</del><ins>rewritten</ins>")
    assertContains(answer, "Bring the older words back")


@pytest.mark.parametrize("choice", ["r0", "v0", "x", "r", "", "r²", "r" + "9" * 30, "rr1"])
def test_a_choice_that_is_none_is_not_found(desk, choice):
    """A text that does not exist, or belongs to another story, is answered with 404."""
    article = ArticleFactory()
    assert desk.get(page("compare", article.pk), {"from": choice}).status_code == 404


def test_a_revision_of_another_story_is_not_found(desk, editor):
    """The address of one story never shows the words of another."""
    other = workflow.save(article=ArticleFactory(), by=editor)
    article = ArticleFactory()
    assert desk.get(page("compare", article.pk), {"from": f"r{other.pk}"}).status_code == 404
    assert desk.get(page("revision", article.pk, other.pk)).status_code == 404


def test_a_revision_is_brought_back_in_one_click(clock, desk, editor):
    """What would change is shown beside the button; pressing it is a save of its own, and nothing public changes."""
    article = ArticleFactory(headline="First words")
    first = saved(article, editor, clock)
    saved(article, editor, clock, headline="Second words")
    address = page("revision", article.pk, first.pk)
    shown = desk.get(address)
    assertContains(shown, "<del>Second</del> <ins>First</ins> words")
    answer = desk.post(address, {"opened_version": article.version})
    assertRedirects(answer, page("change", article.pk), fetch_redirect_response=False)
    article.refresh_from_db()
    assert article.headline == "First words"
    assert article.revisions.first().reason == Revision.Reason.RESTORED


def test_bringing_back_overwrites_nothing_unseen(clock, desk, editor, person):
    """Somebody else saved while the page was open: nothing is written, and the page shows what would change now."""
    article = ArticleFactory(headline="First words")
    first = saved(article, editor, clock)
    opened = article.version
    saved(article, person("Editor"), clock, headline="Words of a colleague")
    answer = desk.post(page("revision", article.pk, first.pk), {"opened_version": opened}, follow=True)
    assertContains(answer, "Nothing was changed")
    article.refresh_from_db()
    assert article.headline == "Words of a colleague"


def test_a_second_click_brings_nothing_back_again(clock, desk, editor):
    """The desk copy has the words already: no second save, and no talk of somebody else."""
    article = ArticleFactory(headline="First words")
    first = saved(article, editor, clock)
    saved(article, editor, clock, headline="Other words")
    for said in ("Restored.", "The desk copy has these words already."):
        answer = desk.post(
            page("revision", article.pk, first.pk), {"opened_version": article.version}, follow=True
        )
        assertContains(answer, said)
    assert article.revisions.count() == 3


def test_ones_own_save_meanwhile_keeps_nothing_from_coming_back(clock, desk, editor):
    """The open form of the same person saved itself; its words are a revision."""
    article = ArticleFactory(headline="First words")
    first = saved(article, editor, clock)
    opened = article.version
    saved(article, editor, clock, headline="Typed meanwhile")
    desk.post(page("revision", article.pk, first.pk), {"opened_version": opened})
    article.refresh_from_db()
    assert article.headline == "First words"
    assert article.revisions.filter(snapshot__headline="Typed meanwhile").exists()


def test_who_may_only_read_is_offered_no_way_back(client, person, editor):
    """The picture desk reads the history of a story; it cannot bring anything back."""
    article = ArticleFactory()
    kept = workflow.save(article=article, by=editor)
    client.force_login(person("Picture desk"))
    address = page("revision", article.pk, kept.pk)
    assertNotContains(client.get(address), "Bring these words back")
    assert client.post(address, {"opened_version": article.version}).status_code == 403


def test_old_words_are_shown_and_never_run(desk, editor):
    """Markup in an old headline is text on every page of the history."""
    article = ArticleFactory(headline="<script>alert(1)</script>")
    kept = workflow.save(article=article, by=editor)
    article.headline = "Other"
    workflow.save(article=article, by=editor)
    for address in (
        page("revisions", article.pk),
        page("revision", article.pk, kept.pk),
        page("compare", article.pk) + f"?from=r{kept.pk}",
    ):
        assertNotContains(desk.get(address), "<script>alert(1)")
